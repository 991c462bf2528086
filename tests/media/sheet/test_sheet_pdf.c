#include "media/sheet/sheet_pdf.h"
#include "pdf_reader.h"
#include "sample_sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define DIGEST_EXAMPLE "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_contains(const struct bytes *text, const char *needle)
{
    if (!memmem(text->data, text->length, needle, strlen(needle)))
        fail_msg("\"%s\" is not in:\n%s", needle, text->data);
}

static unsigned count_pages(const struct bytes *text)
{
    unsigned count = 0;

    for (size_t i = 0; i < text->length; i++)
        count += text->data[i] == '\f';
    return count;
}

/* The page that `needle` first stands on, from 1; 0 for none. */
static unsigned page_of(const struct bytes *text, const char *needle)
{
    const char *found = memmem(text->data, text->length, needle, strlen(needle));
    unsigned page = 1;

    if (!found)
        return 0;
    for (const char *c = text->data; c < found; c++)
        page += *c == '\f';
    return page;
}

static struct sheet_pdf minimal_sheet(void)
{
    return (struct sheet_pdf){.organisation = "Org", .number = "VS-1", .version = 1};
}

/* Printed at 36 dots an inch, the outer 40 of 50 points of the side margins must be blank. */
static void assert_margins_blank(const struct bytes *pdf)
{
    const char *const options[] = {"-gray", "-r", "36", NULL};
    struct bytes image = pdf_read(pdf, "pdftoppm", options, NULL);
    const char *page = image.data;

    while (page < image.data + image.length) {
        int width = 0, height = 0, offset = 0;

        assert_int_equal(strncmp(page, "P5\n", 3), 0);
        width = (int)strtol(page + 3, (char **)&page, 10);
        height = (int)strtol(page, (char **)&page, 10);
        offset = (int)strtol(page, (char **)&page, 10);
        assert_int_equal(offset, 255);
        page++;
        for (int y = 0; y < height; y++, page += width)
            for (int x = 0; x < 20; x++) {
                assert_int_equal((unsigned char)page[x], 255);
                assert_int_equal((unsigned char)page[width - 1 - x], 255);
            }
    }
    bytes_close(&image);
}

static void test_sheet_pdf__english_text_can_be_extracted(void **state)
{
    static const char *const expected[] = {
        "Visit sheet",
        "现场服务单",
        "VS-2026-0412",
        "Correction: version 2 replaces version 1",
        "The quantity of coil cleaner was wrong.",
        "What the correction changes",
        "更正内容",
        "− Coil cleaner, non-acid – 25 l",
        "+ Coil cleaner, non-acid – 2.5 l",
        "+ Nameplate – 2026-11-20 09:31",
        "0f4e1cbb7a1c1e0a3d9b5a60f9a1c6a3b2f2a1f0e9d8c7b6a5948372615049ab",
        "Harcourt & Vane Properties",
        "12 Cornhill, London EC3V 3ND",
        "Europe/London (UTC+0)",
        "Tom Baker, Li Wei",
        "WO-2026-1190",
        "2026-11-20 11:45",
        "11:45 UTC",
        "2 h 31 min",
        "Still on site",
        "Open before this visit",
        "Done on this visit",
        "Left open and plan",
        "temperature stood 14 K above ambient.",
        "New bearing 6204-2RS fitted",
        "2026-12-05",
        "Coil cleaner, non-acid",
        "2.5 l",
        "CH-000217-2",
        "Signed for the customer",
        "Margaret Okafor",
        "Facility manager",
        "51.513400, -0.088900",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "https://fieldproof.example/v1/sheets/VS-2026-0412/canonical",
        "Nameplate",
        "Photo not yet received",
        "SHA-256 9f86d081884c7d65",
        "Needs review",
        "±48 m",
        "40.2 km",
        "Warning",
        "Page 1 of 4",
        "Page 4 of 4"};
    struct sample_sheet sample;
    struct bytes pdf, text;

    (void)state;
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_ENGLISH), 0);
    pdf = pdf_render(&sample.sheet);
    text = pdf_text(&pdf);
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_contains(&text, expected[i]);
    assert_int_equal(count_pages(&text), 4);
    assert_margins_blank(&pdf);
    bytes_close(&text);
    bytes_close(&pdf);
    sample_sheet_close(&sample);
}

static void test_sheet_pdf__chinese_text_can_be_extracted(void **state)
{
    static const char *const expected[] = {"现场服务单",
                                           "Visit sheet",
                                           "上海龘喆堃鑫物业管理有限公司",
                                           "环球广场 A 座屋面机房",
                                           "张建国、李薇",
                                           "尚未离开",
                                           "到访前未解决",
                                           "本次完成",
                                           "遗留事项与计划",
                                           "翅片约三分之二被柳絮和灰尘堵塞",
                                           "翅片清洗剂（非酸性）",
                                           "2.5 升",
                                           "客户签字",
                                           "欧阳婧雯",
                                           "待复核",
                                           "不通过",
                                           "定位点在围栏外 27 米",
                                           "手机时钟比服务器快 2 分 14 秒。",
                                           "第 1 页，共 3 页"};
    struct sample_sheet sample;
    struct bytes pdf, text;

    (void)state;
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_CHINESE), 0);
    pdf = pdf_render(&sample.sheet);
    text = pdf_text(&pdf);
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_contains(&text, expected[i]);
    assert_int_equal(count_pages(&text), 3);
    assert_margins_blank(&pdf);
    bytes_close(&text);
    bytes_close(&pdf);
    sample_sheet_close(&sample);
}

static void test_sheet_pdf__one_language_alone(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
    struct bytes pdf, text;

    (void)state;
    pdf = pdf_render(&sheet);
    text = pdf_text(&pdf);
    assert_contains(&text, "None");
    for (size_t i = 0; i < text.length; i++)
        assert_true((unsigned char)text.data[i] < 0xe0); /* nothing Chinese */
    assert_int_equal(count_pages(&text), 1);
    bytes_close(&text);
    bytes_close(&pdf);
}

static void test_sheet_pdf__same_input_same_bytes(void **state)
{
    struct sample_sheet sample;
    struct bytes first, second, other_process;

    (void)state;
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_CHINESE), 0);
    first = pdf_render(&sample.sheet);
    second = pdf_render(&sample.sheet);
    other_process = program_output(WRITE_SAMPLE_SHEET, "zh");
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    assert_int_equal(first.length, other_process.length);
    assert_memory_equal(first.data, other_process.data, first.length);
    bytes_close(&other_process);
    bytes_close(&second);
    bytes_close(&first);
    sample_sheet_close(&sample);
}

static void test_sheet_pdf__a4_dated_and_titled_from_the_input(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
    struct bytes pdf, info;

    (void)state;
    sheet.created_ms = INT64_C(951827696789); /* date -u -d @951827696: Tue Feb 29 12:34:56 2000 */
    sheet.number = "VS-7 中文";
    pdf = pdf_render(&sheet);
    info = pdf_read(&pdf, "pdfinfo", (const char *const[]){"-isodates", NULL}, NULL);
    assert_contains(&info, "595.276 x 841.89 pts (A4)");
    assert_contains(&info, "CreationDate:    2000-02-29T12:34:56Z");
    assert_contains(&info, "ModDate:         2000-02-29T12:34:56Z");
    assert_contains(&info, "VS-7 中文 (1)");
    bytes_close(&info);
    bytes_close(&pdf);
}

static void test_sheet_pdf__fonts_are_embedded_subsets(void **state)
{
    struct sample_sheet sample;
    struct bytes pdf, fonts;
    unsigned lines = 0;

    (void)state;
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_CHINESE), 0);
    pdf = pdf_render(&sample.sheet);
    fonts = pdf_read(&pdf, "pdffonts", NULL, NULL);
    for (char *rest = fonts.data, *line; (line = strtok_r(rest, "\n", &rest));)
        if (lines++ >= 2) /* "emb sub uni", and the subset's tag */
            assert_true(strstr(line, "yes yes yes") && line[6] == '+');
    assert_true(lines >= 4);
    bytes_close(&fonts);
    bytes_close(&pdf);
    sample_sheet_close(&sample);
}

static void test_sheet_pdf__thumbnails_are_embedded_as_they_are(void **state)
{
    struct sample_sheet sample;
    struct bytes pdf;

    (void)state;
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_ENGLISH), 0);
    pdf = pdf_render(&sample.sheet);
    for (size_t i = 0; i + 1 < SAMPLE_PHOTOS; i++)
        assert_non_null(
            memmem(pdf.data, pdf.length, sample.photos[i].jpeg, sample.photos[i].jpeg_length));
    bytes_close(&pdf);
    sample_sheet_close(&sample);
}

/* Texts that break naive layout: each in every place that takes text. */
static void test_sheet_pdf__hostile_texts_stay_on_the_page(void **state)
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

        assert_margins_blank(&pdf);
        bytes_close(&pdf);
    }
}

/* Every word of a long text is there, once, in order, and nothing runs into the footer. */
static void test_sheet_pdf__long_text_runs_over_pages(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
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
    assert_true(count_pages(&read) >= 3);
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
static void test_sheet_pdf__broken_numbers_get_no_hyphens(void **state)
{
    static const struct sheet_pdf_part part = {
        "Board", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "1", NULL};
    struct sheet_pdf sheet = minimal_sheet();
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

static void test_sheet_pdf__a_uuid_fits_as_number(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
    struct bytes pdf, text;

    (void)state;
    sheet.number = "2b0c8f52-6c0e-4d8b-9d55-0c1f6a7e8b90";
    pdf = pdf_render(&sheet);
    text = pdf_text(&pdf);
    assert_contains(&text, "2b0c8f52-6c0e-4d8b-9d55-0c1f6a7e8b90\n"); /* at the right edge */
    bytes_close(&text);
    bytes_close(&pdf);
}

static void test_sheet_pdf__scans_have_a_column_of_assets_when_one_is_named(void **state)
{
    static const char *const assets[] = {NULL, "Chiller 2"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct sheet_pdf sheet = minimal_sheet();
        const struct sheet_pdf_scan scans[] = {{"ean_13", "4006381333931", assets[i]}};
        struct bytes pdf, text;

        sheet.scans = scans;
        sheet.scan_count = 1;
        pdf = pdf_render(&sheet);
        text = pdf_text(&pdf);
        assert_contains(&text, "4006381333931");
        assert_int_equal(strstr(text.data, "Asset") != NULL, i == 1);
        bytes_close(&text);
        bytes_close(&pdf);
    }
}

/* Took 11 s of processor time when words had no limit; takes well under one. */
static void test_sheet_pdf__endless_words_cost_little(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
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
static void test_sheet_pdf__headings_stay_with_what_follows(void **state)
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
        struct sheet_pdf sheet = minimal_sheet();
        struct bytes pdf, text;

        sheet.open_before_count = count;
        sheet.open_before = open;
        sheet.done_count = COUNT(done);
        sheet.done = done;
        sheet.part_count = 1;
        sheet.parts = &part;
        pdf = pdf_render(&sheet);
        text = pdf_text(&pdf);
        breaks += page_of(&text, "Done on this visit") == 2;
        assert_int_equal(page_of(&text, "Done on this visit"), page_of(&text, "FIRST-DONE"));
        assert_int_equal(page_of(&text, "FIRST-DONE"), page_of(&text, "FIRST-CAUSE"));
        assert_int_equal(page_of(&text, "SECOND-DONE"), page_of(&text, "SECOND-CAUSE"));
        assert_int_equal(page_of(&text, "Parts used"), page_of(&text, "FIRST-PART"));
        assert_int_equal(page_of(&text, "Signed for the customer"), page_of(&text, "Role"));
        bytes_close(&text);
        bytes_close(&pdf);
    }
    assert_in_range(breaks, 1, 20);
}

static void test_sheet_pdf__table_heads_are_repeated(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
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

static void test_sheet_pdf__extreme_plans_stay_in_their_square(void **state)
{
    static const struct sheet_pdf_point line[] = {{0, 0}, {1e6, 0}, {2e6, 0}};
    static const struct sheet_pdf_ring flat = {3, line};
    const struct sheet_pdf_fix fixes[] = {
        {.label = "a", .accuracy_m = SHEET_PDF_LENGTH_M_MAX, .position = {-2e7, 2e7}},
        {.label = "b", .position = {-1.3e7, 3.4e6}, .fence = {.radius_m = 0.001}},
        {.label = "c", .fence = {.radius_m = SHEET_PDF_LENGTH_M_MAX}},
        {.label = "d", .fence = {.ring_count = 1, .rings = &flat}},
        {.label = "e", .accuracy_m = 1e-300, .position = {2e7, 2e7}}};
    struct sheet_pdf sheet = minimal_sheet();
    struct bytes pdf;

    (void)state;
    sheet.fix_count = COUNT(fixes);
    sheet.fixes = fixes;
    pdf = pdf_render(&sheet);
    assert_margins_blank(&pdf);
    bytes_close(&pdf);
}

static void test_sheet_pdf__strokes_outside_their_box_are_clipped(void **state)
{
    static const struct sheet_pdf_stroke_point points[] = {{-900, 50}, {900, 60}, {-900, 70}};
    static const struct sheet_pdf_stroke strokes[] = {{3, points}, {1, points}, {0, NULL}};
    static const struct sheet_pdf_signature signature = {
        .box_width = 100, .box_height = 100, .stroke_count = 3, .strokes = strokes, .name = "N"};
    struct sheet_pdf sheet = minimal_sheet();
    struct bytes pdf;

    (void)state;
    sheet.signature = &signature;
    pdf = pdf_render(&sheet);
    assert_margins_blank(&pdf);
    bytes_close(&pdf);
}

static void test_sheet_pdf__failed_writes_are_told(void **state)
{
    struct sample_sheet sample;
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

    (void)state;
    assert_true(full >= 0);
    assert_int_equal(sample_sheet_open(&sample, SHEET_PDF_ENGLISH), 0);
    assert_int_equal(sheet_pdf_render(&sample.sheet, full), SHEET_PDF_WRITE_FAILED);
    assert_int_equal(errno, ENOSPC);
    close(full);
    assert_int_equal(sheet_pdf_render(&sample.sheet, -1), SHEET_PDF_WRITE_FAILED);
    assert_int_equal(errno, EBADF);
    sample_sheet_close(&sample);
}

static void test_sheet_pdf__pages_have_a_ceiling(void **state)
{
    struct sheet_pdf sheet = minimal_sheet();
    char *text = malloc(SHEET_PDF_TEXT_BYTES_MAX + 1);

    (void)state;
    assert_non_null(text);
    memset(text, '\n', SHEET_PDF_TEXT_BYTES_MAX);
    text[SHEET_PDF_TEXT_BYTES_MAX] = '\0';
    sheet.correction_reason = text;
    sheet.version = 2;
    sheet.replaces_version = 1;
    assert_int_equal(sheet_pdf_render(&sheet, -1), SHEET_PDF_TOO_MANY_PAGES);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet_pdf__english_text_can_be_extracted),
        cmocka_unit_test(test_sheet_pdf__chinese_text_can_be_extracted),
        cmocka_unit_test(test_sheet_pdf__one_language_alone),
        cmocka_unit_test(test_sheet_pdf__same_input_same_bytes),
        cmocka_unit_test(test_sheet_pdf__a4_dated_and_titled_from_the_input),
        cmocka_unit_test(test_sheet_pdf__fonts_are_embedded_subsets),
        cmocka_unit_test(test_sheet_pdf__thumbnails_are_embedded_as_they_are),
        cmocka_unit_test(test_sheet_pdf__hostile_texts_stay_on_the_page),
        cmocka_unit_test(test_sheet_pdf__long_text_runs_over_pages),
        cmocka_unit_test(test_sheet_pdf__broken_numbers_get_no_hyphens),
        cmocka_unit_test(test_sheet_pdf__a_uuid_fits_as_number),
        cmocka_unit_test(test_sheet_pdf__scans_have_a_column_of_assets_when_one_is_named),
        cmocka_unit_test(test_sheet_pdf__endless_words_cost_little),
        cmocka_unit_test(test_sheet_pdf__headings_stay_with_what_follows),
        cmocka_unit_test(test_sheet_pdf__table_heads_are_repeated),
        cmocka_unit_test(test_sheet_pdf__extreme_plans_stay_in_their_square),
        cmocka_unit_test(test_sheet_pdf__strokes_outside_their_box_are_clipped),
        cmocka_unit_test(test_sheet_pdf__failed_writes_are_told),
        cmocka_unit_test(test_sheet_pdf__pages_have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
