#include "server/resources/cursor.h"

#include "server/http/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CURSOR_BYTES_MAX 8192

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

const char *cursor_write(struct arena *arena, const char *const *keys, int count)
{
    json_t *array = json_array();
    for (int i = 0; array && i < count; i++)
        json_array_append_new(array, json_string(keys[i]));
    char *text = array ? json_dumps(array, JSON_COMPACT) : NULL;
    const char *cursor = text ? encode(arena, text) : NULL;
    free(text);
    json_decref(array);
    return cursor;
}

static int take_keys(struct arena *arena, const json_t *array, int count, const char **ret_keys)
{
    if (json_array_size(array) != (size_t)count)
        return -1;
    for (int i = 0; i < count; i++) {
        const char *key = json_string_value(json_array_get(array, (size_t)i));
        ret_keys[i] = key ? arena_strdup(arena, key) : NULL;
        if (!ret_keys[i])
            return -1;
    }
    return 0;
}

int cursor_read(struct arena *arena, const char *cursor, int count, const char **ret_keys)
{
    struct problem problem = {.is_set = false};
    const json_t *array;
    const char *text = decode(arena, cursor);
    /* Not signed: whoever made it up may have nested it deeper than the stack is. */
    if (!text || json_parse(text, strlen(text), "", arena, &problem, &array) < 0)
        return -1;
    return take_keys(arena, array, count, ret_keys);
}
