#include "sample_sheet.h"

#include "photo_maker.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DIGEST       "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const struct sheet_pdf_point OUTER[] = {{-62, -40}, {55, -52}, {70, 8}, {38, 46}, {-58, 38}};
static const struct sheet_pdf_point HOLE[] = {{-20, -15}, {10, -18}, {12, 10}, {-18, 12}};
static const struct sheet_pdf_ring RINGS[] = {{COUNT(OUTER), OUTER}, {COUNT(HOLE), HOLE}};

static const struct sheet_pdf_stroke_point STROKE_1[] = {
    {20, 95},  {28, 60},  {42, 30},  {55, 22},  {58, 40},  {50, 75},  {44, 98},  {52, 88},
    {66, 62},  {80, 50},  {84, 62},  {78, 84},  {86, 90},  {100, 72}, {112, 58}, {116, 70},
    {110, 88}, {122, 88}, {138, 66}, {150, 56}, {158, 64}, {150, 84}, {160, 90}, {184, 70}};
static const struct sheet_pdf_stroke_point STROKE_2[] = {
    {170, 40}, {190, 34}, {214, 30}, {236, 32}, {240, 44}, {222, 66}, {206, 92}, {228, 86},
    {256, 60}, {280, 42}, {272, 70}, {262, 96}, {290, 78}, {330, 62}, {370, 58}};
static const struct sheet_pdf_stroke_point STROKE_3[] = {{120, 30}};
static const struct sheet_pdf_stroke STROKES[] = {
    {COUNT(STROKE_1), STROKE_1}, {COUNT(STROKE_2), STROKE_2}, {COUNT(STROKE_3), STROKE_3}};

static const struct sheet_pdf_signature SIGNATURE_EN = {.box_width = 400,
                                                        .box_height = 130,
                                                        .stroke_count = COUNT(STROKES),
                                                        .strokes = STROKES,
                                                        .name = "Margaret Okafor",
                                                        .role = "Facility manager",
                                                        .signed_local = "2026-11-20 11:42",
                                                        .signed_utc = "2026-11-20T11:42:08Z",
                                                        .position = "51.513400, -0.088900 ±9 m",
                                                        .displayed_sha256 = DIGEST};
static const struct sheet_pdf_signature SIGNATURE_ZH = {.box_width = 400,
                                                        .box_height = 130,
                                                        .stroke_count = COUNT(STROKES),
                                                        .strokes = STROKES,
                                                        .name = "欧阳婧雯",
                                                        .role = "设施经理",
                                                        .signed_local = "2026-11-20 11:42",
                                                        .signed_utc = "2026-11-20T03:42:08Z",
                                                        .position = "31.239700, 121.499800 ±9 米",
                                                        .displayed_sha256 = DIGEST};

static const char *const TECHNICIANS_EN[] = {"Tom Baker", "Li Wei"};
static const struct sheet_pdf_work_order ORDERS_EN[] = {
    {"WO-2026-1187", "Chiller 2: trips on high pressure"},
    {"WO-2026-1190", "Quarterly inspection of the roof plant"}};
static const struct sheet_pdf_attendance TIMES_EN[] = {
    {"Tom Baker", "2026-11-20 09:14", "09:14 UTC", "2026-11-20 11:45", "11:45 UTC", "2 h 31 min"},
    {"Li Wei", "2026-11-20 09:31", "09:31 UTC", NULL, NULL, NULL}};
static const char *const OPEN_EN[] = {
    "Chiller 2 trips on high pressure after 20 to 40 minutes, reported on 18 November.",
    "Condenser fan 3 was noted as noisy on the last visit (sheet VS-2026-0398)."};
static const struct sheet_pdf_done DONE_EN[] = {
    {"Cleaned the condenser coil of chiller 2 and reset the high-pressure switch.",
     "The coil was blocked by pollen and dust over about two thirds of its face; the condensing "
     "temperature stood 14 K above ambient.",
     "Washed with low-pressure water from the inside out. Ran at full load for 55 minutes: "
     "condensing pressure steady at 15.8 bar, no trip."},
    {"Replaced the bearing of condenser fan 3.", "Outer race worn, 0.4 mm play at the shaft.",
     "New bearing 6204-2RS fitted and greased; vibration 1.1 mm/s."},
    {"Quarterly inspection of the roof plant, 24 of 24 points.", NULL, NULL}};
static const struct sheet_pdf_left_open LEFT_EN[] = {
    {"Oil of chiller 2 is dark.", "Take a sample and change the oil with the winter service.",
     "2026-12-05"}};
static const struct sheet_pdf_part PARTS_EN[] = {
    {"Deep groove ball bearing", "6204-2RS", "1", "pcs"},
    {"Coil cleaner, non-acid", "CC-5L", "2.5", "l"}};
static const struct sheet_pdf_scan SCANS_EN[] = {
    {"code_128", "CH-000217-2", "Chiller 2, roof plant"}, {"ean_13", "4006381333931", NULL}};
static const struct sheet_pdf_fix FIXES_EN[] = {
    {.label = "Arrival, Tom Baker",
     .captured = "2026-11-20 09:14:05",
     .lat_deg = 51.5134,
     .lon_deg = -0.0889,
     .accuracy_m = 9,
     .has_distance = true,
     .distance_m = 0,
     .verdict = SHEET_PDF_ACCEPTED,
     .sentence = "The position lies inside the site's fence, 38 m from its edge.",
     .position = {14, 22},
     .fence = {.radius_m = 60}},
    {.label = "Departure, Tom Baker",
     .captured = "2026-11-20 11:45:31",
     .lat_deg = 51.51412,
     .lon_deg = -0.08715,
     .accuracy_m = 48,
     .has_distance = true,
     .distance_m = 27.4,
     .verdict = SHEET_PDF_NEEDS_REVIEW,
     .sentence = "The position lies 27 m outside the fence, within its accuracy of 48 m.",
     .position = {84, 42},
     .fence = {.ring_count = COUNT(RINGS), .rings = RINGS}},
    {.label = "Arrival, Li Wei",
     .captured = "2026-11-20 09:31:12",
     .lat_deg = 51.7,
     .lon_deg = 0.4,
     .accuracy_m = 15,
     .has_distance = true,
     .distance_m = 40213,
     .verdict = SHEET_PDF_REJECTED,
     .sentence = "The position lies 40.2 km outside the fence.",
     .position = {34000, 21000},
     .fence = {.radius_m = 60}}};
static const struct sheet_pdf_finding FINDINGS_EN[] = {
    {SHEET_PDF_INFO, "The photos carry no position of their own; that is usual."},
    {SHEET_PDF_WARN, "The phone's clock was 2 min 14 s ahead of the server's."},
    {SHEET_PDF_FAIL, "A position lies 40.2 km outside the site's fence."}};

static const char *const TECHNICIANS_ZH[] = {"张建国", "李薇"};
static const struct sheet_pdf_work_order ORDERS_ZH[] = {{"WO-2026-1187", "2 号冷水机组高压跳闸"},
                                                        {"WO-2026-1190", "屋面机房季度巡检"}};
static const struct sheet_pdf_attendance TIMES_ZH[] = {
    {"张建国", "2026-11-20 09:14", "01:14 UTC", "2026-11-20 11:45", "03:45 UTC", "2 小时 31 分"},
    {"李薇", "2026-11-20 09:31", "01:31 UTC", NULL, NULL, NULL}};
static const char *const OPEN_ZH[] = {"2 号冷水机组运行 20 至 40 分钟后高压跳闸，11 月 18 日报修。",
                                      "冷凝风机 3 异响，上次到访（VS-2026-0398）已记录。"};
static const struct sheet_pdf_done DONE_ZH[] = {
    {"清洗 2 号冷水机组冷凝器翅片，复位高压开关。",
     "翅片约三分之二被柳絮和灰尘堵塞，冷凝温度高于环境温度 14 K，散热不良导致高压保护动作。",
     "用低压水由内向外冲洗；满负荷运行 55 分钟，冷凝压力稳定在 15.8 bar，未再跳闸。"},
    {"更换冷凝风机 3 轴承。", "外圈磨损，轴端间隙 0.4 mm。",
     "更换 6204-2RS 轴承并加注润滑脂，振动 1.1 mm/s。"},
    {"屋面机房季度巡检，24 项全部完成。", NULL, NULL}};
static const struct sheet_pdf_left_open LEFT_ZH[] = {
    {"2 号冷水机组润滑油发黑。", "冬季保养时取样并更换润滑油。", "2026-12-05"}};
static const struct sheet_pdf_part PARTS_ZH[] = {{"深沟球轴承", "6204-2RS", "1", "个"},
                                                 {"翅片清洗剂（非酸性）", "CC-5L", "2.5", "升"}};
static const struct sheet_pdf_scan SCANS_ZH[] = {{"code_128", "CH-000217-2", "2 号冷水机组，屋面"},
                                                 {"ean_13", "6901234567892", NULL}};
static const struct sheet_pdf_fix FIXES_ZH[] = {
    {.label = "到达 · 张建国",
     .captured = "2026-11-20 09:14:05",
     .lat_deg = 31.2397,
     .lon_deg = 121.4998,
     .accuracy_m = 9,
     .has_distance = true,
     .distance_m = 0,
     .verdict = SHEET_PDF_ACCEPTED,
     .sentence = "定位点在围栏内，距边界 38 米。",
     .position = {14, 22},
     .fence = {.radius_m = 60}},
    {.label = "离开 · 张建国",
     .captured = "2026-11-20 11:45:31",
     .lat_deg = 31.24012,
     .lon_deg = 121.50015,
     .accuracy_m = 48,
     .has_distance = true,
     .distance_m = 27.4,
     .verdict = SHEET_PDF_NEEDS_REVIEW,
     .sentence = "定位点在围栏外 27 米，小于其精度 48 米。",
     .position = {84, 42},
     .fence = {.ring_count = COUNT(RINGS), .rings = RINGS}}};
static const struct sheet_pdf_finding FINDINGS_ZH[] = {
    {SHEET_PDF_INFO, "照片本身不含位置信息，这很常见。"},
    {SHEET_PDF_WARN, "手机时钟比服务器快 2 分 14 秒。"}};

static const struct sheet_pdf_change CHANGES_EN[] = {
    {"Parts used", "Coil cleaner, non-acid – 25 l", "Coil cleaner, non-acid – 2.5 l"},
    {"Photos", NULL, "Nameplate – 2026-11-20 09:31"}};

static const struct sheet_pdf_missing MISSING_EN[] = {
    {"Check-ins", "Arrival – 2026-11-20 09:14"},
    {"Scans", "qr_code – CH-000217-1 – 2026-11-20 09:16"}};

static const struct sheet_pdf SHEET_EN = {
    .language = SHEET_PDF_ENGLISH,
    .bilingual = true,
    .created_ms = INT64_C(1795348800000),
    .organisation = "Northgate Building Services Ltd",
    .number = "VS-2026-0412",
    .version = 2,
    .replaces_version = 1,
    .correction_reason = "The quantity of coil cleaner was wrong.",
    .replaced_sha256 = "0f4e1cbb7a1c1e0a3d9b5a60f9a1c6a3b2f2a1f0e9d8c7b6a5948372615049ab",
    .change_count = COUNT(CHANGES_EN),
    .changes = CHANGES_EN,
    .missing_count = COUNT(MISSING_EN),
    .missing = MISSING_EN,
    .customer = "Harcourt & Vane Properties",
    .site_name = "Old Exchange, roof plant",
    .site_address = "12 Cornhill, London EC3V 3ND",
    .time_zone = "Europe/London (UTC+0)",
    .technician_count = COUNT(TECHNICIANS_EN),
    .technicians = TECHNICIANS_EN,
    .work_order_count = COUNT(ORDERS_EN),
    .work_orders = ORDERS_EN,
    .attendance_count = COUNT(TIMES_EN),
    .attendances = TIMES_EN,
    .open_before_count = COUNT(OPEN_EN),
    .open_before = OPEN_EN,
    .done_count = COUNT(DONE_EN),
    .done = DONE_EN,
    .left_open_count = COUNT(LEFT_EN),
    .left_open = LEFT_EN,
    .part_count = COUNT(PARTS_EN),
    .parts = PARTS_EN,
    .scan_count = COUNT(SCANS_EN),
    .scans = SCANS_EN,
    .fix_count = COUNT(FIXES_EN),
    .fixes = FIXES_EN,
    .finding_count = COUNT(FINDINGS_EN),
    .findings = FINDINGS_EN,
    .signature = &SIGNATURE_EN,
    .document_sha256 = DIGEST,
    .verification = "Fetch https://fieldproof.example/v1/sheets/VS-2026-0412/canonical and compare "
                    "its SHA-256 with the digest above."};

static const struct sheet_pdf SHEET_ZH = {
    .language = SHEET_PDF_CHINESE,
    .bilingual = true,
    .created_ms = INT64_C(1795348800000),
    .organisation = "北门楼宇设备服务（上海）有限公司",
    .number = "VS-2026-0413",
    .version = 1,
    .customer = "上海龘喆堃鑫物业管理有限公司",
    .site_name = "环球广场 A 座屋面机房",
    .site_address = "上海市浦东新区世纪大道 100 号",
    .time_zone = "Asia/Shanghai (UTC+8)",
    .technician_count = COUNT(TECHNICIANS_ZH),
    .technicians = TECHNICIANS_ZH,
    .work_order_count = COUNT(ORDERS_ZH),
    .work_orders = ORDERS_ZH,
    .attendance_count = COUNT(TIMES_ZH),
    .attendances = TIMES_ZH,
    .open_before_count = COUNT(OPEN_ZH),
    .open_before = OPEN_ZH,
    .done_count = COUNT(DONE_ZH),
    .done = DONE_ZH,
    .left_open_count = COUNT(LEFT_ZH),
    .left_open = LEFT_ZH,
    .part_count = COUNT(PARTS_ZH),
    .parts = PARTS_ZH,
    .scan_count = COUNT(SCANS_ZH),
    .scans = SCANS_ZH,
    .fix_count = COUNT(FIXES_ZH),
    .fixes = FIXES_ZH,
    .finding_count = COUNT(FINDINGS_ZH),
    .findings = FINDINGS_ZH,
    .signature = &SIGNATURE_ZH,
    .document_sha256 = DIGEST,
    .verification = "下载 https://fieldproof.example/v1/sheets/VS-2026-0413/canonical，"
                    "将其 SHA-256 与上面的值比较。"};

static const struct sheet_pdf_photo PHOTOS_EN[SAMPLE_PHOTOS] = {
    {.role = "Before",
     .captured = "2026-11-20 09:20:11",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_ACCEPTED},
    {.role = "Nameplate",
     .captured = "2026-11-20 09:22:40",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_NEEDS_REVIEW,
     .note = "Taken 3 h before the check-in, says its EXIF."},
    {.role = "After",
     .captured = "2026-11-20 11:30:02",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_ACCEPTED},
    {.role = "Damage",
     .captured = "2026-11-20 10:02:59",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_REJECTED,
     .note = "The very same bytes were sent on 2 November."}};
static const struct sheet_pdf_photo PHOTOS_ZH[SAMPLE_PHOTOS] = {
    {.role = "维修前",
     .captured = "2026-11-20 09:20:11",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_ACCEPTED},
    {.role = "铭牌",
     .captured = "2026-11-20 09:22:40",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_NEEDS_REVIEW,
     .note = "EXIF 时间比签到早 3 小时。"},
    {.role = "维修后",
     .captured = "2026-11-20 11:30:02",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_ACCEPTED},
    {.role = "损坏",
     .captured = "2026-11-20 10:02:59",
     .sha256 = DIGEST,
     .verdict = SHEET_PDF_REJECTED,
     .note = "与 11 月 2 日的照片完全相同。"}};

/* Upright, lying, grey, and one whose bytes have not arrived. */
static int make_photo(size_t index, uint8_t **ret_bytes, size_t *ret_size)
{
    struct photo_options options = photo_options_default();

    options.width_px = index == 1 ? 240 : 320;
    options.height_px = index == 1 ? 320 : 240;
    options.quality = 80;
    options.seed = index + 1;
    options.grey = index == 2;
    options.caption = "CH-000217-2";
    options.exif.absent = true;
    return photo_make(&options, ret_bytes, ret_size);
}

int sample_sheet_open(struct sample_sheet *sample, enum sheet_pdf_language language)
{
    *sample = (struct sample_sheet){.sheet = language == SHEET_PDF_CHINESE ? SHEET_ZH : SHEET_EN};
    for (size_t i = 0; i < SAMPLE_PHOTOS; i++) {
        sample->photos[i] = language == SHEET_PDF_CHINESE ? PHOTOS_ZH[i] : PHOTOS_EN[i];
        if (i == SAMPLE_PHOTOS - 1)
            continue;
        if (make_photo(i, &sample->jpegs[i], &sample->photos[i].jpeg_length) < 0) {
            sample_sheet_close(sample);
            return -1;
        }
        sample->photos[i].jpeg = sample->jpegs[i];
    }
    sample->sheet.photo_count = SAMPLE_PHOTOS;
    sample->sheet.photos = sample->photos;
    return 0;
}

void sample_sheet_close(struct sample_sheet *sample)
{
    for (size_t i = 0; i < SAMPLE_PHOTOS; i++) {
        free(sample->jpegs[i]);
        sample->jpegs[i] = NULL;
    }
}

struct sheet_pdf sample_sheet_minimal(void)
{
    return (struct sheet_pdf){.organisation = "Org", .number = "VS-1", .version = 1};
}
