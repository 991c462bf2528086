#include "server/render/sheet_job.h"

#include "server/base/clock.h"

#include <string.h>
#include <unistd.h>

#define TYPED_BOX_WIDTH  300
#define TYPED_BOX_HEIGHT 120

static const struct {
    const char *role;
    const char *english;
    const char *chinese;
} role_labels[] = {
    {"before", "Before", "作业前"},     {"after", "After", "作业后"},
    {"nameplate", "Nameplate", "铭牌"}, {"part", "Part", "配件"},
    {"damage", "Damage", "损坏"},       {"meter", "Meter", "仪表"},
    {"overview", "Overview", "全景"},   {"other", "Other", "其他"},
};

const char *sheet_job_role(const struct sheet_pdf *sheet, const char *role)
{
    for (size_t i = 0; role && i < ARRAY_LENGTH(role_labels); i++)
        if (strcmp(role_labels[i].role, role) == 0)
            return sheet_job_words(sheet, role_labels[i].english, role_labels[i].chinese);
    return role;
}

/* A thumbnail's bytes; none when its photo has not arrived, so its frame stays empty. */
static int read_thumbnail(const struct sheet_job *job, const char *sha256,
                          const uint8_t **ret_bytes, size_t *ret_length)
{
    const json_t *descriptor = sha256 ? json_object_get(job->thumbnails, sha256) : NULL;
    *ret_bytes = NULL;
    *ret_length = 0;
    if (!descriptor)
        return 0;
    int fd = (int)json_integer_value(descriptor);
    off_t size = lseek(fd, 0, SEEK_END);
    if (size <= 0 || size > SHEET_PDF_PHOTO_BYTES_MAX)
        return -1;
    uint8_t *bytes = arena_alloc(job->arena, (size_t)size);
    if (!bytes || pread(fd, bytes, (size_t)size, 0) != size)
        return -1;
    *ret_bytes = bytes;
    *ret_length = (size_t)size;
    return 0;
}

int sheet_job_read_photos(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *list = json_object_get(job->document, "photos");
    size_t count = json_array_size(list);
    struct sheet_pdf_photo *photos = arena_alloc(job->arena, sizeof *photos * (count + 1));
    if (!photos)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const json_t *photo = json_array_get(list, i);
        photos[i] = (struct sheet_pdf_photo){
            .role = sheet_job_role(sheet, sheet_job_text(photo, "role")),
            .captured = sheet_job_local(job, photo, "captured_at"),
            .sha256 = sheet_job_text(photo, "sha256"),
            .note = sheet_job_text(photo, "caption"),
        };
        if (read_thumbnail(job, photos[i].sha256, &photos[i].jpeg, &photos[i].jpeg_length) < 0)
            return -1;
    }
    sheet->photos = photos;
    sheet->photo_count = count;
    return 0;
}

static int read_stroke(const struct sheet_job *job, const json_t *line,
                       struct sheet_pdf_stroke *ret)
{
    size_t count = json_array_size(line);
    struct sheet_pdf_stroke_point *points = arena_alloc(job->arena, sizeof *points * (count + 1));
    for (size_t i = 0; points && i < count; i++) {
        const json_t *point = json_array_get(line, i);
        points[i] = (struct sheet_pdf_stroke_point){
            json_number_value(json_object_get(point, "x")),
            json_number_value(json_object_get(point, "y")),
        };
    }
    *ret = (struct sheet_pdf_stroke){count, points};
    return points ? 0 : -1;
}

static int read_strokes(const struct sheet_job *job, struct sheet_pdf_signature *signature)
{
    const json_t *strokes = json_object_get(job->signature, "strokes");
    const json_t *lines = json_object_get(strokes, "lines");
    size_t count = json_array_size(lines);
    struct sheet_pdf_stroke *made = arena_alloc(job->arena, sizeof *made * (count + 1));
    if (!made)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (read_stroke(job, json_array_get(lines, i), &made[i]) < 0)
            return -1;
    signature->box_width = json_number_value(json_object_get(strokes, "width"));
    signature->box_height = json_number_value(json_object_get(strokes, "height"));
    signature->stroke_count = count;
    signature->strokes = made;
    return 0;
}

static const char *signed_position(const struct sheet_job *job)
{
    const json_t *fix = json_object_get(job->signature, "fix");
    if (!json_is_object(fix))
        return NULL;
    return arena_printf(
        job->arena, "%.6f, %.6f (%s) ±%.0f m", json_number_value(json_object_get(fix, "latitude")),
        json_number_value(json_object_get(fix, "longitude")), sheet_job_text(fix, "datum"),
        json_number_value(json_object_get(fix, "accuracy_m")));
}

/* A typed signature has no box of its own: the sheet's is left as it is. */
static void read_typed(const struct sheet_pdf *sheet, struct sheet_pdf_signature *signature)
{
    signature->box_width = TYPED_BOX_WIDTH;
    signature->box_height = TYPED_BOX_HEIGHT;
    signature->instead_of_strokes =
        sheet_job_words(sheet, "Signed by typing the name, in place of a drawn signature.",
                        "签署人以键入姓名的方式确认签署，未手写签名。");
}

int sheet_job_read_signature(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    struct sheet_pdf_signature *signature = arena_alloc(job->arena, sizeof *signature);
    const char *signed_at = sheet_job_text(job->signature, "signed_at");
    if (!signature || !signed_at || clock_parse_rfc3339(signed_at, &sheet->created_ms) < 0)
        return -1;
    *signature = (struct sheet_pdf_signature){
        .name = sheet_job_text(job->signature, "signer_name"),
        .role = sheet_job_text(job->signature, "signer_role"),
        .signed_local = sheet_job_local(job, job->signature, "signed_at"),
        .signed_utc = sheet_job_utc(job, job->signature, "signed_at"),
        .position = signed_position(job),
        .displayed_sha256 = sheet_job_text(job->signature, "document_sha256"),
    };
    sheet->signature = signature;
    if (json_is_object(json_object_get(job->signature, "strokes")))
        return read_strokes(job, signature);
    read_typed(sheet, signature);
    return 0;
}
