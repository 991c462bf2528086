/**
 * The rules of JSON values, compiled once from the schemas of the OpenAPI document.
 *
 * Knows the subset of JSON Schema 2020-12 that the contract uses. A keyword it does not enforce is
 * an error at start-up, so the contract never promises a rule that nobody checks.
 */
#ifndef FIELDPROOF_HTTP_SCHEMA_H
#define FIELDPROOF_HTTP_SCHEMA_H

#include "server/base/arena.h"
#include "server/base/problem.h"

#include <jansson.h>

struct schema;
struct schema_compiler;

/** `document` is what "#/…" references point into; it must outlive the schemas, as the arena must.
 */
int schema_compiler_create(struct arena *arena, const json_t *document,
                           struct schema_compiler **ret) MUST_CHECK;

/** On failure schema_compiler_error says what and where. */
int schema_compile(struct schema_compiler *compiler, const json_t *definition,
                   const struct schema **ret) MUST_CHECK;
const char *schema_compiler_error(const struct schema_compiler *compiler);

/** Follows a "#/a/b" reference; NULL when it leads nowhere. */
const json_t *schema_resolve(const json_t *document, const char *reference);

/**
 * Checks a value and adds one error a broken rule to `problem` (of that type), each with its
 * pointer behind `place`. Negative when any rule is broken.
 */
int schema_check(const struct schema *schema, const json_t *value, const char *place,
                 enum problem_type type, struct arena *arena, struct problem *problem) MUST_CHECK;

/** The same of a query parameter, whose text is read as the type that the schema wants. */
int schema_check_text(const struct schema *schema, const char *text, const char *place,
                      enum problem_type type, struct arena *arena,
                      struct problem *problem) MUST_CHECK;

#endif
