/**
 * Reading members of a body that has passed the contract's schema. A member that is absent and one
 * that is null are the same.
 */
#ifndef FIELDPROOF_RESOURCES_JSON_FIELDS_H
#define FIELDPROOF_RESOURCES_JSON_FIELDS_H

#include "server/base/arena.h"
#include "server/base/uuid.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/** The member, or NULL when it is absent or null. */
const json_t *json_field(const json_t *object, const char *name);

/** The text, borrowed from the body, or NULL. */
const char *json_field_text(const json_t *object, const char *name);

/** Whether there is a number; writes it if so. */
bool json_field_number(const json_t *object, const char *name, double *ret);

/** True only for a true. */
bool json_field_is_true(const json_t *object, const char *name);

/** Whether there is an RFC 3339 time; writes it if so. */
bool json_field_time_ms(const json_t *object, const char *name, int64_t *ret_ms);

/** Whether there is a UUID; writes it if so. */
bool json_field_uuid(const json_t *object, const char *name, struct uuid *ret);

/**
 * The texts of an array (NULL: an empty one), borrowed from it; where `member` is not NULL, that
 * member of each entry which has it. NULL when the arena is exhausted.
 */
const char **json_texts(struct arena *arena, const json_t *list, const char *member,
                        size_t *ret_count);

/**
 * Canonical JSON text of a value in the arena: a number keeps the digits it came with, 52.1 does
 * not become 52.100000000000001. NULL for NULL, when there is no memory, and for an integer that no
 * double holds.
 */
const char *json_text(struct arena *arena, const json_t *value);

#endif
