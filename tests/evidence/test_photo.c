#include "checks.h"

#include "evidence/editing_software.h"
#include "evidence/photo.h"
#include "geo/datum.h"
#include "geo/distance.h"

#include <limits.h>
#include <math.h>

#define NOON   INT64_C(1795262400000) /* 2026-11-21T12:00:00Z */
#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

static const struct geo_point site = {31.2304, 121.4737};

static struct bench bench;
static struct evidence_photo photo;

/* A photo in a visit that began at 11:00 UTC and a check-in at noon, in Shanghai. */
static int reset(void **state)
{
    (void)state;
    bench_clear(&bench);
    photo = (struct evidence_photo){.photo_id = "0d6bd2b6-1f7d-4a3c-9c5e-3a3b0f6f9a10",
                                    .site_utc_offset_min = 480,
                                    .visit_since_ms = NOON - HOUR,
                                    .captured_at_ms = NOON};
    return 0;
}

static void judge(void)
{
    evidence_findings_clear(&bench.findings);
    evidence_photo_judge(&photo, &bench.policy, &bench.findings);
    check_findings(&bench);
}

static enum evidence_verdict verdict(void)
{
    return evidence_verdict_of(&bench.findings, &bench.policy);
}

static void test_photo_without_exif__is_neutral(void **state)
{
    (void)state;
    photo.has_fix = true;
    photo.fix = site;
    photo.usual_camera = "HUAWEI P40";
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void take_at(int64_t utc_ms, int offset_min)
{
    photo.has_exif_time = true;
    photo.has_exif_offset = true;
    photo.exif_offset_min = offset_min;
    photo.exif_wall_ms = utc_ms + offset_min * MINUTE;
    judge();
}

static void test_time__may_be_before_the_visit_within_the_tolerance(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    take_at(NOON - HOUR - 30 * MINUTE, 480);
    assert_int_equal(bench.findings.count, 0);
    take_at(NOON - HOUR - 30 * MINUTE - 1, 480);
    finding = check_stated(&bench, EVIDENCE_PHOTO_TAKEN_BEFORE);
    assert_number(check_number(finding, "gap_ms"), 30 * MINUTE + 1);
    assert_number(check_number(finding, "taken_at_ms"), NOON - HOUR - 30 * MINUTE - 1);
    check_text(finding, "photo_id", "0d6bd2b6-1f7d-4a3c-9c5e-3a3b0f6f9a10");
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
}

static void test_time__may_be_after_the_check_in_within_the_tolerance(void **state)
{
    (void)state;
    take_at(NOON + 30 * MINUTE, -300);
    assert_int_equal(bench.findings.count, 0);
    take_at(NOON + 30 * MINUTE + 1, -300);
    assert_number(check_number(check_stated(&bench, EVIDENCE_PHOTO_TAKEN_AFTER), "gap_ms"),
                  30 * MINUTE + 1);
}

static void test_time__reads_in_the_zone_of_the_site(void **state)
{
    (void)state;
    take_at(NOON - 72 * HOUR, 0);
    check_sentence(
        check_stated(&bench, EVIDENCE_PHOTO_TAKEN_BEFORE), EVIDENCE_ENGLISH,
        "EXIF says that the photo was taken at 2026-11-18 20:00 UTC+8, 2 days 23 h before "
        "the visit began (tolerance 30 min).");
}

static void test_time__without_an_offset_is_taken_in_the_zone_of_the_site(void **state)
{
    (void)state;
    photo.has_exif_time = true;
    photo.exif_wall_ms = NOON + 8 * HOUR;
    photo.exif_offset_min = -300;
    judge();
    assert_int_equal(bench.findings.count, 0);

    photo.exif_wall_ms = NOON;
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_PHOTO_TAKEN_BEFORE), EVIDENCE_CHINESE,
                   "照片的 EXIF 显示拍摄于 2026-11-21 12:00 UTC+8，比上门开始早 7 小时（允许 30 "
                   "分钟）；照片未注明时区，按 UTC+8 计算。");
    /* An offset that no zone has is none. */
    photo.has_exif_offset = true;
    photo.exif_offset_min = 24 * 60 + 1;
    judge();
    assert_non_null(evidence_finding_get(check_stated(&bench, EVIDENCE_PHOTO_TAKEN_BEFORE),
                                         "assumed_offset_min"));
    photo.exif_offset_min = -24 * 60;
    judge();
    assert_null(evidence_finding_get(check_stated(&bench, EVIDENCE_PHOTO_TAKEN_AFTER),
                                     "assumed_offset_min"));
    photo.exif_offset_min = 24 * 60;
    judge();
    assert_null(evidence_finding_get(check_stated(&bench, EVIDENCE_PHOTO_TAKEN_BEFORE),
                                     "assumed_offset_min"));
    photo.exif_offset_min = INT_MIN;
    judge();
    (void)check_stated(&bench, EVIDENCE_PHOTO_TAKEN_BEFORE);
}

/* A late arrival must not make an earlier photo of the same visit old. */
static void test_time__is_never_held_against_a_later_arrival(void **state)
{
    (void)state;
    photo.visit_since_ms = NOON + 5 * HOUR;
    take_at(NOON, 480);
    assert_int_equal(bench.findings.count, 0);
}

static void test_extreme_times__are_defined(void **state)
{
    static const int64_t times[] = {INT64_MIN, -1, 0, INT64_MAX};

    (void)state;
    photo.has_exif_time = true;
    for (size_t i = 0; i < 64; i++) {
        photo.exif_wall_ms = times[i % 4];
        photo.visit_since_ms = times[i / 4 % 4];
        photo.captured_at_ms = times[i / 16];
        photo.site_utc_offset_min = i % 3 == 0 ? INT_MAX : INT_MIN;
        judge();
    }
}

static struct geo_point north(double metres)
{
    return (struct geo_point){site.lat_deg + metres / 110880, site.lon_deg};
}

static void test_place__is_judged_beyond_tolerance_and_accuracy(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    photo.has_exif_position = true;
    photo.exif_position = north(3000);
    photo.has_fix = true;
    photo.fix = site;
    photo.fix_accuracy_m = 20;
    judge();
    finding = check_stated(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);
    assert_number(check_number(finding, "limit_m"), 520);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);

    bench.policy.photo_distance_m = check_number(finding, "distance_m") - 20;
    judge();
    check_silent(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);
    bench.policy.photo_distance_m -= 1e-6;
    judge();
    (void)check_stated(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);

    bench.policy.photo_distance_m = 500;
    photo.fix_accuracy_m = INFINITY;
    judge();
    (void)check_stated(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);
    photo.fix_accuracy_m = 0;
    judge();
    assert_number(check_number(check_stated(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE), "accuracy_m"),
                  50);
}

static void test_video__is_called_what_it_is(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    photo.is_video = true;
    photo.width_px = 320;
    photo.height_px = 240;
    judge();
    finding = check_stated(&bench, EVIDENCE_PHOTO_TOO_SMALL);
    check_sentence(finding, EVIDENCE_ENGLISH,
                   "The video has 320 × 240 pixels and needs at least 480 on its shorter side; "
                   "send the camera's original, not a copy from a chat.");
    photo.is_video = false;
    judge();
    finding = check_stated(&bench, EVIDENCE_PHOTO_TOO_SMALL);
    check_sentence(finding, EVIDENCE_CHINESE,
                   "照片只有 320 × 240 像素，短边至少需要 480 "
                   "像素；请提交相机原图，不要用聊天软件转存的图片。");
}

static void test_place__in_any_chinese_datum_is_not_elsewhere(void **state)
{
    static const enum geo_datum datums[] = {GEO_WGS84, GEO_GCJ02, GEO_BD09};

    (void)state;
    bench.policy.photo_distance_m = 10;
    photo.has_exif_position = true;
    photo.has_fix = true;
    for (size_t i = 0; i < 3; i++) {
        photo.fix = site;
        assert_int_equal(geo_datum_from_wgs84(datums[i], site, &photo.exif_position), 0);
        judge();
        check_silent(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);
        photo.fix = photo.exif_position;
        photo.exif_position = site;
        judge();
        check_silent(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);
    }
}

static void test_place__that_is_none_is_neutral(void **state)
{
    static const struct geo_point none[] = {{0, 0}, {-0.0, 0}, {91, 0}, {INFINITY, 0}};

    (void)state;
    photo.has_exif_position = true;
    photo.has_fix = true;
    photo.fix = site;
    for (size_t i = 0; i < 4; i++) {
        photo.exif_position = none[i];
        judge();
        assert_int_equal(bench.findings.count, 0);
    }
    photo.exif_position = (struct geo_point){0, 10};
    judge();
    (void)check_stated(&bench, EVIDENCE_PHOTO_TAKEN_ELSEWHERE);
    photo.exif_position = (struct geo_point){10, 10};
    photo.fix = (struct geo_point){NAN, 10};
    judge();
    assert_int_equal(bench.findings.count, 0);
    photo.fix = (struct geo_point){0, 0.0005};
    judge();
    assert_int_equal(bench.findings.count, 0);
    photo.fix = site;
    photo.has_fix = false;
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void test_same_bytes__of_another_visit_are_rejected(void **state)
{
    const struct evidence_photo_twin twin = {
        .photo_id = "5b2c", .visit = "WO-1042", .captured_at_ms = NOON - 48 * HOUR};

    (void)state;
    photo.twin = &twin;
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_PHOTO_REUSED), EVIDENCE_ENGLISH,
                   "This very file was already sent for another visit (WO-1042), dated 2026-11-19 "
                   "20:00 UTC+8; take a new photo.");
    check_text(check_stated(&bench, EVIDENCE_PHOTO_REUSED), "earlier_photo_id", "5b2c");
    assert_int_equal(verdict(), EVIDENCE_REJECTED);
}

static void test_same_bytes__of_the_same_visit_are_harmless(void **state)
{
    const struct evidence_photo_twin twin = {.same_visit = true, .captured_at_ms = NOON};

    (void)state;
    photo.twin = &twin;
    judge();
    (void)check_stated(&bench, EVIDENCE_PHOTO_SENT_TWICE);
    check_silent(&bench, EVIDENCE_PHOTO_REUSED);
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
}

static void test_editors__are_told_from_camera_firmware(void **state)
{
    static const char *const editors[] = {"Adobe Photoshop 25.1 (Windows)",
                                          "adobe PHOTOSHOP",
                                          "GIMP 2.10.34",
                                          "Snapseed 2.0",
                                          "美图秀秀 10.1",
                                          "via 醒图app",
                                          "MeituPic",
                                          "Paint.NET 5.0.13"};
    static const char *const cameras[] = {"",         "HDR+ 1.0.585804376zd",
                                          "17.1.2",   "MediaTek Camera Application",
                                          "Gimpel 1", "SM-G991B G991BXXU5CVDD",
                                          "VSCOx",    "Ver.1.00",
                                          "美",       "\xFF\xFE",
                                          "MGIMP"};

    (void)state;
    for (size_t i = 0; i < sizeof(editors) / sizeof(editors[0]); i++)
        if (!evidence_is_editing_software(editors[i]))
            fail_msg("%s was not recognised", editors[i]);
    for (size_t i = 0; i < sizeof(cameras) / sizeof(cameras[0]); i++)
        if (evidence_is_editing_software(cameras[i]))
            fail_msg("%s was taken for an editor", cameras[i]);

    photo.software = "GIMP 2.10.34";
    judge();
    check_text(check_stated(&bench, EVIDENCE_PHOTO_EDITED), "software", "GIMP 2.10.34");
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
    photo.software = "17.1.2";
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void test_other_camera__is_only_noted(void **state)
{
    (void)state;
    photo.camera = "Xiaomi 13";
    judge();
    assert_int_equal(bench.findings.count, 0);
    photo.usual_camera = "xiaomi 13";
    judge();
    assert_int_equal(bench.findings.count, 0);
    photo.usual_camera = "HUAWEI P40";
    judge();
    check_text(check_stated(&bench, EVIDENCE_PHOTO_OTHER_CAMERA), "usual_camera", "HUAWEI P40");
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
    photo.camera = "";
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void test_size__is_judged_by_the_shorter_side(void **state)
{
    (void)state;
    photo.width_px = 4000;
    photo.height_px = 480;
    judge();
    assert_int_equal(bench.findings.count, 0);
    photo.height_px = 479;
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_PHOTO_TOO_SMALL), EVIDENCE_CHINESE,
                   "照片只有 4000 × 479 像素，短边至少需要 480 "
                   "像素；请提交相机原图，不要用聊天软件转存的图片。");
    photo.width_px = 479;
    photo.height_px = 4000;
    judge();
    (void)check_stated(&bench, EVIDENCE_PHOTO_TOO_SMALL);
    photo.width_px = 0;
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void look(double mean_luminance, double sharpness)
{
    photo.has_looks = true;
    photo.mean_luminance = mean_luminance;
    photo.sharpness = sharpness;
    judge();
}

static void test_looks__are_judged_by_the_policy(void **state)
{
    (void)state;
    look(bench.policy.photo_least_luminance, bench.policy.photo_least_sharpness);
    assert_int_equal(bench.findings.count, 0);
    look(nextafter(bench.policy.photo_least_luminance, 0), 500);
    (void)check_stated(&bench, EVIDENCE_PHOTO_TOO_DARK);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
    look(120, nextafter(bench.policy.photo_least_sharpness, 0));
    (void)check_stated(&bench, EVIDENCE_PHOTO_BLURRED);
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
    look(0, 0);
    (void)check_stated(&bench, EVIDENCE_PHOTO_TOO_DARK);
    check_silent(&bench, EVIDENCE_PHOTO_BLURRED);
    photo.has_looks = false;
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void test_looks__that_are_no_numbers_are_neutral(void **state)
{
    (void)state;
    look(NAN, NAN);
    assert_int_equal(bench.findings.count, 0);
    look(INFINITY, INFINITY);
    assert_int_equal(bench.findings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_photo_without_exif__is_neutral, reset),
        cmocka_unit_test_setup(test_time__may_be_before_the_visit_within_the_tolerance, reset),
        cmocka_unit_test_setup(test_time__may_be_after_the_check_in_within_the_tolerance, reset),
        cmocka_unit_test_setup(test_time__reads_in_the_zone_of_the_site, reset),
        cmocka_unit_test_setup(test_time__without_an_offset_is_taken_in_the_zone_of_the_site,
                               reset),
        cmocka_unit_test_setup(test_time__is_never_held_against_a_later_arrival, reset),
        cmocka_unit_test_setup(test_extreme_times__are_defined, reset),
        cmocka_unit_test_setup(test_place__is_judged_beyond_tolerance_and_accuracy, reset),
        cmocka_unit_test_setup(test_video__is_called_what_it_is, reset),
        cmocka_unit_test_setup(test_place__in_any_chinese_datum_is_not_elsewhere, reset),
        cmocka_unit_test_setup(test_place__that_is_none_is_neutral, reset),
        cmocka_unit_test_setup(test_same_bytes__of_another_visit_are_rejected, reset),
        cmocka_unit_test_setup(test_same_bytes__of_the_same_visit_are_harmless, reset),
        cmocka_unit_test_setup(test_editors__are_told_from_camera_firmware, reset),
        cmocka_unit_test_setup(test_other_camera__is_only_noted, reset),
        cmocka_unit_test_setup(test_size__is_judged_by_the_shorter_side, reset),
        cmocka_unit_test_setup(test_looks__are_judged_by_the_policy, reset),
        cmocka_unit_test_setup(test_looks__that_are_no_numbers_are_neutral, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
