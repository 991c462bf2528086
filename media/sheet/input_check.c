#include "media/sheet/input_check.h"
#include "media/sheet/jpeg_header.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define DIGEST_LENGTH 64
/* 9999-12-31T23:59:59Z, the last second that ISO 8601 writes with four digits. */
#define CREATED_MS_MAX INT64_C(253402300799999)
/* Strokes may leave their box by this many boxes; further out cairo's numbers overflow. */
#define STROKE_BOXES_MAX 10.0
#define BOX_SIDE_MIN     1e-3
#define BOX_SIDE_MAX     1e6

/* The first error stays. */
struct check {
    int error;
    size_t text_bytes;
};

static void fail(struct check *check, int error)
{
    if (check->error == 0)
        check->error = error;
}

static void check_text(struct check *check, const char *text, size_t bytes_max)
{
    size_t length;

    if (!text || check->error != 0)
        return;
    length = strnlen(text, bytes_max + 1);
    check->text_bytes += length;
    if (length > bytes_max || check->text_bytes > SHEET_PDF_TOTAL_TEXT_MAX)
        fail(check, SHEET_PDF_TEXT_TOO_LONG);
    else if (!g_utf8_validate(text, (gssize)length, NULL))
        fail(check, SHEET_PDF_NOT_UTF8);
}

static void check_lines(struct check *check, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(check, lines[i], SHEET_PDF_LINE_BYTES_MAX);
}

static void check_digest(struct check *check, const char *digest)
{
    if (!digest || !*digest)
        return;
    if (strnlen(digest, DIGEST_LENGTH + 1) != DIGEST_LENGTH ||
        strspn(digest, "0123456789abcdef") != DIGEST_LENGTH)
        fail(check, SHEET_PDF_BAD_DIGEST);
}

static void check_number(struct check *check, double number, double min, double max)
{
    if (!(number >= min && number <= max))
        fail(check, SHEET_PDF_BAD_NUMBER);
}

/* False when the list cannot be walked. */
static bool check_list(struct check *check, const void *list, size_t count, size_t count_max)
{
    if (count > count_max)
        fail(check, SHEET_PDF_TOO_MANY);
    else if (count > 0 && !list)
        fail(check, SHEET_PDF_MISSING);
    else
        return true;
    return false;
}

static void check_head(struct check *check, const struct sheet_pdf *sheet)
{
    const char *const lines[] = {sheet->organisation, sheet->number,       sheet->customer,
                                 sheet->site_name,    sheet->site_address, sheet->time_zone,
                                 sheet->verification};

    if (!sheet->organisation || !*sheet->organisation || !sheet->number || !*sheet->number)
        fail(check, SHEET_PDF_MISSING);
    if (sheet->version == 0 || sheet->replaces_version >= sheet->version || sheet->created_ms < 0 ||
        sheet->created_ms > CREATED_MS_MAX)
        fail(check, SHEET_PDF_BAD_NUMBER);
    check_lines(check, lines, G_N_ELEMENTS(lines));
    check_text(check, sheet->correction_reason, SHEET_PDF_TEXT_BYTES_MAX);
    check_digest(check, sheet->document_sha256);
    check_digest(check, sheet->replaced_sha256);
    if (check_list(check, sheet->changes, sheet->change_count, SHEET_PDF_CHANGES_MAX))
        for (size_t i = 0; i < sheet->change_count; i++) {
            check_text(check, sheet->changes[i].block, SHEET_PDF_LINE_BYTES_MAX);
            check_text(check, sheet->changes[i].before, SHEET_PDF_TEXT_BYTES_MAX);
            check_text(check, sheet->changes[i].after, SHEET_PDF_TEXT_BYTES_MAX);
        }
    if (check_list(check, sheet->missing, sheet->missing_count, SHEET_PDF_MISSING_MAX))
        for (size_t i = 0; i < sheet->missing_count; i++) {
            check_text(check, sheet->missing[i].block, SHEET_PDF_LINE_BYTES_MAX);
            check_text(check, sheet->missing[i].line, SHEET_PDF_TEXT_BYTES_MAX);
        }
    if (check_list(check, sheet->technicians, sheet->technician_count, SHEET_PDF_TECHNICIANS_MAX))
        check_lines(check, sheet->technicians, sheet->technician_count);
}

static void check_attendance(struct check *check, const struct sheet_pdf *sheet)
{
    if (check_list(check, sheet->work_orders, sheet->work_order_count, SHEET_PDF_WORK_ORDERS_MAX))
        for (size_t i = 0; i < sheet->work_order_count; i++)
            check_lines(
                check,
                (const char *const[]){sheet->work_orders[i].number, sheet->work_orders[i].title},
                2);
    if (check_list(check, sheet->attendances, sheet->attendance_count, SHEET_PDF_ATTENDANCES_MAX))
        for (size_t i = 0; i < sheet->attendance_count; i++) {
            const struct sheet_pdf_attendance *at = &sheet->attendances[i];

            check_lines(check,
                        (const char *const[]){at->technician, at->arrival_local, at->arrival_utc,
                                              at->departure_local, at->departure_utc, at->duration},
                        6);
        }
}

static void check_entries(struct check *check, const struct sheet_pdf *sheet)
{
    if (check_list(check, sheet->open_before, sheet->open_before_count, SHEET_PDF_ENTRIES_MAX))
        for (size_t i = 0; i < sheet->open_before_count; i++)
            check_text(check, sheet->open_before[i], SHEET_PDF_TEXT_BYTES_MAX);
    if (check_list(check, sheet->done, sheet->done_count, SHEET_PDF_ENTRIES_MAX))
        for (size_t i = 0; i < sheet->done_count; i++) {
            check_text(check, sheet->done[i].what, SHEET_PDF_TEXT_BYTES_MAX);
            check_text(check, sheet->done[i].cause, SHEET_PDF_TEXT_BYTES_MAX);
            check_text(check, sheet->done[i].remedy, SHEET_PDF_TEXT_BYTES_MAX);
        }
    if (check_list(check, sheet->left_open, sheet->left_open_count, SHEET_PDF_ENTRIES_MAX))
        for (size_t i = 0; i < sheet->left_open_count; i++) {
            check_text(check, sheet->left_open[i].what, SHEET_PDF_TEXT_BYTES_MAX);
            check_text(check, sheet->left_open[i].plan, SHEET_PDF_TEXT_BYTES_MAX);
            check_text(check, sheet->left_open[i].due, SHEET_PDF_LINE_BYTES_MAX);
        }
}

static void check_items(struct check *check, const struct sheet_pdf *sheet)
{
    if (check_list(check, sheet->parts, sheet->part_count, SHEET_PDF_PARTS_MAX))
        for (size_t i = 0; i < sheet->part_count; i++) {
            const struct sheet_pdf_part *part = &sheet->parts[i];

            check_lines(check,
                        (const char *const[]){part->name, part->number, part->quantity, part->unit},
                        4);
        }
    if (check_list(check, sheet->scans, sheet->scan_count, SHEET_PDF_SCANS_MAX))
        for (size_t i = 0; i < sheet->scan_count; i++) {
            const struct sheet_pdf_scan *scan = &sheet->scans[i];

            check_lines(check, (const char *const[]){scan->symbology, scan->value, scan->asset}, 3);
        }
    if (check_list(check, sheet->findings, sheet->finding_count, SHEET_PDF_FINDINGS_MAX))
        for (size_t i = 0; i < sheet->finding_count; i++) {
            check_text(check, sheet->findings[i].sentence, SHEET_PDF_TEXT_BYTES_MAX);
            if ((unsigned)sheet->findings[i].severity > SHEET_PDF_FAIL)
                fail(check, SHEET_PDF_BAD_NUMBER);
        }
}

static void check_point(struct check *check, const struct sheet_pdf_point *point)
{
    check_number(check, point->east_m, -SHEET_PDF_LENGTH_M_MAX, SHEET_PDF_LENGTH_M_MAX);
    check_number(check, point->north_m, -SHEET_PDF_LENGTH_M_MAX, SHEET_PDF_LENGTH_M_MAX);
}

static void check_fence(struct check *check, const struct sheet_pdf_fence *fence)
{
    size_t points = 0;

    check_point(check, &fence->centre);
    check_number(check, fence->radius_m, 0, SHEET_PDF_LENGTH_M_MAX);
    if (!check_list(check, fence->rings, fence->ring_count, SHEET_PDF_RINGS_MAX))
        return;
    for (size_t i = 0; i < fence->ring_count; i++) {
        const struct sheet_pdf_ring *ring = &fence->rings[i];

        if (ring->point_count < 3)
            fail(check, SHEET_PDF_MISSING);
        if (!check_list(check, ring->points, ring->point_count, SHEET_PDF_RING_POINTS_MAX - points))
            return;
        points += ring->point_count;
        for (size_t j = 0; j < ring->point_count; j++)
            check_point(check, &ring->points[j]);
    }
}

static void check_fixes(struct check *check, const struct sheet_pdf *sheet)
{
    if (!check_list(check, sheet->fixes, sheet->fix_count, SHEET_PDF_FIXES_MAX))
        return;
    for (size_t i = 0; i < sheet->fix_count; i++) {
        const struct sheet_pdf_fix *fix = &sheet->fixes[i];

        check_lines(check, (const char *const[]){fix->label, fix->captured, fix->sentence}, 3);
        check_number(check, fix->lat_deg, -90, 90);
        check_number(check, fix->lon_deg, -180, 180);
        check_number(check, fix->accuracy_m, 0, SHEET_PDF_LENGTH_M_MAX);
        if (fix->has_distance)
            check_number(check, fix->distance_m, 0, SHEET_PDF_LENGTH_M_MAX);
        check_point(check, &fix->position);
        check_fence(check, &fix->fence);
    }
}

static void check_photo(struct check *check, const struct sheet_pdf_photo *photo)
{
    struct jpeg_header header;

    check_lines(check, (const char *const[]){photo->role, photo->captured, photo->note}, 3);
    check_digest(check, photo->sha256);
    if (!photo->jpeg)
        return;
    if (photo->jpeg_length > SHEET_PDF_PHOTO_BYTES_MAX ||
        jpeg_header_read(photo->jpeg, photo->jpeg_length, &header) < 0 ||
        header.width > SHEET_PDF_PHOTO_SIDE_MAX || header.height > SHEET_PDF_PHOTO_SIDE_MAX)
        fail(check, SHEET_PDF_BAD_PHOTO);
}

static void check_stroke(struct check *check, const struct sheet_pdf_signature *signature,
                         const struct sheet_pdf_stroke *stroke)
{
    const double x_max = signature->box_width * STROKE_BOXES_MAX;
    const double y_max = signature->box_height * STROKE_BOXES_MAX;

    for (size_t i = 0; i < stroke->point_count; i++) {
        check_number(check, stroke->points[i].x, -x_max, x_max);
        check_number(check, stroke->points[i].y, -y_max, y_max);
    }
}

static void check_signature(struct check *check, const struct sheet_pdf_signature *signature)
{
    size_t points = 0;

    check_lines(check,
                (const char *const[]){signature->name, signature->role, signature->signed_local,
                                      signature->signed_utc, signature->position,
                                      signature->instead_of_strokes},
                6);
    check_digest(check, signature->displayed_sha256);
    check_number(check, signature->box_width, BOX_SIDE_MIN, BOX_SIDE_MAX);
    check_number(check, signature->box_height, BOX_SIDE_MIN, BOX_SIDE_MAX);
    if (!check_list(check, signature->strokes, signature->stroke_count, SHEET_PDF_STROKES_MAX))
        return;
    for (size_t i = 0; i < signature->stroke_count; i++) {
        const struct sheet_pdf_stroke *stroke = &signature->strokes[i];

        if (!check_list(check, stroke->points, stroke->point_count,
                        SHEET_PDF_STROKE_POINTS_MAX - points))
            return;
        points += stroke->point_count;
        check_stroke(check, signature, stroke);
    }
}

int input_check(const struct sheet_pdf *sheet)
{
    struct check check = {0};

    check_head(&check, sheet);
    check_attendance(&check, sheet);
    check_entries(&check, sheet);
    check_items(&check, sheet);
    check_fixes(&check, sheet);
    if (check_list(&check, sheet->photos, sheet->photo_count, SHEET_PDF_PHOTOS_MAX))
        for (size_t i = 0; i < sheet->photo_count; i++)
            check_photo(&check, &sheet->photos[i]);
    if (sheet->signature)
        check_signature(&check, sheet->signature);
    return check.error;
}
