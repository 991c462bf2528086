#include "server/resources/page.h"

#include "server/base/buffer.h"
#include "server/base/clock.h"
#include "server/resources/actors.h"
#include "server/resources/cursor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_STANDARD     50
#define LIMIT_MAX          200
#define PAGE_FULL_BYTES    ((size_t)3 * 1024 * 1024)
#define PAGE_CEILING_BYTES ((size_t)4 * 1024 * 1024)

static bool is_integer(const char *text)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    return end != text && *end == '\0' && errno == 0 && value >= INT32_MIN && value <= INT32_MAX;
}

static bool has_kind(const char *key, char kind)
{
    struct uuid uuid;
    int64_t time_ms;
    switch (kind) {
    case 'u':
        return uuid_parse(key, &uuid) == 0;
    case 'i':
        return is_integer(key);
    case 'm':
        return clock_parse_rfc3339(key, &time_ms) == 0;
    default:
        return true;
    }
}

static int read_cursor(struct request *request, const char *cursor, const char *kinds,
                       struct page *page)
{
    int result = cursor_read(request->arena, cursor, page->key_count, page->keys);
    for (int i = 0; result == 0 && i < page->key_count; i++)
        if (!has_kind(page->keys[i], kinds[i]))
            result = -1;
    page->has_cursor = true;
    return result == 0 ? 0
                       : problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                                     "query:cursor", "cursor",
                                     "Use the next_cursor of an earlier page of this list.");
}

static int read_limit(struct request *request, const char *text, struct page *page)
{
    char *end;
    long limit = strtol(text, &end, 10);
    if (end == text || *end || limit < 1 || limit > LIMIT_MAX)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                           "query:limit", "maximum", "A limit is a number from 1 to %d.",
                           LIMIT_MAX);
    page->limit = (int)limit;
    return 0;
}

int page_read(struct request *request, const char *kinds, struct page *ret)
{
    struct page page = {.limit = LIMIT_STANDARD, .key_count = (int)strlen(kinds)};
    const char *limit = request_query(request, "limit");
    const char *cursor = request_query(request, "cursor");
    if ((limit && read_limit(request, limit, &page) < 0) ||
        (cursor && read_cursor(request, cursor, kinds, &page) < 0))
        return -1;
    *ret = page;
    return 0;
}

void page_add(struct db_parameters *parameters, struct arena *arena, const struct page *page)
{
    db_add_integer(parameters, arena, page->limit + 1);
    for (int i = 0; i < page->key_count; i++)
        db_add_text(parameters, page->keys[i]);
}

static const char *cursor_of(struct arena *arena, const struct page *page,
                             const struct db_rows *rows, int row)
{
    const char *keys[PAGE_KEYS_MAX];
    for (int i = 0; i < page->key_count; i++)
        keys[i] = db_value(rows, row, i + 1);
    return cursor_write(arena, keys, page->key_count);
}

/* Whether the last row only says where a search goes on. */
static bool ends_early(const struct db_rows *rows)
{
    return rows->count > 0 && !db_value(rows, rows->count - 1, 0);
}

/* How many items fit: of large ones a page holds fewer than asked for, but always one. */
static int count_fitting(const struct page *page, const struct db_rows *rows)
{
    size_t bytes = 0;
    for (int i = 0; i < rows->count && i < page->limit; i++) {
        if (!db_value(rows, i, 0))
            return i;
        bytes += strlen(db_value(rows, i, 0)) + 1;
        if (i > 0 && bytes > PAGE_FULL_BYTES)
            return i;
    }
    return rows->count > page->limit ? page->limit : rows->count;
}

int page_answer(struct request *request, const struct page *page, const struct db_rows *rows,
                struct response *response)
{
    struct buffer buffer;
    int count = count_fitting(page, rows);
    buffer_init(&buffer, request->arena, PAGE_CEILING_BYTES);
    buffer_append_text(&buffer, "{\"items\":[");
    for (int i = 0; i < count; i++) {
        buffer_append_text(&buffer, i > 0 ? "," : "");
        buffer_append_text(&buffer, db_value(rows, i, 0));
    }
    buffer_append_text(&buffer, "],\"next_cursor\":");
    if (rows->count > count) {
        bool is_search = ends_early(rows) && count == rows->count - 1;
        const char *cursor =
            cursor_of(request->arena, page, rows, is_search ? rows->count - 1 : count - 1);
        if (!cursor)
            return -1;
        buffer_printf(&buffer, "\"%s\"}", cursor);
    } else {
        buffer_append_text(&buffer, "null}");
    }
    if (buffer.failed)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "This page is too large; ask for a smaller limit.");
    response_json(response, 200, buffer.text);
    return 0;
}

int page_answer_of_technician(struct request *request, page_of_technician_list list,
                              struct response *response)
{
    struct page page;
    struct db_rows rows = {0};
    struct db_parameters limits = {0};
    const char *technician_id = request_query(request, "technician_id");
    if (page_read(request, "mu", &page) < 0)
        return -1;
    int seen = actor_narrow_technician(request, &technician_id);
    if (seen <= 0)
        return seen < 0 ? -1 : page_answer(request, &page, &rows, response);
    page_add(&limits, request->arena, &page);
    if (list(request->db, request->arena, &request->actor.org_id, request_query(request, "open"),
             technician_id, &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}
