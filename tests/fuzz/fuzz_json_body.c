/* A body of any bytes is parsed and checked against the rules of a check-in. */
#include "server/base/arena.h"
#include "server/http/contract.h"
#include "server/http/json.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

/* Compiled once: LLVMFuzzerInitialize runs before the first input. */
static const struct schema *schema;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct arena *arena = arena_create(ARENA_BYTES);
    json_t *document = json_loadb(contract_text, contract_text_bytes, 0, NULL);
    struct schema_compiler *compiler;
    const json_t *definition =
        document ? schema_resolve(document, "#/components/schemas/CheckInCreate") : NULL;
    if (!arena || !definition || schema_compiler_create(arena, document, &compiler) ||
        schema_compile(compiler, definition, &schema))
        abort();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct problem problem = {.is_set = false};
    const json_t *value;
    if (!arena)
        abort();
    int result = json_parse((const char *)data, size, "", arena, &problem, &value);
    if (!result)
        result = schema_check(schema, value, "", PROBLEM_INVALID_FIELD, arena, &problem);
    assert((result != 0) == problem.is_set);
    assert(problem.error_count <= PROBLEM_ERRORS_MAX);
    arena_free(arena);
    return 0;
}
