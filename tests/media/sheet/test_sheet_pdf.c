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

#define COUNT(array) (sizeof(array) / sizeof *(array))

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
        "Signed, but never received",
        "已签字但未收到",
        "The document listed this when it was signed",
        "Arrival – 2026-11-20 09:14",
        "qr_code – CH-000217-1",
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
        pdf_text_assert_contains(&text, expected[i]);
    assert_int_equal(pdf_text_count_pages(&text), 4);
    pdf_assert_margins_blank(&pdf);
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
        pdf_text_assert_contains(&text, expected[i]);
    assert_int_equal(pdf_text_count_pages(&text), 3);
    pdf_assert_margins_blank(&pdf);
    bytes_close(&text);
    bytes_close(&pdf);
    sample_sheet_close(&sample);
}

static void test_sheet_pdf__one_language_alone(void **state)
{
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct bytes pdf, text;

    (void)state;
    pdf = pdf_render(&sheet);
    text = pdf_text(&pdf);
    pdf_text_assert_contains(&text, "None");
    for (size_t i = 0; i < text.length; i++)
        assert_true((unsigned char)text.data[i] < 0xe0); /* nothing Chinese */
    assert_int_equal(pdf_text_count_pages(&text), 1);
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
    struct sheet_pdf sheet = sample_sheet_minimal();
    struct bytes pdf, info;

    (void)state;
    sheet.created_ms = INT64_C(951827696789); /* date -u -d @951827696: Tue Feb 29 12:34:56 2000 */
    sheet.number = "VS-7 中文";
    pdf = pdf_render(&sheet);
    info = pdf_read(&pdf, "pdfinfo", (const char *const[]){"-isodates", NULL}, NULL);
    pdf_text_assert_contains(&info, "595.276 x 841.89 pts (A4)");
    pdf_text_assert_contains(&info, "CreationDate:    2000-02-29T12:34:56Z");
    pdf_text_assert_contains(&info, "ModDate:         2000-02-29T12:34:56Z");
    pdf_text_assert_contains(&info, "VS-7 中文 (1)");
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
    struct sheet_pdf sheet = sample_sheet_minimal();
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
        cmocka_unit_test(test_sheet_pdf__failed_writes_are_told),
        cmocka_unit_test(test_sheet_pdf__pages_have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
