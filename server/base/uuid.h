/** UUIDs as 16 bytes, and their one accepted text form: 36 characters, lower case on output. */
#ifndef FIELDPROOF_BASE_UUID_H
#define FIELDPROOF_BASE_UUID_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stdint.h>

#define UUID_TEXT_BYTES 37 /**< with the terminating NUL */

struct uuid {
    uint8_t bytes[16];
};

/** Reads 8-4-4-4-12 hexadecimal digits, either case, nothing before or after. Negative otherwise.
 */
int uuid_parse(const char *text, struct uuid *ret) MUST_CHECK;

/** Writes the lower-case text form and its NUL. */
void uuid_format(const struct uuid *uuid, char ret_text[UUID_TEXT_BYTES]);

/** A random (version 4) UUID from the kernel. Negative when the kernel gives no randomness. */
int uuid_random(struct uuid *ret) MUST_CHECK;

bool uuid_equal(const struct uuid *a, const struct uuid *b);

/** True for the all-zero UUID, which names nothing. */
bool uuid_is_nil(const struct uuid *uuid);

#endif
