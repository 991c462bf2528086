#include "server/resources/csv_lists.h"

#include "server/resources/csv_answer.h"
#include "server/resources/evidence.h"
#include "server/resources/reports.h"
#include "server/resources/visits.h"
#include "server/resources/work_orders.h"

#define PAGE_ITEMS  "200"
#define REPORT_ROWS "5000"

#define TABLE(handler, name, kind, member, at_a_time, findings, list)                              \
    {                                                                                              \
        .handle = (handler), .file_name = (name), .entity_kind = (kind), .items = (member),        \
        .limit = (at_a_time), .counts_findings = (findings), .columns = (list),                    \
        .column_count = ARRAY_LENGTH(list)                                                         \
    }

static const struct csv_column visit_columns[] = {
    {"id", {"visit", "上门编号"}},
    {"site/name", {"site", "站点"}},
    {"site/customer_name", {"customer", "客户"}},
    {"technician/name", {"technician", "技术员"}},
    {"work_orders/*/number", {"work orders", "工单"}},
    {"first_seen_at", {"first check-in (UTC)", "首次签到（UTC）"}},
    {"arrived_at", {"arrived (UTC)", "到达（UTC）"}},
    {"departed_at", {"departed (UTC)", "离开（UTC）"}},
    {"site/time_zone", {"time zone", "时区"}},
    {"verdict", {"verdict", "判定"}},
    {"finding_codes/*", {"findings", "发现"}},
    {"review_decision", {"review", "审核"}},
    {"photos_stored", {"photos", "照片"}},
    {"photos_awaited", {"photos awaited", "待传照片"}},
    {"sheet/state", {"sheet", "服务单"}},
    {"sheet/signer_name", {"signed by", "签字人"}},
};

static const struct csv_column evidence_columns[] = {
    {"photo/id", {"photo", "照片编号"}},
    {"photo/visit_id", {"visit", "上门编号"}},
    {"site/name", {"site", "站点"}},
    {"customer/name", {"customer", "客户"}},
    {"technician/name", {"technician", "技术员"}},
    {"photo/role", {"role", "照片类别"}},
    {"photo/captured_at", {"taken (UTC)", "拍摄时间（UTC）"}},
    {"time_zone", {"time zone", "时区"}},
    {"photo/caption", {"caption", "说明"}},
    {"photo/verdict", {"verdict", "判定"}},
    {"photo/findings/*/code", {"findings", "发现"}},
    {"photo/findings/*/sentence", {"why", "原因"}},
    {"photo/review_decision", {"review", "审核"}},
    {"photo/exif/camera", {"camera", "相机"}},
    {"photo/exif/software", {"software", "软件"}},
    {"photo/receipt/sha256", {"SHA-256", "SHA-256"}},
    {"photo/receipt/bytes", {"bytes", "字节"}},
    {"photo/receipt/stored_at", {"stored (UTC)", "保存时间（UTC）"}},
};

static const struct csv_column work_order_columns[] = {
    {"number", {"number", "工单号"}},
    {"title", {"title", "标题"}},
    {"state", {"state", "状态"}},
    {"priority", {"priority", "优先级"}},
    {"site/name", {"site", "站点"}},
    {"site/customer_name", {"customer", "客户"}},
    {"assignees/*/name", {"technicians", "技术员"}},
    {"window_starts_at", {"window from (UTC)", "预约开始（UTC）"}},
    {"window_ends_at", {"window to (UTC)", "预约结束（UTC）"}},
    {"due_at", {"due (UTC)", "截止（UTC）"}},
    {"site/time_zone", {"time zone", "时区"}},
    {"description", {"description", "描述"}},
    {"created_by/name", {"created by", "创建人"}},
    {"created_at", {"created (UTC)", "创建时间（UTC）"}},
    {"updated_at", {"changed (UTC)", "修改时间（UTC）"}},
    {"id", {"id", "编号"}},
};

static const struct csv_column evidence_report_columns[] = {
    {"name", {"name", "名称"}},
    {"starts_on", {"from day", "起始日"}},
    {"figures/visits", {"visits", "上门次数"}},
    {"figures/visits_needs_review", {"visits: needs review", "上门：需复核"}},
    {"figures/visits_rejected", {"visits: rejected", "上门：不合格"}},
    {"figures/visits_reviewed", {"visits: reviewed", "上门：已审核"}},
    {"figures/checklist_incomplete", {"visits: checklist incomplete", "上门：检查项缺失"}},
    {"figures/sent_late", {"visits: sent late", "上门：晚发"}},
    {"figures/photos", {"photos", "照片"}},
    {"figures/photos_awaited", {"photos awaited", "待传照片"}},
    {"figures/photos_accepted", {"photos: accepted", "照片：合格"}},
    {"figures/photos_needs_review", {"photos: needs review", "照片：需复核"}},
    {"figures/photos_rejected", {"photos: rejected", "照片：不合格"}},
    {"figures/photos_approved", {"decided: approved", "审核：通过"}},
    {"figures/photos_refused", {"decided: rejected", "审核：驳回"}},
    {"figures/photos_retake", {"decided: retake", "审核：要求重拍"}},
    {"figures/retakes_open", {"retakes open", "未完成重拍"}},
    {"figures/retakes_answered", {"retakes answered", "已完成重拍"}},
};

static const struct csv_column service_report_columns[] = {
    {"name", {"name", "名称"}},
    {"starts_on", {"from day", "起始日"}},
    {"figures/visits", {"visits", "上门次数"}},
    {"figures/visits_timed", {"visits with arrival and departure", "有到达和离开的上门"}},
    {"figures/median_minutes", {"time on site: median (min)", "在场时间中位数（分）"}},
    {"figures/p90_minutes", {"time on site: 90th percentile (min)", "在场时间 90 分位（分）"}},
    {"figures/time_on_site_short", {"time on site too short", "在场时间过短"}},
    {"figures/trips", {"trips", "行程数"}},
    {"figures/trip_minutes", {"travel (min)", "途中时间（分）"}},
    {"figures/trip_km", {"distance, straight line (km)", "直线距离（公里）"}},
    {"figures/orders_visited", {"work orders", "工单"}},
    {"figures/orders_fixed_first", {"done at the first visit", "一次完成"}},
    {"figures/first_time_fix_percent", {"first-time fix (%)", "一次完成率（%）"}},
    {"figures/windows", {"planned windows", "预约时段"}},
    {"figures/windows_early", {"too early", "早到"}},
    {"figures/windows_late", {"too late", "迟到"}},
    {"figures/ratings", {"ratings", "评价数"}},
    {"figures/mean_stars", {"mean stars", "平均星级"}},
};

int csv_visits(struct request *request, struct response *response)
{
    static const struct csv_table table =
        TABLE(visit_list_page, "visits", "visit", "items", PAGE_ITEMS, false, visit_columns);
    return csv_or_json(request, &table, response);
}

int csv_evidence(struct request *request, struct response *response)
{
    static const struct csv_table table = TABLE(evidence_list_page, "evidence", "photo", "items",
                                                PAGE_ITEMS, false, evidence_columns);
    return csv_or_json(request, &table, response);
}

int csv_audit_queue(struct request *request, struct response *response)
{
    static const struct csv_table table = TABLE(audit_queue_page, "audit-queue", "photo", "items",
                                                PAGE_ITEMS, false, evidence_columns);
    return csv_or_json(request, &table, response);
}

int csv_work_orders(struct request *request, struct response *response)
{
    static const struct csv_table table = TABLE(work_order_list_page, "work-orders", "work_order",
                                                "items", PAGE_ITEMS, false, work_order_columns);
    return csv_or_json(request, &table, response);
}

int csv_evidence_report(struct request *request, struct response *response)
{
    static const struct csv_table table = TABLE(report_show_evidence, "evidence-report", "report",
                                                "rows", REPORT_ROWS, true, evidence_report_columns);
    return csv_or_json(request, &table, response);
}

int csv_service_report(struct request *request, struct response *response)
{
    static const struct csv_table table = TABLE(report_show_service, "service-report", "report",
                                                "rows", REPORT_ROWS, false, service_report_columns);
    return csv_or_json(request, &table, response);
}
