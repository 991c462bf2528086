#include "server/resources/import_kinds.h"

#include "server/resources/site_geometry.h"
#include "server/resources/work_orders.h"

#include <string.h>
#include <strings.h>

/* clang-format off */
static const struct import_column customer_columns[] = {
    {.name = "id",       .pointer = "/id"},
    {.name = "code",     .chinese = {"客户编码", "客户编号", "编码"}, .pointer = "/code", .is_required = true},
    {.name = "name",     .chinese = {"客户名称", "名称"},             .pointer = "/name", .is_required = true},
    {.name = "tier",     .chinese = {"客户等级", "等级"},             .pointer = "/tier", .is_required = true},
    {.name = "language", .chinese = {"语言"},                         .pointer = "/language", .is_required = true},
    {.name = "service_manager_log_in", .chinese = {"服务经理", "服务经理账号"}, .pointer = "/service_manager_id",
     .cell = IMPORT_LOOK_UP, .look_up = 0, .look_up_rule = "unknown_reference", .look_up_what = "user of this log-in"},
    {.name = "note",     .chinese = {"备注"},                         .pointer = "/note"},
};

static const struct import_column site_columns[] = {
    {.name = "id",            .pointer = "/id"},
    {.name = "code",          .chinese = {"站点编码", "门店编码", "编码"}, .pointer = "/code", .is_required = true},
    {.name = "customer_code", .chinese = {"客户编码", "客户编号"}, .pointer = "/customer_id", .is_required = true,
     .cell = IMPORT_LOOK_UP, .look_up = 0, .look_up_rule = "unknown_reference", .look_up_what = "customer of this code"},
    {.name = "name",          .chinese = {"站点名称", "门店名称", "名称"}, .pointer = "/name", .is_required = true},
    {.name = "address",       .chinese = {"地址"}, .pointer = "/address"},
    {.name = "time_zone",     .chinese = {"时区"}, .pointer = "/time_zone", .is_required = true,
     .cell = IMPORT_LOOK_UP, .look_up = 1, .look_up_rule = "time_zone", .look_up_what = "time zone of this name in the IANA database"},
    {.name = "datum",         .chinese = {"坐标系"}, .pointer = "/datum", .is_required = true},
    {.name = "latitude",      .chinese = {"纬度"}, .pointer = "/position/latitude", .is_required = true, .cell = IMPORT_NUMBER},
    {.name = "longitude",     .chinese = {"经度"}, .pointer = "/position/longitude", .is_required = true, .cell = IMPORT_NUMBER},
    {.name = "radius_m",      .chinese = {"半径", "半径(米)", "半径（米）"}, .pointer = "/radius_m", .is_required = true, .cell = IMPORT_NUMBER},
    {.name = "entry_accuracy_m", .chinese = {"定位精度", "定位精度(米)", "定位精度（米）"}, .pointer = "/entry_accuracy_m", .cell = IMPORT_NUMBER},
    {.name = "minimum_minutes",  .chinese = {"最短停留", "最短停留(分钟)", "最短停留（分钟）"}, .pointer = "/minimum_minutes", .cell = IMPORT_NUMBER},
    {.name = "note",          .chinese = {"备注"}, .pointer = "/note"},
};

static const struct import_column asset_columns[] = {
    {.name = "id",        .pointer = "/id"},
    {.name = "site_code", .chinese = {"站点编码", "门店编码"}, .pointer = "/site_id", .is_required = true,
     .cell = IMPORT_LOOK_UP, .look_up = 0, .look_up_rule = "unknown_reference", .look_up_what = "site of this code"},
    {.name = "name",      .chinese = {"设备名称", "名称"}, .pointer = "/name", .is_required = true},
    {.name = "model",     .chinese = {"型号"}, .pointer = "/model"},
    {.name = "serial",    .chinese = {"序列号", "出厂编号"}, .pointer = "/serial"},
    {.name = "barcode",   .chinese = {"条码", "条形码"}, .pointer = "/barcode", .is_required = true},
    {.name = "note",      .chinese = {"备注"}, .pointer = "/note"},
};

static const struct import_column work_order_columns[] = {
    {.name = "id",          .pointer = "/id"},
    {.name = "number",      .chinese = {"工单编号", "工单号", "编号"}, .pointer = "/number", .is_required = true},
    {.name = "site_code",   .chinese = {"站点编码", "门店编码"}, .pointer = "/site_id", .is_required = true,
     .cell = IMPORT_LOOK_UP, .look_up = 0, .look_up_rule = "unknown_reference", .look_up_what = "site of this code"},
    {.name = "template",    .chinese = {"模板", "工单模板", "模板名称"}, .pointer = "/template_id",
     .cell = IMPORT_LOOK_UP, .look_up = 1, .look_up_rule = "unknown_reference", .look_up_what = "template of this name that is not retired"},
    {.name = "title",       .chinese = {"标题", "工单标题", "主题"}, .pointer = "/title"},
    {.name = "description", .chinese = {"描述", "说明", "工作内容"}, .pointer = "/description"},
    {.name = "priority",    .chinese = {"优先级"}, .pointer = "/priority"},
    {.name = "technician_log_in", .chinese = {"技术员", "技术员账号", "工程师"}, .pointer = "/assignee_ids", .is_list = true,
     .cell = IMPORT_LOOK_UP, .look_up = 2, .look_up_rule = "unknown_reference", .look_up_what = "technician of this log-in who is not disabled"},
    {.name = "window_starts_at", .chinese = {"预约开始", "开始时间", "计划开始"}, .pointer = "/window_starts_at", .cell = IMPORT_TIME, .look_up = 3},
    {.name = "window_ends_at",   .chinese = {"预约结束", "结束时间", "计划结束"}, .pointer = "/window_ends_at", .cell = IMPORT_TIME, .look_up = 4},
    {.name = "due_at",      .chinese = {"截止时间", "最晚完成"}, .pointer = "/due_at", .cell = IMPORT_TIME, .look_up = 5},
};
/* clang-format on */

const struct import_kind import_customer_kind = {
    .noun = "customer",
    .operation_id = "createCustomer",
    .key = "code",
    .queries = &import_customer_queries,
    .column_count = ARRAY_LENGTH(customer_columns),
    .columns = customer_columns,
};

const struct import_kind import_site_kind = {
    .noun = "site",
    .operation_id = "createSite",
    .key = "code",
    .queries = &import_site_queries,
    .make_row = site_geometry_complete,
    .column_count = ARRAY_LENGTH(site_columns),
    .columns = site_columns,
};

const struct import_kind import_asset_kind = {
    .noun = "asset",
    .operation_id = "createAsset",
    .key = "barcode",
    .queries = &import_asset_queries,
    .column_count = ARRAY_LENGTH(asset_columns),
    .columns = asset_columns,
};

const struct import_kind import_work_order_kind = {
    .noun = "work order",
    .operation_id = "createWorkOrder",
    .key = "number",
    .queries = &import_work_order_queries,
    .make_row = work_order_complete_row,
    .column_count = ARRAY_LENGTH(work_order_columns),
    .columns = work_order_columns,
};

static bool is_named(const struct import_column *column, const char *name)
{
    if (strcasecmp(column->name, name) == 0)
        return true;
    for (int i = 0; i < IMPORT_CHINESE_NAMES_MAX && column->chinese[i]; i++)
        if (strcmp(column->chinese[i], name) == 0)
            return true;
    return false;
}

const struct import_column *import_column_named(const struct import_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->column_count; i++)
        if (is_named(&kind->columns[i], name))
            return &kind->columns[i];
    return NULL;
}

const struct import_column *import_column_at(const struct import_kind *kind, const char *pointer)
{
    for (size_t i = 0; i < kind->column_count; i++)
        if (strcmp(kind->columns[i].pointer, pointer) == 0)
            return &kind->columns[i];
    return NULL;
}
