/** Strict JSON: RFC 8259, well-formed UTF-8, no duplicate names, no NUL, ceilings on depth and
 * values. */
#ifndef FIELDPROOF_HTTP_JSON_H
#define FIELDPROOF_HTTP_JSON_H

#include "server/base/arena.h"
#include "server/base/problem.h"

#include <jansson.h>

#define JSON_DEPTH_MAX 32
/** A long text may have more values: one for as many bytes. */
#define JSON_VALUES_MAX      50000
#define JSON_BYTES_PER_VALUE 4

/**
 * Parses `length` bytes. The value belongs to the arena. On failure an INVALID_BODY problem says
 * what is wrong and where (`place` names the body: "" or "part:check_in").
 */
int json_parse(const char *text, size_t length, const char *place, struct arena *arena,
               struct problem *problem, const json_t **ret) MUST_CHECK;

#endif
