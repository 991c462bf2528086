/* Times of any form: what is taken can be written down, and read again as the same moment. */
#include "server/base/arena.h"
#include "server/base/clock.h"
#include "server/http/schema_format.h"
#include "server/resources/import_time.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)64 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
    if (!holds)
        abort();
}

static void read_moment(const char *text)
{
    char written[CLOCK_TEXT_BYTES];
    int64_t time_ms, again_ms;
    if (clock_parse_rfc3339(text, &time_ms) < 0)
        return;
    clock_format_rfc3339(time_ms, written);
    require(clock_parse_rfc3339(written, &again_ms) == 0 && again_ms == time_ms);
}

static void read_formats(const char *text)
{
    static const char *const formats[] = {"clock", "date",      "date-time", "email", "sha256",
                                          "slug",  "time-zone", "uri",       "uuid"};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const struct schema_format *format = schema_format_find(formats[i]);
        require(format != NULL);
        (void)format->matches(text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    const char *text = size < 256 ? arena_copy(arena, (const char *)data, size) : "";
    require(arena && text);
    read_moment(text);
    read_formats(text);
    const char *local = import_time_local(arena, text);
    require(!local || strlen(local) == 19);
    arena_free(arena);
    return 0;
}
