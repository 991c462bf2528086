/* JSON of any bytes has a canonical form (RFC 8785), which is its own: what was signed must be
 * written the same for ever. */
#include "server/base/arena.h"
#include "server/canonical/canonical_json.h"
#include "server/http/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
    if (!holds)
        abort();
}

/* Reals of 2^53 and more are written as integers, and those are refused when they come back. */
static void write_again(struct arena *arena, const char *first, size_t first_bytes)
{
    struct problem problem = {.is_set = false};
    const json_t *value;
    char *second = NULL;
    size_t second_bytes = 0;
    if (json_parse(first, first_bytes, "", arena, &problem, &value) < 0) {
        require(problem.error_count == 1 && strcmp(problem.errors[0].rule, "number_range") == 0);
        return;
    }
    int error = canonical_json_dump(value, &second, &second_bytes);
    require(error == 0 || error == CANONICAL_JSON_INTEGER_RANGE);
    require(error < 0 || (second_bytes == first_bytes && memcmp(first, second, first_bytes) == 0));
    free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct problem problem = {.is_set = false};
    const json_t *value;
    char *text = NULL;
    size_t bytes = 0;
    require(arena != NULL);
    if (json_parse((const char *)data, size, "", arena, &problem, &value) == 0 &&
        canonical_json_dump(value, &text, &bytes) == 0)
        write_again(arena, text, bytes);
    free(text);
    arena_free(arena);
    return 0;
}
