#include "server/resources/page.h"

#include "server/base/buffer.h"
#include "server/base/clock.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_STANDARD     50
#define LIMIT_MAX          200
#define CURSOR_BYTES_MAX   2048
#define PAGE_FULL_BYTES    ((size_t)3 * 1024 * 1024)
#define PAGE_CEILING_BYTES ((size_t)4 * 1024 * 1024)

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* base64url without padding (RFC 4648, section 5). */
static char *encode(struct arena *arena, const char *text)
{
    size_t length = strlen(text), at = 0;
    char *encoded = arena_alloc(arena, (length + 2) / 3 * 4 + 1);
    for (size_t i = 0; encoded && i < length; i += 3) {
        uint32_t bits = 0;
        for (size_t j = i; j < i + 3; j++)
            bits = bits << 8 | (j < length ? (uint8_t)text[j] : 0);
        for (size_t j = 0; j <= length - i && j < 4; j++)
            encoded[at++] = digits[bits >> (18 - 6 * j) & 63];
    }
    return encoded;
}

/* NULL for what encode() never writes. */
static char *decode(struct arena *arena, const char *encoded)
{
    size_t length = strlen(encoded), at = 0;
    if (length > CURSOR_BYTES_MAX)
        return NULL;
    char *text = arena_alloc(arena, length + 1);
    uint32_t bits = 0;
    for (size_t i = 0; text && i < length; i++) {
        const char *digit = strchr(digits, encoded[i]);
        if (!digit)
            return NULL;
        bits = bits << 6 | (uint32_t)(digit - digits);
        if (i % 4 > 0)
            text[at++] = (char)(bits >> (6 - 2 * (i % 4)) & 255);
    }
    return text;
}

static bool has_kind(const char *key, char kind)
{
    struct uuid uuid;
    int64_t time_ms;
    switch (kind) {
    case 'u':
        return uuid_parse(key, &uuid) == 0;
    case 'm':
        return clock_parse_rfc3339(key, &time_ms) == 0;
    default:
        return true;
    }
}

static int take_keys(struct arena *arena, const json_t *array, const char *kinds, struct page *page)
{
    if (json_array_size(array) != strlen(kinds))
        return -1;
    for (int i = 0; i < page->key_count; i++) {
        const char *key = json_string_value(json_array_get(array, (size_t)i));
        if (!key || !has_kind(key, kinds[i]))
            return -1;
        page->keys[i] = arena_strdup(arena, key);
        if (!page->keys[i])
            return -1;
    }
    return 0;
}

static int read_cursor(struct request *request, const char *cursor, const char *kinds,
                       struct page *page)
{
    const char *text = decode(request->arena, cursor);
    json_t *array = text ? json_loads(text, 0, NULL) : NULL;
    int result = take_keys(request->arena, array, kinds, page);
    json_decref(array);
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
    json_t *array = json_array();
    for (int i = 0; array && i < page->key_count; i++)
        json_array_append_new(array, json_string(db_value(rows, row, i + 1)));
    char *text = array ? json_dumps(array, JSON_COMPACT) : NULL;
    const char *cursor = text ? encode(arena, text) : NULL;
    free(text);
    json_decref(array);
    return cursor;
}

/* How many rows fit: of large items a page holds fewer than asked for, but always one. */
static int count_fitting(const struct page *page, const struct db_rows *rows)
{
    size_t bytes = 0;
    for (int i = 0; i < rows->count && i < page->limit; i++) {
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
        const char *cursor = cursor_of(request->arena, page, rows, count - 1);
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
