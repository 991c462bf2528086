#include "server/store/report.h"

#include "server/base/buffer.h"
#include "server/base/clock.h"
#include "server/base/macros.h"
#include "server/store/db_apart.h"
#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/report_counts.h"
#include "server/store/report_cover.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Of an organisation's history at a time: a transaction of a second or less. */
#define REFRESH_DAYS 7

#define DAY_MS INT64_C(86400000)

#define ANSWER_CEILING_BYTES ((size_t)16 * 1024 * 1024)
/* Of so few sites a report reads the days; of more it reads those of all and sorts then. */
#define CHOSEN_SITES_MAX 500

/* The columns of the queries before the figures. */
enum column { COLUMN_PLACE, COLUMN_ROWS, COLUMN_ID, COLUMN_NAME, COLUMN_SINCE, COLUMN_FIGURES };

struct figure {
    const char *name;
    const char *of_nothing; /**< when there is nothing to add up */
};

static const struct figure evidence_figures[] = {
    {"visits", "0"},
    {"visits_needs_review", "0"},
    {"visits_rejected", "0"},
    {"visits_reviewed", "0"},
    {"checklist_incomplete", "0"},
    {"sent_late", "0"},
    {"photos", "0"},
    {"photos_awaited", "0"},
    {"photos_accepted", "0"},
    {"photos_needs_review", "0"},
    {"photos_rejected", "0"},
    {"photos_approved", "0"},
    {"photos_refused", "0"},
    {"photos_retake", "0"},
    {"retakes_open", "0"},
    {"retakes_answered", "0"},
};
static const struct figure service_figures[] = {
    {"visits", "0"},
    {"time_on_site_short", "0"},
    {"trips", "0"},
    {"trip_minutes", "0"},
    {"trip_km", "0"},
    {"orders_visited", "0"},
    {"orders_fixed_first", "0"},
    {"first_time_fix_percent", "null"},
    {"windows", "0"},
    {"windows_early", "0"},
    {"windows_late", "0"},
    {"ratings", "0"},
    {"mean_stars", "null"},
};

struct answer;
typedef int write_counts(struct answer *answer, const char *added, const char *less);
static write_counts write_findings, write_times;

static const struct report_query {
    const struct query *query;
    const struct figure *figures;
    size_t figure_count;
    write_counts *write_counts; /**< of the two texts behind the figures */
} report_queries[] = {
    [REPORT_EVIDENCE] = {&query_report_evidence, evidence_figures, ARRAY_LENGTH(evidence_figures),
                         write_findings},
    [REPORT_SERVICE] = {&query_report_service, service_figures, ARRAY_LENGTH(service_figures),
                        write_times},
};

struct answer {
    struct arena *arena;
    struct buffer json;
    const struct report_query *query;
    const struct db_rows *rows;
};

static int write_findings(struct answer *answer, const char *added, const char *less)
{
    struct report_finding *findings;
    size_t count;
    if (report_findings_add_up(answer->arena, added, less, &findings, &count) < 0)
        return -1;
    buffer_append_text(&answer->json, ",\"findings\":[");
    for (size_t i = 0; i < count; i++)
        buffer_printf(&answer->json,
                      "%s{\"code\":\"%s\",\"photos\":%" PRId64 ",\"visits\":%" PRId64 "}",
                      i > 0 ? "," : "", findings[i].code, findings[i].photos, findings[i].visits);
    buffer_append_text(&answer->json, "]");
    return 0;
}

static int write_times(struct answer *answer, const char *added, const char *less)
{
    struct report_times times;
    if (report_times_add_up(answer->arena, added, less, &times) < 0)
        return -1;
    buffer_printf(&answer->json, ",\"visits_timed\":%" PRId64, times.visits);
    if (times.visits > 0)
        buffer_printf(&answer->json, ",\"median_minutes\":%" PRId64 ",\"p90_minutes\":%" PRId64,
                      times.median_minutes, times.p90_minutes);
    else
        buffer_append_text(&answer->json, ",\"median_minutes\":null,\"p90_minutes\":null");
    return 0;
}

static int write_figures(struct answer *answer, int row)
{
    const struct report_query *query = answer->query;
    int counts = COLUMN_FIGURES + (int)query->figure_count;
    for (size_t i = 0; i < query->figure_count; i++) {
        const char *value = db_value(answer->rows, row, COLUMN_FIGURES + (int)i);
        buffer_append_text(&answer->json, i > 0 ? ",\"" : "{\"");
        buffer_append_text(&answer->json, query->figures[i].name);
        buffer_append_text(&answer->json, "\":");
        buffer_append_text(&answer->json, value ? value : query->figures[i].of_nothing);
    }
    if (query->write_counts(answer, db_value(answer->rows, row, counts),
                            db_value(answer->rows, row, counts + 1)) < 0)
        return -1;
    buffer_append_text(&answer->json, "}");
    return 0;
}

static void write_text(struct buffer *json, const char *name, const char *text)
{
    buffer_append_text(json, name);
    buffer_append_text(json, text ? "\"" : "null");
    buffer_append_text(json, text ? text : "");
    buffer_append_text(json, text ? "\"" : "");
}

static int write_row(struct answer *answer, int row)
{
    const char *name = db_value(answer->rows, row, COLUMN_NAME);
    write_text(&answer->json,
               row > 1 ? ",{\"id\":" : "{\"id\":", db_value(answer->rows, row, COLUMN_ID));
    buffer_append_text(&answer->json, ",\"name\":");
    buffer_append_text(&answer->json, name ? name : "null");
    write_text(&answer->json, ",\"starts_on\":", db_value(answer->rows, row, COLUMN_SINCE));
    buffer_append_text(&answer->json, ",\"figures\":");
    if (write_figures(answer, row) < 0)
        return -1;
    buffer_append_text(&answer->json, "}");
    return 0;
}

static int write_answer(struct answer *answer, const struct report_filter *filter)
{
    int shown = answer->rows->count - 1; /* the total is there always, and first */
    write_text(&answer->json, "{\"by\":", filter->by);
    write_text(&answer->json, ",\"from\":", filter->from);
    write_text(&answer->json, ",\"to\":", filter->to);
    buffer_append_text(&answer->json, ",\"total\":");
    if (write_figures(answer, 0) < 0)
        return -1;
    buffer_append_text(&answer->json, ",\"rows\":[");
    for (int row = 1; row <= shown; row++)
        if (write_row(answer, row) < 0)
            return -1;
    buffer_printf(&answer->json, "],\"rows_left_off\":%" PRId64 "}",
                  shown > 0 ? db_integer(answer->rows, 0, COLUMN_ROWS) - shown : 0);
    return answer->json.failed ? -1 : 0;
}

/* Whose sums are the fewest that tell apart what is asked for. */
static const char *subject_of(bool of_technicians, bool of_sites, bool of_customers)
{
    if (of_technicians)
        return of_sites || of_customers ? "visit" : "technician";
    if (of_sites)
        return "site";
    return of_customers ? "customer" : "organisation";
}

static void add_days(struct db_parameters *parameters, struct arena *arena, const report_day *days,
                     size_t count)
{
    const char *texts[REPORT_MONTHS_MAX];
    for (size_t i = 0; i < count; i++)
        texts[i] = arena_strdup(arena, days[i]);
    db_add_text_array(parameters, arena, texts, count);
}

static void add_cover(struct db_parameters *parameters, struct arena *arena,
                      const struct report_cover *cover)
{
    add_days(parameters, arena, cover->quarters, cover->quarter_count);
    add_days(parameters, arena, cover->months, cover->month_count);
    for (size_t i = 0; i < ARRAY_LENGTH(cover->spans); i++) {
        const struct report_span *span = &cover->spans[i];
        db_add_integer(parameters, arena, span->sign);
        db_add_text(parameters, span->sign ? arena_strdup(arena, span->first) : NULL);
        db_add_text(parameters, span->sign ? arena_strdup(arena, span->last) : NULL);
    }
}

static int add_parameters(struct db_parameters *parameters, struct arena *arena,
                          const struct uuid *org_id, const struct report_filter *filter)
{
    bool by_site = strcmp(filter->by, "site") == 0;
    bool by_time = strcmp(filter->by, "day") == 0 || strcmp(filter->by, "week") == 0;
    bool of_technicians = filter->technician_id || filter->team;
    const char *subject = subject_of(
        of_technicians || strcmp(filter->by, "technician") == 0 || strcmp(filter->by, "team") == 0,
        by_site || filter->site_id, filter->customer_id || strcmp(filter->by, "customer") == 0);
    struct report_cover cover;
    char tomorrow[CLOCK_TEXT_BYTES];
    clock_format_rfc3339(clock_now_ms() + DAY_MS, tomorrow);
    tomorrow[REPORT_DAY_BYTES - 1] = '\0';
    if (report_cover_make(filter->from, filter->to, tomorrow, !by_time, &cover) < 0)
        return -1;
    db_add_uuid(parameters, arena, org_id);
    db_add_text(parameters, filter->from);
    db_add_text(parameters, filter->to);
    db_add_text(parameters, filter->by);
    db_add_text(parameters, subject);
    add_cover(parameters, arena, &cover);
    db_add_text(parameters, filter->technician_id);
    db_add_text(parameters, filter->team);
    db_add_text(parameters, filter->site_id);
    db_add_text(parameters, filter->customer_id);
    db_add_text(parameters, filter->limit);
    db_add_text(parameters, subject_of(of_technicians, filter->site_id, filter->customer_id));
    db_add_boolean(parameters, strcmp(subject, "site") == 0 && by_site &&
                                   strtol(filter->limit, NULL, 10) <= CHOSEN_SITES_MAX);
    return 0;
}

int report_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                enum report_kind kind, const struct report_filter *filter, const char **ret_json)
{
    const struct db_parameters none = {0};
    struct db_parameters parameters = {0};
    struct db_rows rows;
    struct answer answer = {.arena = arena, .query = &report_queries[kind], .rows = &rows};
    if (add_parameters(&parameters, arena, org_id, filter) < 0 ||
        db_queue(db, &query_report_settings, &none) < 0 ||
        db_query_by_values(db, answer.query->query, &parameters, &rows) < 0)
        return -1;
    buffer_init(&answer.json, arena, ANSWER_CEILING_BYTES);
    if (write_answer(&answer, filter) < 0)
        return -1;
    *ret_json = answer.json.text;
    return 0;
}

struct refreshing {
    const struct uuid *org_id;
    bool has_more;
};

static int refresh(struct db *db, struct arena *arena, void *context)
{
    struct refreshing *refreshing = context;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, refreshing->org_id);
    db_add_integer(&parameters, arena, REFRESH_DAYS);
    if (db_query(db, &query_report_refresh, &parameters, &rows) < 0)
        return -1;
    refreshing->has_more = db_boolean(&rows, 0, 0);
    return 0;
}

int report_refresh(struct db_pool *pool, const struct uuid *org_id, bool *ret_has_more)
{
    struct refreshing refreshing = {.org_id = org_id};
    if (db_run_apart(pool, org_id, false, refresh, &refreshing) < 0)
        return -1;
    *ret_has_more = refreshing.has_more;
    return 0;
}
