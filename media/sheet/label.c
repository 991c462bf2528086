#include "media/sheet/label.h"

#include <stdio.h>

static const char *const LABELS[LABEL_COUNT][2] = {
    [LABEL_VISIT_SHEET] = {"Visit sheet", "现场服务单"},
    [LABEL_NUMBER] = {"No.", "编号"},
    [LABEL_VERSION] = {"Version", "版本"},
    [LABEL_CUSTOMER] = {"Customer", "客户"},
    [LABEL_SITE] = {"Site", "服务地点"},
    [LABEL_TECHNICIANS] = {"Technician", "技术人员"},
    [LABEL_TIME_ZONE] = {"Time zone", "时区"},
    [LABEL_WORK_ORDERS] = {"Work orders", "工单"},
    [LABEL_TIMES_ON_SITE] = {"Times on site", "在场时间"},
    [LABEL_TECHNICIAN] = {"Technician", "技术人员"},
    [LABEL_ARRIVAL] = {"Arrival", "到达"},
    [LABEL_DEPARTURE] = {"Departure", "离开"},
    [LABEL_DURATION] = {"On site", "时长"},
    [LABEL_STILL_ON_SITE] = {"Still on site", "尚未离开"},
    [LABEL_OPEN_BEFORE] = {"Open before this visit", "到访前未解决"},
    [LABEL_DONE] = {"Done on this visit", "本次完成"},
    [LABEL_CAUSE] = {"Cause", "原因"},
    [LABEL_REMEDY] = {"Remedy", "处理"},
    [LABEL_LEFT_OPEN] = {"Left open and plan", "遗留事项与计划"},
    [LABEL_PLAN] = {"Plan", "计划"},
    [LABEL_DUE] = {"Due", "期限"},
    [LABEL_NONE] = {"None", "无"},
    [LABEL_PARTS] = {"Parts used", "使用备件"},
    [LABEL_PART_NAME] = {"Part", "名称"},
    [LABEL_PART_NUMBER] = {"Part number", "料号"},
    [LABEL_QUANTITY] = {"Quantity", "数量"},
    [LABEL_SCANS] = {"Scans", "扫码记录"},
    [LABEL_SYMBOLOGY] = {"Symbology", "码制"},
    [LABEL_VALUE] = {"Value", "内容"},
    [LABEL_ASSET] = {"Asset", "设备"},
    [LABEL_POSITIONS] = {"Positions", "定位"},
    [LABEL_COORDINATES] = {"Coordinates", "坐标"},
    [LABEL_ACCURACY] = {"Accuracy", "精度"},
    [LABEL_DISTANCE] = {"To the fence", "距围栏"},
    [LABEL_LEGEND_FENCE] = {"fence", "围栏"},
    [LABEL_LEGEND_ACCURACY] = {"accuracy", "精度范围"},
    [LABEL_LEGEND_POSITION] = {"position", "位置"},
    [LABEL_PHOTOS] = {"Photos", "照片"},
    [LABEL_NO_PICTURE] = {"Photo not yet received", "照片尚未收到"},
    [LABEL_FINDINGS] = {"Findings", "核查结果"},
    [LABEL_SIGNATURE] = {"Signed for the customer", "客户签字"},
    [LABEL_NAME] = {"Name", "姓名"},
    [LABEL_ROLE] = {"Role", "职务"},
    [LABEL_SIGNED_AT] = {"Time", "时间"},
    [LABEL_POSITION] = {"Position", "位置"},
    [LABEL_SIGNED_DOCUMENT] = {"SHA-256 of the document as it was displayed",
                               "签字时所示文件的 SHA-256"},
    [LABEL_CHANGES] = {"What the correction changes", "更正内容"},
    [LABEL_REPLACED_DIGEST] = {"SHA-256 of the corrected version, which stays as it was signed",
                               "被更正版本的 SHA-256（原签字版本保持不变）"},
    [LABEL_MISSING] = {"Signed, but never received", "已签字但未收到"},
    [LABEL_MISSING_MEANS] =
        {"The document listed this when it was signed, but it had not reached the server when the "
         "sheet was sealed. Nothing but the signature speaks for it.",
         "签字时文件中列有以下内容，但封存服务单时服务器仍未收到，仅有签字为凭。"},
    [LABEL_DOCUMENT] = {"This document", "本文件"},
    [LABEL_DIGEST] = {"SHA-256 of the data", "数据的 SHA-256"},
    [LABEL_VERIFICATION] = {"How to verify", "验证方法"},
    [LABEL_ACCEPTED] = {"Accepted", "通过"},
    [LABEL_NEEDS_REVIEW] = {"Needs review", "待复核"},
    [LABEL_REJECTED] = {"Rejected", "不通过"},
    [LABEL_INFO] = {"Note", "提示"},
    [LABEL_WARN] = {"Warning", "警告"},
    [LABEL_FAIL] = {"Failed", "不符"},
};

static bool is_chinese(const struct canvas *canvas)
{
    return canvas->sheet->language == SHEET_PDF_CHINESE;
}

const char *label_text(const struct canvas *canvas, enum label label)
{
    return LABELS[label][is_chinese(canvas)];
}

const char *label_second_text(const struct canvas *canvas, enum label label)
{
    return canvas->sheet->bilingual ? LABELS[label][!is_chinese(canvas)] : NULL;
}

void label_page(const struct canvas *canvas, char *ret_text, size_t size)
{
    snprintf(ret_text, size, is_chinese(canvas) ? "第 %u 页，共 %u 页" : "Page %u of %u",
             canvas->page, canvas->page_count);
}

void label_correction(const struct canvas *canvas, char *ret_text, size_t size)
{
    snprintf(ret_text, size,
             is_chinese(canvas) ? "更正：第 %u 版取代第 %u 版"
                                : "Correction: version %u replaces version %u",
             canvas->sheet->version, canvas->sheet->replaces_version);
}

void label_both(const struct canvas *canvas, enum label label, char *ret_text, size_t size)
{
    const char *second = label_second_text(canvas, label);

    snprintf(ret_text, size, "%s%s%s", label_text(canvas, label), second ? "  " : "",
             second ? second : "");
}
