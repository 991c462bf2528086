#include "server/render/sheet_job.h"

#include "server/base/clock.h"

#include <string.h>

/* Each list below is read the same way: one structure for each member of a JSON array. */
static size_t list_of(const json_t *document, const char *name, const json_t **ret)
{
    *ret = json_object_get(document, name);
    return json_array_size(*ret);
}

static int read_work_orders(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list;
    size_t count = list_of(job->document, "work_orders", &list);
    struct sheet_pdf_work_order *items = arena_alloc(job->arena, sizeof *items * (count + 1));
    for (size_t i = 0; items && i < count; i++)
        items[i] = (struct sheet_pdf_work_order){
            sheet_job_text(json_array_get(list, i), "number"),
            sheet_job_text(json_array_get(list, i), "title"),
        };
    sheet->work_orders = items;
    sheet->work_order_count = count;
    return items ? 0 : -1;
}

static const json_t *first_of_kind(const json_t *check_ins, const char *kind)
{
    size_t i;
    const json_t *check_in;
    json_array_foreach(check_ins, i, check_in)
    {
        const char *its_kind = sheet_job_text(check_in, "kind");
        if (its_kind && strcmp(its_kind, kind) == 0)
            return check_in;
    }
    return NULL;
}

static const char *duration(const struct sheet_job *job, const json_t *arrival,
                            const json_t *departure)
{
    int64_t from_ms;
    int64_t to_ms;
    const char *from = sheet_job_text(arrival, "captured_at");
    const char *to = sheet_job_text(departure, "captured_at");
    if (!from || !to || clock_parse_rfc3339(from, &from_ms) < 0 ||
        clock_parse_rfc3339(to, &to_ms) < 0 || to_ms < from_ms)
        return NULL;
    long minutes = (long)((to_ms - from_ms) / 60000);
    return arena_printf(job->arena, "%ld h %02ld min", minutes / 60, minutes % 60);
}

static int read_attendance(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *check_ins = json_object_get(job->document, "check_ins");
    const json_t *arrival = first_of_kind(check_ins, "arrival");
    const json_t *departure = first_of_kind(check_ins, "departure");
    struct sheet_pdf_attendance *item = arena_alloc(job->arena, sizeof *item);
    if (!item)
        return -1;
    *item = (struct sheet_pdf_attendance){
        .technician = sheet->technician_count ? sheet->technicians[0] : NULL,
        .arrival_local = sheet_job_local(job, arrival, "captured_at"),
        .arrival_utc = sheet_job_utc(job, arrival, "captured_at"),
        .departure_local = sheet_job_local(job, departure, "captured_at"),
        .departure_utc = sheet_job_utc(job, departure, "captured_at"),
        .duration = duration(job, arrival, departure),
    };
    sheet->attendances = item;
    sheet->attendance_count = arrival ? 1 : 0;
    return 0;
}

static int read_open_before(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list;
    size_t count = list_of(job->document, "open_before", &list);
    const char **items = arena_alloc(job->arena, sizeof *items * (count + 1));
    for (size_t i = 0; items && i < count; i++)
        items[i] = json_string_value(json_array_get(list, i));
    sheet->open_before = items;
    sheet->open_before_count = count;
    return items ? 0 : -1;
}

static int read_done(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list;
    size_t count = list_of(job->document, "done", &list);
    struct sheet_pdf_done *items = arena_alloc(job->arena, sizeof *items * (count + 1));
    for (size_t i = 0; items && i < count; i++) {
        const json_t *entry = json_array_get(list, i);
        items[i] = (struct sheet_pdf_done){
            sheet_job_text(entry, "what"),
            sheet_job_text(entry, "cause"),
            sheet_job_text(entry, "remedy"),
        };
    }
    sheet->done = items;
    sheet->done_count = count;
    return items ? 0 : -1;
}

static int read_left_open(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list;
    size_t count = list_of(job->document, "left_open", &list);
    struct sheet_pdf_left_open *items = arena_alloc(job->arena, sizeof *items * (count + 1));
    for (size_t i = 0; items && i < count; i++) {
        const json_t *entry = json_array_get(list, i);
        items[i] = (struct sheet_pdf_left_open){
            sheet_job_text(entry, "what"),
            sheet_job_text(entry, "plan"),
            sheet_job_local(job, entry, "due_at"),
        };
    }
    sheet->left_open = items;
    sheet->left_open_count = count;
    return items ? 0 : -1;
}

static int read_parts(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list;
    size_t count = list_of(job->document, "parts", &list);
    struct sheet_pdf_part *items = arena_alloc(job->arena, sizeof *items * (count + 1));
    for (size_t i = 0; items && i < count; i++) {
        const json_t *entry = json_array_get(list, i);
        items[i] = (struct sheet_pdf_part){
            sheet_job_text(entry, "name"),
            sheet_job_text(entry, "number"),
            arena_printf(job->arena, "%.10g",
                         json_number_value(json_object_get(entry, "quantity"))),
            sheet_job_text(entry, "unit"),
        };
    }
    sheet->parts = items;
    sheet->part_count = count;
    return items ? 0 : -1;
}

static int read_scans(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list;
    size_t count = list_of(job->document, "scans", &list);
    struct sheet_pdf_scan *items = arena_alloc(job->arena, sizeof *items * (count + 1));
    for (size_t i = 0; items && i < count; i++)
        items[i] = (struct sheet_pdf_scan){
            .symbology = sheet_job_text(json_array_get(list, i), "symbology"),
            .value = sheet_job_text(json_array_get(list, i), "value"),
        };
    sheet->scans = items;
    sheet->scan_count = count;
    return items ? 0 : -1;
}

static int read_head(const struct sheet_job *job, const char *document_sha256,
                     struct sheet_pdf *sheet)
{
    const json_t *document = job->document;
    const json_t *customer = json_object_get(document, "customer");
    const json_t *site = json_object_get(document, "site");
    const char *language = sheet_job_text(customer, "language");
    const char *visit_id = sheet_job_text(document, "visit_id");
    const char **technicians = arena_alloc(job->arena, sizeof *technicians);
    if (!technicians || !visit_id)
        return -1;
    technicians[0] = sheet_job_text(json_object_get(document, "technician"), "name");
    *sheet = (struct sheet_pdf){
        .language = language && strcmp(language, "zh") == 0 ? SHEET_PDF_CHINESE : SHEET_PDF_ENGLISH,
        .bilingual = true,
        .organisation = sheet_job_text(json_object_get(document, "organisation"), "name"),
        .number = visit_id,
        .version = (unsigned)json_integer_value(json_object_get(document, "version")),
        .replaces_version =
            (unsigned)json_integer_value(json_object_get(document, "corrects_version")),
        .correction_reason = sheet_job_text(document, "correction_reason"),
        .customer = sheet_job_text(customer, "name"),
        .site_name = sheet_job_text(site, "name"),
        .site_address = sheet_job_text(site, "address"),
        .time_zone = sheet_job_text(site, "time_zone"),
        .technicians = technicians,
        .technician_count = technicians[0] ? 1 : 0,
        .document_sha256 = document_sha256,
    };
    sheet->verification = sheet_job_words(
        sheet,
        "SHA-256 of the signed document, canonical JSON by RFC 8785: anyone can compute it again.",
        "已签署文件（按 RFC 8785 规范化的 JSON）的 SHA-256，任何人都可重新计算核对。");
    return 0;
}

static bool schema_is_known(const json_t *document)
{
    const char *schema = sheet_job_text(document, "schema");
    return schema && strcmp(schema, "fieldproof.visit-sheet/1") == 0;
}

int sheet_job_read(const struct sheet_job *job, const char *document_sha256, struct sheet_pdf *ret)
{
    if (!schema_is_known(job->document) || read_head(job, document_sha256, ret) < 0)
        return -1;
    if (read_work_orders(job, ret) < 0 || read_attendance(job, ret) < 0 ||
        read_open_before(job, ret) < 0 || read_done(job, ret) < 0 || read_left_open(job, ret) < 0 ||
        read_parts(job, ret) < 0 || read_scans(job, ret) < 0)
        return -1;
    if (sheet_job_read_fixes(job, ret) < 0 || sheet_job_read_photos(job, ret) < 0)
        return -1;
    return sheet_job_read_signature(job, ret);
}
