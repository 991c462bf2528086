#include "media/sheet/sheet_pdf.h"
#include "sample_sheet.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sheet_pdf minimal_sheet(void)
{
    return (struct sheet_pdf){.organisation = "Org", .number = "VS-1", .version = 1};
}

/* Refused before a byte is written. */
static void assert_refused(const struct sheet_pdf *sheet, int error)
{
    int fd = memfd_create("sheet.pdf", MFD_CLOEXEC);
    struct stat status;

    assert_true(fd >= 0);
    assert_string_equal(sheet_pdf_describe(sheet_pdf_render(sheet, fd)), sheet_pdf_describe(error));
    assert_int_equal(fstat(fd, &status), 0);
    assert_int_equal(status.st_size, 0);
    close(fd);
}

static char *letters(size_t count)
{
    char *text = malloc(count + 1);

    assert_non_null(text);
    memset(text, 'x', count);
    text[count] = '\0';
    return text;
}

static void test_sheet_refusals__required_fields(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();

    (void)state;
    sheet.organisation = NULL;
    assert_refused(&sheet, SHEET_PDF_MISSING);
    sheet = minimal_sheet();
    sheet.number = "";
    assert_refused(&sheet, SHEET_PDF_MISSING);
    sheet = minimal_sheet();
    sheet.version = 0;
    assert_refused(&sheet, SHEET_PDF_BAD_NUMBER);
    sheet = minimal_sheet();
    sheet.replaces_version = 1;
    assert_refused(&sheet, SHEET_PDF_BAD_NUMBER);
    sheet = minimal_sheet();
    sheet.part_count = 1; /* and no list */
    assert_refused(&sheet, SHEET_PDF_MISSING);
}

static void test_sheet_refusals__dates(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();

    (void)state;
    sheet.created_ms = -1;
    assert_refused(&sheet, SHEET_PDF_BAD_NUMBER);
    sheet.created_ms = INT64_C(253402300800000); /* date -u -d 10000-01-01 +%s000 */
    assert_refused(&sheet, SHEET_PDF_BAD_NUMBER);
}

static void test_sheet_refusals__texts_not_utf8(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
    struct sheet_pdf_done done = {"what", "cause", "cut \xe4\xb8"};

    (void)state;
    sheet.customer = "\xff";
    assert_refused(&sheet, SHEET_PDF_NOT_UTF8);
    sheet = minimal_sheet();
    sheet.done_count = 1;
    sheet.done = &done;
    assert_refused(&sheet, SHEET_PDF_NOT_UTF8);
}

static void test_sheet_refusals__texts_too_long(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
    const char *open[SHEET_PDF_TOTAL_TEXT_MAX / SHEET_PDF_TEXT_BYTES_MAX + 1];
    char *line = letters(SHEET_PDF_LINE_BYTES_MAX + 1), *text = letters(SHEET_PDF_TEXT_BYTES_MAX);
    char *long_text = letters(SHEET_PDF_TEXT_BYTES_MAX + 1);

    (void)state;
    sheet.customer = line;
    assert_refused(&sheet, SHEET_PDF_TEXT_TOO_LONG);
    sheet = minimal_sheet();
    sheet.open_before_count = 1;
    sheet.open_before = (const char *const[]){long_text};
    assert_refused(&sheet, SHEET_PDF_TEXT_TOO_LONG);
    for (size_t i = 0; i < COUNT(open); i++)
        open[i] = text;
    sheet.open_before_count = COUNT(open);
    sheet.open_before = open;
    assert_refused(&sheet, SHEET_PDF_TEXT_TOO_LONG);
    free(long_text);
    free(text);
    free(line);
}

/* No list is read before its count is known to be allowed: all point at one element. */
static void test_sheet_refusals__lists_too_long(void **state)
{
    static const char *const text = "x";
    static const struct sheet_pdf_work_order order = {0};
    static const struct sheet_pdf_attendance attendance = {0};
    static const struct sheet_pdf_done done = {0};
    static const struct sheet_pdf_left_open left_open = {0};
    static const struct sheet_pdf_part part = {0};
    static const struct sheet_pdf_scan scan = {0};
    static const struct sheet_pdf_fix fix = {0};
    static const struct sheet_pdf_photo photo = {0};
    static const struct sheet_pdf_finding finding = {0};
    const struct sheet_pdf sheets[] = {
        {.technician_count = SHEET_PDF_TECHNICIANS_MAX + 1, .technicians = &text},
        {.work_order_count = SHEET_PDF_WORK_ORDERS_MAX + 1, .work_orders = &order},
        {.attendance_count = SHEET_PDF_ATTENDANCES_MAX + 1, .attendances = &attendance},
        {.open_before_count = SHEET_PDF_ENTRIES_MAX + 1, .open_before = &text},
        {.done_count = SHEET_PDF_ENTRIES_MAX + 1, .done = &done},
        {.left_open_count = SHEET_PDF_ENTRIES_MAX + 1, .left_open = &left_open},
        {.part_count = SHEET_PDF_PARTS_MAX + 1, .parts = &part},
        {.scan_count = SHEET_PDF_SCANS_MAX + 1, .scans = &scan},
        {.fix_count = SHEET_PDF_FIXES_MAX + 1, .fixes = &fix},
        {.photo_count = SHEET_PDF_PHOTOS_MAX + 1, .photos = &photo},
        {.finding_count = SIZE_MAX, .findings = &finding},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(sheets); i++) {
        struct sheet_pdf sheet = sheets[i];

        sheet.organisation = "Org";
        sheet.number = "VS-1";
        sheet.version = 1;
        assert_refused(&sheet, SHEET_PDF_TOO_MANY);
    }
}

static void test_sheet_refusals__numbers_of_a_fix(void **state)
{
    static const struct sheet_pdf_fix fixes[] = {
        {.lat_deg = NAN},
        {.lat_deg = 90.1},
        {.lon_deg = -180.1},
        {.accuracy_m = -1},
        {.accuracy_m = INFINITY},
        {.has_distance = true, .distance_m = -0.5},
        {.has_distance = true, .distance_m = NAN},
        {.position = {1e9, 0}},
        {.position = {0, NAN}},
        {.fence = {.radius_m = NAN}},
        {.fence = {.radius_m = -1}},
        {.fence = {.radius_m = 1, .centre = {-INFINITY, 0}}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(fixes); i++) {
        struct sheet_pdf sheet = minimal_sheet();

        sheet.fix_count = 1;
        sheet.fixes = &fixes[i];
        assert_refused(&sheet, SHEET_PDF_BAD_NUMBER);
    }
}

static void test_sheet_refusals__rings(void **state)
{
    static const struct sheet_pdf_point points[SHEET_PDF_RING_POINTS_MAX];
    static const struct sheet_pdf_point bad_points[] = {{0, 0}, {1, 1}, {NAN, 0}};
    const struct {
        struct sheet_pdf_ring rings[2];
        size_t count;
        int error;
    } cases[] = {
        {{{2, points}}, 1, SHEET_PDF_MISSING},
        {{{3, NULL}}, 1, SHEET_PDF_MISSING},
        {{{3, bad_points}}, 1, SHEET_PDF_BAD_NUMBER},
        {{{SHEET_PDF_RING_POINTS_MAX - 2, points}, {3, points}}, 2, SHEET_PDF_TOO_MANY},
        {{{3, points}}, SHEET_PDF_RINGS_MAX + 1, SHEET_PDF_TOO_MANY},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct sheet_pdf_fix fix = {
            .fence = {.ring_count = cases[i].count, .rings = cases[i].rings}};
        struct sheet_pdf sheet = minimal_sheet();

        sheet.fix_count = 1;
        sheet.fixes = &fix;
        assert_refused(&sheet, cases[i].error);
    }
}

static void test_sheet_refusals__signatures(void **state)
{
    static const struct sheet_pdf_stroke_point far_away[] = {{1001, 0}}, nowhere[] = {{0, NAN}};
    static const struct sheet_pdf_stroke_point points[SHEET_PDF_STROKE_POINTS_MAX];
    static const struct sheet_pdf_stroke strokes[] = {
        {1, far_away}, {1, nowhere}, {1, NULL}, {SHEET_PDF_STROKE_POINTS_MAX, points}, {1, points}};
    const struct {
        struct sheet_pdf_signature signature;
        int error;
    } cases[] = {
        {{.box_width = 0, .box_height = 1}, SHEET_PDF_BAD_NUMBER},
        {{.box_width = 1, .box_height = NAN}, SHEET_PDF_BAD_NUMBER},
        {{.box_width = 1e7, .box_height = 1}, SHEET_PDF_BAD_NUMBER},
        {{100, 100, 1, &strokes[0], .name = "N"}, SHEET_PDF_BAD_NUMBER},
        {{100, 100, 1, &strokes[1], .name = "N"}, SHEET_PDF_BAD_NUMBER},
        {{100, 100, 1, &strokes[2], .name = "N"}, SHEET_PDF_MISSING},
        {{100, 100, 2, &strokes[3], .name = "N"}, SHEET_PDF_TOO_MANY},
        {{100, 100, SHEET_PDF_STROKES_MAX + 1, strokes, .name = "N"}, SHEET_PDF_TOO_MANY},
        {{100, 100, .name = "N", .displayed_sha256 = "abc"}, SHEET_PDF_BAD_DIGEST},
        {{100, 100, .name = "N", .instead_of_strokes = "\xff"}, SHEET_PDF_NOT_UTF8},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet_pdf sheet = minimal_sheet();

        sheet.signature = &cases[i].signature;
        assert_refused(&sheet, cases[i].error);
    }
}

static void test_sheet_refusals__digests(void **state)
{
    static const char *const bad[] = {
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a080",
        "9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0 "};

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        const struct sheet_pdf_photo photo = {.sha256 = bad[i]};
        struct sheet_pdf sheet = minimal_sheet();

        sheet.document_sha256 = bad[i];
        assert_refused(&sheet, SHEET_PDF_BAD_DIGEST);
        sheet.document_sha256 = NULL;
        sheet.replaced_sha256 = bad[i];
        assert_refused(&sheet, SHEET_PDF_BAD_DIGEST);
        sheet.replaced_sha256 = NULL;
        sheet.photo_count = 1;
        sheet.photos = &photo;
        assert_refused(&sheet, SHEET_PDF_BAD_DIGEST);
    }
}

/* Every cut of a real thumbnail that loses the frame header, in a buffer of exactly that size. */
static void test_sheet_refusals__photos_cut_in_their_header(void **state)
{
    struct sample_sheet sample;
    size_t refused = 0;

    (void)state;
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_ENGLISH), 0);
    for (size_t length = 0; length < 200; length++) {
        uint8_t *cut = malloc(length ? length : 1);
        struct sheet_pdf_photo photo = {.jpeg = cut, .jpeg_length = length};
        struct sheet_pdf sheet = minimal_sheet();

        assert_non_null(cut);
        memcpy(cut, sample.photos[0].jpeg, length);
        sheet.photo_count = 1;
        sheet.photos = &photo;
        /* Input comes before output: a header that is whole fails at the closed descriptor. */
        if (sheet_pdf_render(&sheet, -1) == SHEET_PDF_BAD_PHOTO)
            refused++;
        free(cut);
    }
    assert_in_range(refused, 150, 199);
    sample_sheet_close(&sample);
}

static void test_sheet_refusals__photos_of_other_kinds(void **state)
{
    /* SOI, SOF marker, length 17, 8 bits, 16 x 16, three components. */
    static const uint8_t good[] = {0xff, 0xd8, 0xff, 0xc0, 0,    17, 8, 0,    16,
                                   0,    16,   3,    1,    0x22, 0,  2, 17,   1,
                                   3,    17,   1,    0xff, 0xda, 0,  2, 0xff, 0xd9};
    static const struct {
        size_t offset;
        uint8_t value;
    } changes[] = {
        {0, 0x89}, /* not a JPEG */
        {3, 0xc3}, /* lossless */
        {3, 0xc9}, /* arithmetic */
        {3, 0xda}, /* scan before frame */
        {5, 9},    /* components outside the segment */
        {4, 0xff}, /* segment outside the file */
        {6, 12},   /* bits */
        {8, 0},    /* no rows */
        {10, 0},   /* no columns */
        {7, 0x40}, /* 16400 rows */
        {9, 0x40}, /* 16400 columns */
        {11, 4},   /* CMYK */
        {11, 2},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++) {
        uint8_t bytes[sizeof good];
        const struct sheet_pdf_photo photo = {.jpeg = bytes, .jpeg_length = sizeof bytes};
        struct sheet_pdf sheet = minimal_sheet();

        memcpy(bytes, good, sizeof good);
        sheet.photo_count = 1;
        sheet.photos = &photo;
        assert_int_equal(sheet_pdf_render(&sheet, -1), SHEET_PDF_WRITE_FAILED);
        bytes[changes[i].offset] = changes[i].value;
        assert_refused(&sheet, SHEET_PDF_BAD_PHOTO);
    }
}

static void test_sheet_refusals__photos_too_large(void **state)
{
    uint8_t *bytes = calloc(1, SHEET_PDF_PHOTO_BYTES_MAX + 1);
    const struct sheet_pdf_photo photo = {.jpeg = bytes,
                                          .jpeg_length = SHEET_PDF_PHOTO_BYTES_MAX + 1};
    struct sheet_pdf sheet = minimal_sheet();

    (void)state;
    assert_non_null(bytes);
    sheet.photo_count = 1;
    sheet.photos = &photo;
    assert_refused(&sheet, SHEET_PDF_BAD_PHOTO);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet_refusals__required_fields),
        cmocka_unit_test(test_sheet_refusals__dates),
        cmocka_unit_test(test_sheet_refusals__texts_not_utf8),
        cmocka_unit_test(test_sheet_refusals__texts_too_long),
        cmocka_unit_test(test_sheet_refusals__lists_too_long),
        cmocka_unit_test(test_sheet_refusals__numbers_of_a_fix),
        cmocka_unit_test(test_sheet_refusals__rings),
        cmocka_unit_test(test_sheet_refusals__signatures),
        cmocka_unit_test(test_sheet_refusals__digests),
        cmocka_unit_test(test_sheet_refusals__photos_cut_in_their_header),
        cmocka_unit_test(test_sheet_refusals__photos_of_other_kinds),
        cmocka_unit_test(test_sheet_refusals__photos_too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
