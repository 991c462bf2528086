/* A file of any bytes becomes UTF-8 and records of texts inside of it, or is refused. */
#include "server/base/csv.h"
#include "server/base/text_encoding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)16 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
    if (!holds)
        abort();
}

static void read_all(char *text, size_t length)
{
    struct csv_reader reader;
    struct csv_record record;
    int outcome, records = 0;
    size_t bytes = 0;
    csv_reader_init(&reader, text, length);
    while ((outcome = csv_read(&reader, &record)) != 0) {
        require(reader.row == ++records);
        require(outcome == 1 || outcome == CSV_UNTERMINATED || outcome == CSV_TEXT_AFTER_QUOTE);
        for (size_t i = 0; outcome == 1 && i < record.field_count && i < CSV_FIELDS_MAX; i++)
            bytes += strlen(record.fields[i]);
        require(bytes <= length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    char *text;
    size_t length;
    if (!arena)
        abort();
    if (text_encoding_to_utf8(arena, (const char *)data, size, &text, &length) == 0) {
        require(text[length] == '\0');
        if (strlen(text) == length)
            read_all(text, length);
    }
    arena_free(arena);
    return 0;
}
