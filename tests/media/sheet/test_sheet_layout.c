/* Where things stand on the pages, however odd they are. */
#include "media/sheet/sheet_pdf.h"
#include "pdf_reader.h"
#include "sample_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define DIGEST_EXAMPLE "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define COUNT(array)   (sizeof(array) / sizeof *(array))

/* Texts that break naive layout: each in every place that takes text. */
static void test_sheet_layout__hostile_texts_stay_on_the_page(void **state)
{
    static const char *const texts[] = {
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
        "https://example.com/"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "😀👩‍👩‍👧‍👦🏳️‍🌈 emoji 🔧🔩 "
        "和中文混排",
        "𠮷野家 𪚥 rare, 䶮 and 㐂",
        "שלום עולם مرحبا بالعالم mixed with English",
        "Z̷̢̧̛̛̖̗̘̙̜̝̞̟̠̣̤̥̦̩̪̫̬̭̮̯̰̱̲̳̹̺̻̼͇͈͉͍͎͙͚͜͢͡ͅ a̴̡̢̧̨̛̖̗l̵̡̢g̶o",
        "line\nline\r\nline\tline\v\f\x01\x1b[31m\x7f",
        "\u202e right to left override \u2028 separator \u2029 \ufeff "
        "\u200b\u200b\ufffd\uffff\ufdd0\U0001fffe\U0010ffff",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五"
        "六七八"};

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *t = texts[i];
        const struct sheet_pdf_work_order order = {t, t};
        const struct sheet_pdf_attendance attendance = {t, t, t, t, t, t};
        const struct sheet_pdf_done done = {t, t, t};
        const struct sheet_pdf_left_open left_open = {t, t, t};
        const struct sheet_pdf_part part = {t, t, t, t};
        const struct sheet_pdf_scan scan = {t, t, t};
        const struct sheet_pdf_fix fix = {.label = t, .captured = t, .sentence = t};
        const struct sheet_pdf_photo photo = {.role = t, .captured = t, .note = t};
        const struct sheet_pdf_finding finding = {SHEET_PDF_FAIL, t};
        const struct sheet_pdf_signature signature = {.box_width = 1,
                                                      .box_height = 1,
                                                      .name = t,
                                                      .role = t,
                                                      .signed_local = t,
                                                      .signed_utc = t,
                                                      .position = t};
        const struct sheet_pdf sheet = {.language = i % 2,
                                        .bilingual = true,
                                        .organisation = t,
                                        .number = t,
                                        .version = 2,
                                        .replaces_version = 1,
                                        .correction_reason = t,
                                        .replaced_sha256 = DIGEST_EXAMPLE,
                                        .change_count = 1,
                                        .changes = &(struct sheet_pdf_change){t, t, t},
                                        .missing_count = 1,
                                        .missing = &(struct sheet_pdf_missing){t, t},
                                        .customer = t,
                                        .site_name = t,
                                        .site_address = t,
                                        .time_zone = t,
                                        .technician_count = 1,
                                        .technicians = &t,
                                        .work_order_count = 1,
                                        .work_orders = &order,
                                        .attendance_count = 1,
                                        .attendances = &attendance,
                                        .open_before_count = 1,
                                        .open_before = &t,
                                        .done_count = 1,
                                        .done = &done,
                                        .left_open_count = 1,
                                        .left_open = &left_open,
                                        .part_count = 1,
                                        .parts = &part,
                                        .scan_count = 1,
                                        .scans = &scan,
                                        .fix_count = 1,
                                        .fixes = &fix,
                                        .photo_count = 1,
                                        .photos = &photo,
                                        .finding_count = 1,
                                        .findings = &finding,
                                        .signature = &signature,
                                        .verification = t};
        struct bytes pdf = pdf_render(&sheet);

        pdf_assert_margins_blank(&pdf);
        bytes_close(&pdf);
    }
}

/* Every word of a long text is there, once, in order, and nothing runs into the footer. */
static void test_sheet_layout__long_text_runs_over_pages(void **state)
{
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct sheet_pdf_done done = {.what = "What", .cause = "Cause"};
    char *text = calloc(1, SHEET_PDF_TEXT_BYTES_MAX + 1);
    const char *at;
    struct bytes pdf, read;
    size_t length = 0;

    (void)state;
    assert_non_null(text);
    for (int i = 10000; i < 12000; i++)
        length += (size_t)snprintf(text + length, SHEET_PDF_TEXT_BYTES_MAX - length, "w%d ", i);
    done.remedy = text;
    sheet.done_count = 1;
    sheet.done = &done;
    pdf = pdf_render(&sheet);
    read = pdf_text(&pdf);
    at = read.data;
    for (int i = 10000; i < 12000; i++) {
        char word[16];

        snprintf(word, sizeof word, "w%d", i);
        at = strstr(at, word);
        assert_non_null(at);
    }
    assert_true(pdf_text_count_pages(&read) >= 3);
    bytes_close(&read);
    bytes_close(&pdf);
    free(text);
}

/* The x of the right edge of the word at `line` of "pdftotext -bbox". */
static double word_end(const char *line)
{
    const char *end = strstr(line, "xMax=\"");

    assert_non_null(end);
    return strtod(end + strlen("xMax=\""), NULL);
}

/*
 * A hyphen that is not in the serial number must not be printed. Extracted text does not show those
 * that pango adds, but they widen the lines: all lines of 15 W are equally wide, the last one too.
 */
static void test_sheet_layout__broken_numbers_get_no_hyphens(void **state)
{
    static const struct sheet_pdf_part part = {
        "Board", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "1", NULL};
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct bytes pdf, words;
    double end = 0;
    unsigned lines = 0;

    (void)state;
    sheet.part_count = 1;
    sheet.parts = &part;
    pdf = pdf_render(&sheet);
    words = pdf_read(&pdf, "pdftotext", (const char *const[]){"-bbox", NULL}, "-");
    for (char *rest = words.data, *line; (line = strtok_r(rest, "\n", &rest));) {
        if (!strstr(line, ">WWWWWWWWWWWWWWW<"))
            continue;
        if (lines++ > 0)
            assert_true(word_end(line) == end);
        end = word_end(line);
    }
    assert_int_equal(lines, 4);
    bytes_close(&words);
    bytes_close(&pdf);
}

static void test_sheet_layout__a_uuid_fits_as_number(void **state)
{
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct bytes pdf, text;

    (void)state;
    sheet.number = "2b0c8f52-6c0e-4d8b-9d55-0c1f6a7e8b90";
    pdf = pdf_render(&sheet);
    text = pdf_text(&pdf);
    pdf_text_assert_contains(&text,
                             "2b0c8f52-6c0e-4d8b-9d55-0c1f6a7e8b90\n"); /* at the right edge */
    bytes_close(&text);
    bytes_close(&pdf);
}

static void test_sheet_layout__scans_have_a_column_of_assets_when_one_is_named(void **state)
{
    static const char *const assets[] = {NULL, "Chiller 2"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct sheet_pdf sheet = sample_sheet_minimal();
        const struct sheet_pdf_scan scans[] = {{"ean_13", "4006381333931", assets[i]}};
        struct bytes pdf, text;

        sheet.scans = scans;
        sheet.scan_count = 1;
        pdf = pdf_render(&sheet);
        text = pdf_text(&pdf);
        pdf_text_assert_contains(&text, "4006381333931");
        assert_int_equal(strstr(text.data, "Asset") != NULL, i == 1);
        bytes_close(&text);
        bytes_close(&pdf);
    }
}

/* Took 11 s of processor time when words had no limit; takes well under one. */
static void test_sheet_layout__endless_words_cost_little(void **state)
{
    struct sheet_pdf sheet = sample_sheet_minimal();
    const char *open[16];
    char *text = malloc(SHEET_PDF_TEXT_BYTES_MAX + 1);
    clock_t begin = clock();
    struct bytes pdf;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', SHEET_PDF_TEXT_BYTES_MAX);
    text[SHEET_PDF_TEXT_BYTES_MAX] = '\0';
    for (size_t i = 0; i < COUNT(open); i++)
        open[i] = text;
    sheet.open_before_count = COUNT(open);
    sheet.open_before = open;
    pdf = pdf_render(&sheet);
    assert_true((clock() - begin) / CLOCKS_PER_SEC < 5); /* sanitizers are slow */
    bytes_close(&pdf);
    free(text);
}

/* Whatever stands above it, a heading stays with the first lines below it. */
static void test_sheet_layout__headings_stay_with_what_follows(void **state)
{
    static const struct sheet_pdf_done done[] = {{"FIRST-DONE", "FIRST-CAUSE", NULL},
                                                 {"SECOND-DONE", "SECOND-CAUSE", NULL}};
    static const struct sheet_pdf_part part = {"FIRST-PART", "N", "1", NULL};
    const char *open[40];
    unsigned breaks = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(open); i++)
        open[i] = "Open.";
    for (size_t count = 20; count <= COUNT(open); count++) {
        struct sheet_pdf sheet = sample_sheet_minimal();
        struct bytes pdf, text;

        sheet.open_before_count = count;
        sheet.open_before = open;
        sheet.done_count = COUNT(done);
        sheet.done = done;
        sheet.part_count = 1;
        sheet.parts = &part;
        pdf = pdf_render(&sheet);
        text = pdf_text(&pdf);
        breaks += pdf_text_page_of(&text, "Done on this visit") == 2;
        assert_int_equal(pdf_text_page_of(&text, "Done on this visit"),
                         pdf_text_page_of(&text, "FIRST-DONE"));
        assert_int_equal(pdf_text_page_of(&text, "FIRST-DONE"),
                         pdf_text_page_of(&text, "FIRST-CAUSE"));
        assert_int_equal(pdf_text_page_of(&text, "SECOND-DONE"),
                         pdf_text_page_of(&text, "SECOND-CAUSE"));
        assert_int_equal(pdf_text_page_of(&text, "Parts used"),
                         pdf_text_page_of(&text, "FIRST-PART"));
        assert_int_equal(pdf_text_page_of(&text, "Signed for the customer"),
                         pdf_text_page_of(&text, "Role"));
        bytes_close(&text);
        bytes_close(&pdf);
    }
    assert_in_range(breaks, 1, 20);
}

static void test_sheet_layout__table_heads_are_repeated(void **state)
{
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct sheet_pdf_part parts[100];
    struct bytes pdf, text;
    const char *at;

    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++)
        parts[i] = (struct sheet_pdf_part){"Screw", "M4", "1", "pcs"};
    sheet.part_count = COUNT(parts);
    sheet.parts = parts;
    pdf = pdf_render(&sheet);
    text = pdf_text(&pdf);
    at = strstr(text.data, "Part number");
    assert_non_null(at);
    assert_non_null(strstr(at + 1, "Part number"));
    assert_non_null(strstr(strstr(at, "\f"), "Part number"));
    bytes_close(&text);
    bytes_close(&pdf);
}

static void test_sheet_layout__extreme_plans_stay_in_their_square(void **state)
{
    static const struct sheet_pdf_point line[] = {{0, 0}, {1e6, 0}, {2e6, 0}};
    static const struct sheet_pdf_ring flat = {3, line};
    const struct sheet_pdf_fix fixes[] = {
        {.label = "a", .accuracy_m = SHEET_PDF_LENGTH_M_MAX, .position = {-2e7, 2e7}},
        {.label = "b", .position = {-1.3e7, 3.4e6}, .fence = {.radius_m = 0.001}},
        {.label = "c", .fence = {.radius_m = SHEET_PDF_LENGTH_M_MAX}},
        {.label = "d", .fence = {.ring_count = 1, .rings = &flat}},
        {.label = "e", .accuracy_m = 1e-300, .position = {2e7, 2e7}}};
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct bytes pdf;

    (void)state;
    sheet.fix_count = COUNT(fixes);
    sheet.fixes = fixes;
    pdf = pdf_render(&sheet);
    pdf_assert_margins_blank(&pdf);
    bytes_close(&pdf);
}

static void test_sheet_layout__strokes_outside_their_box_are_clipped(void **state)
{
    static const struct sheet_pdf_stroke_point points[] = {{-900, 50}, {900, 60}, {-900, 70}};
    static const struct sheet_pdf_stroke strokes[] = {{3, points}, {1, points}, {0, NULL}};
    static const struct sheet_pdf_signature signature = {
        .box_width = 100, .box_height = 100, .stroke_count = 3, .strokes = strokes, .name = "N"};
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct bytes pdf;

    (void)state;
    sheet.signature = &signature;
    pdf = pdf_render(&sheet);
    pdf_assert_margins_blank(&pdf);
    bytes_close(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet_layout__hostile_texts_stay_on_the_page),
        cmocka_unit_test(test_sheet_layout__long_text_runs_over_pages),
        cmocka_unit_test(test_sheet_layout__broken_numbers_get_no_hyphens),
        cmocka_unit_test(test_sheet_layout__a_uuid_fits_as_number),
        cmocka_unit_test(test_sheet_layout__scans_have_a_column_of_assets_when_one_is_named),
        cmocka_unit_test(test_sheet_layout__endless_words_cost_little),
        cmocka_unit_test(test_sheet_layout__headings_stay_with_what_follows),
        cmocka_unit_test(test_sheet_layout__table_heads_are_repeated),
        cmocka_unit_test(test_sheet_layout__extreme_plans_stay_in_their_square),
        cmocka_unit_test(test_sheet_layout__strokes_outside_their_box_are_clipped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
