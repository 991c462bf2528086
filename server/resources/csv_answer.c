#include "server/resources/csv_answer.h"

#include "server/app.h"
#include "server/base/buffer.h"
#include "server/base/csv_writer.h"
#include "server/base/log.h"
#include "server/config.h"
#include "server/http/query.h"
#include "server/resources/auth.h"
#include "server/resources/csv_rows.h"
#include "server/resources/json_fields.h"
#include "server/resources/transaction.h"
#include "server/store/audit.h"
#include "server/store/db.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define QUERY_CEILING_BYTES ((size_t)32 * 1024)
#define PAGE_CEILING_BYTES  ((size_t)16 * 1024 * 1024)

/** A file on its way. */
struct csv_export {
    struct request *request;
    const struct csv_table *table;
    const char *first_page; /**< JSON */
    struct csv_rows rows;
};

static bool is_wanted(const struct request *request)
{
    const char *accepted = request_header(request, "Accept");
    return accepted && strstr(accepted, "text/csv");
}

static void add_encoded(struct buffer *query, const char *text)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text; text++) {
        if (strchr(unreserved, *text))
            buffer_append(query, text, 1);
        else
            buffer_printf(query, "%%%02X", (unsigned)(unsigned char)*text);
    }
}

/* The request's query, but for the place in the list; NULL: no memory. */
static const char *page_query(const struct csv_export *export, struct arena *arena,
                              const char *cursor)
{
    struct query_parameter parameters[QUERY_PARAMETERS_MAX];
    struct buffer query;
    size_t count = 0;
    if (export->request->query && query_parse(export->request->query, arena, parameters, &count))
        return NULL;
    buffer_init(&query, arena, QUERY_CEILING_BYTES);
    buffer_printf(&query, "limit=%s", export->table->limit);
    if (cursor) {
        buffer_append_text(&query, "&cursor=");
        add_encoded(&query, cursor);
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parameters[i].name, "limit") == 0 || strcmp(parameters[i].name, "cursor") == 0)
            continue;
        buffer_append_text(&query, "&");
        add_encoded(&query, parameters[i].name);
        buffer_append_text(&query, "=");
        add_encoded(&query, parameters[i].value);
    }
    return query.failed ? NULL : query.text;
}

/* Asks the table's handler for a page in the transaction that is open. */
static int read_page(const struct csv_export *export, struct request *page, const char *cursor,
                     const char **ret_json)
{
    struct response answer = {.status = 200, .fd = -1};
    page->query = page_query(export, page->arena, cursor);
    if (!page->query || export->table->handle(page, &answer) < 0 || !answer.text)
        return -1;
    *ret_json = answer.text;
    return 0;
}

/* Writes a page of JSON as records; *ret_cursor is the arena's, NULL at the end. */
static int send_page(struct csv_export *export, struct arena *arena, const char *json,
                     response_sink *sink, void *sink_context, const char **ret_cursor)
{
    struct buffer out;
    struct csv_writer writer = {.out = &out};
    json_t *answer = json_loads(json, 0, NULL);
    const char *cursor = json_string_value(json_object_get(answer, "next_cursor"));
    buffer_init(&out, arena, PAGE_CEILING_BYTES);
    if (json == export->first_page)
        csv_rows_begin(&export->rows, export->request->arena, answer, &writer);
    if (!csv_rows_write(&export->rows, json_object_get(answer, export->table->items),
                        cursor != NULL, &writer))
        cursor = NULL;
    *ret_cursor = cursor ? arena_strdup(arena, cursor) : NULL;
    bool has_failed = !answer || out.failed || (cursor && !*ret_cursor);
    json_decref(answer);
    return has_failed ? -1 : sink(sink_context, out.text, out.length);
}

/* Whoever reads may do so still, as the same person in the same role. */
static int check_reader(const struct csv_export *export, struct request *page)
{
    enum role role = export->request->actor.role;
    return auth_authorise(page) < 0 || page->actor.role != role ? -1 : 0;
}

/* A page in a transaction and an arena of its own: however long the list, one page is in memory. */
static int send_next_page(struct csv_export *export, struct arena *arena, const char *cursor,
                          response_sink *sink, void *sink_context, const char **ret_cursor)
{
    struct request page = *export->request;
    const char *json;
    page.arena = arena;
    problem_clear(&page.problem);
    if (db_begin(page.app->db_pool, arena, &page.problem, &page.actor.org_id, true, &page.db) < 0)
        return -1;
    int result = check_reader(export, &page);
    if (result == 0)
        result = read_page(export, &page, cursor, &json);
    db_rollback(page.db);
    return result < 0 ? -1 : send_page(export, arena, json, sink, sink_context, ret_cursor);
}

/* The filters as they were asked for, [{field, from, to}]; NULL: no memory. */
static const char *filters_of(const struct csv_export *export)
{
    struct query_parameter parameters[QUERY_PARAMETERS_MAX];
    struct request *request = export->request;
    size_t count = 0;
    json_t *filters = json_array();
    if (request->query && query_parse(request->query, request->arena, parameters, &count) < 0)
        count = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(parameters[i].name, "limit") != 0 && strcmp(parameters[i].name, "cursor") != 0)
            json_array_append_new(filters, json_pack("{s:s, s:n, s:s}", "field", parameters[i].name,
                                                     "from", "to", parameters[i].value));
    const char *text = json_text(request->arena, filters);
    json_decref(filters);
    return text;
}

static int note(struct request *request, void *context)
{
    const struct csv_export *export = context;
    const struct audit_export noted = {
        .entity_kind = export->table->entity_kind,
        .name = export->table->file_name,
        .filters = filters_of(export),
        .rows = export->rows.count,
    };
    return noted.filters ? audit_export(request->db, request->arena, &request->actor.org_id, &noted)
                         : -1;
}

static int produce(void *context, response_sink *sink, void *sink_context)
{
    struct csv_export *export = context;
    size_t arena_bytes = (size_t) export->request->app->config->request_memory_bytes;
    struct arena *arena = arena_create(arena_bytes);
    const char *cursor = NULL;
    int result =
        arena ? send_page(export, arena, export->first_page, sink, sink_context, &cursor) : -1;
    while (result == 0 && cursor) {
        struct arena *next = arena_create(arena_bytes);
        result = next ? send_next_page(export, next, cursor, sink, sink_context, &cursor) : -1;
        arena_free(arena);
        arena = next;
    }
    arena_free(arena);
    problem_clear(&export->request->problem);
    /* Nobody gets the end of a file that is not on record. */
    if (transaction_run(export->request, &export->request->actor.org_id, note, export) < 0)
        result = -1;
    if (result < 0)
        LOG(LOG_WARNING, "csv_broken_off", LOG_TEXT("request_id", export->request->id),
            LOG_NUMBER("rows", export->rows.count));
    return result;
}

int csv_or_json(struct request *request, const struct csv_table *table, struct response *response)
{
    if (!is_wanted(request))
        return table->handle(request, response);
    struct csv_export *export = arena_alloc(request->arena, sizeof *export);
    const char *disposition =
        arena_printf(request->arena, "attachment; filename=\"%s.csv\"", table->file_name);
    struct request page = *request;
    if (!export || !disposition)
        return -1;
    *export = (struct csv_export){
        .request = request,
        .table = table,
        .rows = {.table = table,
                 .language = request_language(request),
                 .most = request->app->config->csv_rows},
    };
    int result = read_page(export, &page, NULL, &export->first_page);
    request->problem = page.problem;
    if (result < 0)
        return -1;
    response_header(response, "Content-Disposition", disposition);
    response->content_type = "text/csv; charset=utf-8";
    response->produce = produce;
    response->produce_context = export;
    return 0;
}
