#include "server/render/sheet_job.h"

#include "server/base/macros.h"

#include <stdlib.h>
#include <string.h>

/* What a version says otherwise than the one it corrects: lines that only one of them has, block by
 * block; and lines that were signed and never came. Documents are printed whole elsewhere, so that
 * long lines may be cut here. */

#define LINE_BYTES_MAX 1500

typedef const char *line_of(const struct sheet_job *job, const struct sheet_pdf *sheet,
                            const json_t *entry);

/* Texts with a dash between, those that are there. */
static const char *joined(const struct sheet_job *job, const char *const *texts, size_t count)
{
    const char *line = "";
    for (size_t i = 0; line && i < count; i++)
        if (texts[i] && *texts[i])
            line = *line ? arena_printf(job->arena, "%s – %s", line, texts[i]) : texts[i];
    return line;
}

static const char *plain_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                              const json_t *entry)
{
    (void)job;
    (void)sheet;
    return json_string_value(entry);
}

static const char *done_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                             const json_t *entry)
{
    (void)sheet;
    return joined(job,
                  (const char *const[]){sheet_job_text(entry, "what"),
                                        sheet_job_text(entry, "cause"),
                                        sheet_job_text(entry, "remedy")},
                  3);
}

static const char *left_open_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                                  const json_t *entry)
{
    (void)sheet;
    return joined(job,
                  (const char *const[]){sheet_job_text(entry, "what"),
                                        sheet_job_text(entry, "plan"),
                                        sheet_job_local(job, entry, "due_at")},
                  3);
}

static const char *part_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                             const json_t *entry)
{
    const char *unit = sheet_job_text(entry, "unit");
    const char *quantity =
        arena_printf(job->arena, "%.10g%s%s", json_number_value(json_object_get(entry, "quantity")),
                     unit ? " " : "", unit ? unit : "");
    (void)sheet;
    return joined(job,
                  (const char *const[]){sheet_job_text(entry, "name"),
                                        sheet_job_text(entry, "number"), quantity},
                  3);
}

static const char *check_in_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                                 const json_t *entry)
{
    return joined(job,
                  (const char *const[]){sheet_job_kind(sheet, sheet_job_text(entry, "kind")),
                                        sheet_job_local(job, entry, "captured_at")},
                  2);
}

static const char *scan_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                             const json_t *entry)
{
    (void)sheet;
    return joined(job,
                  (const char *const[]){sheet_job_text(entry, "symbology"),
                                        sheet_job_text(entry, "value"),
                                        sheet_job_local(job, entry, "captured_at")},
                  3);
}

/* The digest tells two photos of one minute apart. */
static const char *photo_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                              const json_t *entry)
{
    const char *sha256 = sheet_job_text(entry, "sha256");
    return joined(
        job,
        (const char *const[]){sheet_job_role(sheet, sheet_job_text(entry, "role")),
                              sheet_job_local(job, entry, "captured_at"),
                              sha256 ? arena_printf(job->arena, "SHA-256 %.16s…", sha256) : NULL},
        3);
}

static const char *work_order_line(const struct sheet_job *job, const struct sheet_pdf *sheet,
                                   const json_t *entry)
{
    (void)sheet;
    return joined(
        job, (const char *const[]){sheet_job_text(entry, "number"), sheet_job_text(entry, "title")},
        2);
}

static const struct {
    const char *name;
    const char *english;
    const char *chinese;
    line_of *line;
} blocks[] = {
    {"open_before", "Open before this visit", "到访前未解决", plain_line},
    {"done", "Done on this visit", "本次完成", done_line},
    {"left_open", "Left open and plan", "遗留事项与计划", left_open_line},
    {"parts", "Parts used", "使用备件", part_line},
    {"check_ins", "Check-ins", "签到", check_in_line},
    {"scans", "Scans", "扫码记录", scan_line},
    {"photos", "Photos", "照片", photo_line},
    {"work_orders", "Work orders", "工单", work_order_line},
};

struct lines {
    const char **texts; /* NULL: the other version has it, too */
    size_t count;
};

static int read_lines(const struct sheet_job *job, const struct sheet_pdf *sheet,
                      const json_t *document, size_t block, struct lines *ret)
{
    const json_t *list = json_object_get(document, blocks[block].name);
    ret->count = json_array_size(list);
    ret->texts = arena_alloc(job->arena, sizeof *ret->texts * (ret->count + 1));
    if (!ret->texts)
        return -1;
    for (size_t i = 0; i < ret->count; i++) {
        const char *text = blocks[block].line(job, sheet, json_array_get(list, i));
        ret->texts[i] = text ? text : "";
    }
    return 0;
}

static void drop_common(struct lines *before, struct lines *after)
{
    for (size_t i = 0; i < before->count; i++)
        for (size_t j = 0; j < after->count; j++)
            if (before->texts[i] && after->texts[j] &&
                strcmp(before->texts[i], after->texts[j]) == 0) {
                before->texts[i] = NULL;
                after->texts[j] = NULL;
            }
}

/* Cut between characters. */
static const char *shortened(const struct sheet_job *job, const char *text)
{
    size_t length = strlen(text);
    if (length <= LINE_BYTES_MAX)
        return text;
    for (length = LINE_BYTES_MAX; ((unsigned char)text[length] & 0xc0) == 0x80;)
        length--;
    return arena_printf(job->arena, "%.*s …", (int)length, text);
}

/* The next line that only this version has; NULL: there is none. */
static const char *take(const struct sheet_job *job, const struct lines *lines, size_t *at)
{
    while (*at < lines->count && !lines->texts[*at])
        (*at)++;
    if (*at == lines->count)
        return NULL;
    return shortened(job, lines->texts[(*at)++]);
}

static int add_block(const struct sheet_job *job, struct sheet_pdf *sheet, size_t block,
                     struct sheet_pdf_change *changes)
{
    struct lines before, after;
    size_t i = 0, j = 0;
    if (read_lines(job, sheet, job->replaced, block, &before) < 0 ||
        read_lines(job, sheet, job->document, block, &after) < 0)
        return -1;
    drop_common(&before, &after);
    for (;;) {
        const char *removed = take(job, &before, &i), *added = take(job, &after, &j);
        if (!removed && !added)
            return 0;
        const char *name = sheet_job_words(sheet, blocks[block].english, blocks[block].chinese);
        if (sheet->change_count == SHEET_PDF_CHANGES_MAX) {
            changes[SHEET_PDF_CHANGES_MAX - 1] = (struct sheet_pdf_change){"…", "…", "…"};
            return 0;
        }
        changes[sheet->change_count++] = (struct sheet_pdf_change){name, removed, added};
    }
}

int sheet_job_read_changes(const struct sheet_job *job, const char *replaced_sha256,
                           struct sheet_pdf *sheet)
{
    if (!job->replaced)
        return 0;
    struct sheet_pdf_change *changes =
        arena_alloc(job->arena, sizeof *changes * SHEET_PDF_CHANGES_MAX);
    if (!changes)
        return -1;
    sheet->replaced_sha256 = replaced_sha256;
    sheet->changes = changes;
    for (size_t block = 0; block < ARRAY_LENGTH(blocks); block++)
        if (add_block(job, sheet, block, changes) < 0)
            return -1;
    return 0;
}

/* "/check_ins/0" as the block and its entry; NULL: there is no such entry. */
static const json_t *find_entry(const struct sheet_job *job, const char *pointer, size_t *ret_block)
{
    for (size_t block = 0; pointer && block < ARRAY_LENGTH(blocks); block++) {
        size_t length = strlen(blocks[block].name);
        if (pointer[0] != '/' || strncmp(pointer + 1, blocks[block].name, length) != 0 ||
            pointer[1 + length] != '/')
            continue;
        *ret_block = block;
        return json_array_get(json_object_get(job->document, blocks[block].name),
                              strtoul(pointer + length + 2, NULL, 10));
    }
    return NULL;
}

int sheet_job_read_missing(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list = json_object_get(job->signature, "missing");
    struct sheet_pdf_missing *items =
        arena_alloc(job->arena, sizeof *items * SHEET_PDF_MISSING_MAX);
    size_t i, block = 0;
    const json_t *missing;
    if (!items)
        return -1;
    sheet->missing = items;
    json_array_foreach(list, i, missing)
    {
        const json_t *entry = find_entry(job, sheet_job_text(missing, "pointer"), &block);
        const char *line = entry ? blocks[block].line(job, sheet, entry) : NULL;
        if (sheet->missing_count == SHEET_PDF_MISSING_MAX) {
            items[SHEET_PDF_MISSING_MAX - 1] = (struct sheet_pdf_missing){"…", "…"};
            return 0;
        }
        if (line)
            items[sheet->missing_count++] = (struct sheet_pdf_missing){
                sheet_job_words(sheet, blocks[block].english, blocks[block].chinese),
                shortened(job, line)};
    }
    return 0;
}
