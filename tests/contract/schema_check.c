/**
 * Puts bodies before the server's validator, for test_validators.py.
 *
 * Reads lines "SCHEMA<tab>BODY": a name under components/schemas of the contract, and a JSON text.
 * Answers each with a line: "valid", or "invalid<tab>POINTER<tab>RULE" of the first broken rule.
 */
#include "server/http/contract.h"
#include "server/http/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

static const struct schema *compile(struct schema_compiler *compiler, const json_t *document,
                                    const char *name)
{
    char reference[256];
    const struct schema *schema = NULL;
    snprintf(reference, sizeof reference, "#/components/schemas/%s", name);
    const json_t *definition = schema_resolve(document, reference);
    if (definition && schema_compile(compiler, definition, &schema) == 0)
        return schema;
    fprintf(stderr, "schema %s: %s\n", name, schema_compiler_error(compiler));
    exit(2);
}

static void judge(const struct schema *schema, const char *body)
{
    struct problem problem = {0};
    const json_t *value = NULL;
    struct arena *arena = arena_create(ARENA_BYTES);
    if (!arena)
        exit(2);
    if (json_parse(body, strlen(body), "", arena, &problem, &value))
        printf("invalid\t\tjson\n");
    else if (schema_check(schema, value, "", PROBLEM_INVALID_FIELD, arena, &problem) == 0)
        printf("valid\n");
    else
        printf("invalid\t%s\t%s\n", problem.errors[0].pointer, problem.errors[0].rule);
    arena_free(arena);
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    struct schema_compiler *compiler;
    struct arena *arena = arena_create(ARENA_BYTES);
    json_t *document = json_loadb(contract_text, contract_text_bytes, 0, NULL);
    if (!arena || !document || schema_compiler_create(arena, document, &compiler))
        return 2;
    while ((length = getline(&line, &size, stdin)) > 0) {
        char *tab = strchr(line, '\t');
        if (!tab)
            return 2;
        line[length - 1] = '\0';
        *tab = '\0';
        judge(compile(compiler, document, line), tab + 1);
    }
    free(line);
    arena_free(arena);
    json_decref(document);
    return 0;
}
