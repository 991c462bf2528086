/** Bytes as lower-case hexadecimal digits. */
#ifndef FIELDPROOF_BASE_HEX_H
#define FIELDPROOF_BASE_HEX_H

#include "server/base/macros.h"

#include <stddef.h>
#include <stdint.h>

/** Writes 2 * length digits and a NUL. */
void hex_encode(const uint8_t *bytes, size_t length, char *ret_text);

/** Reads exactly 2 * length digits of either case and the NUL after them. Negative otherwise. */
int hex_decode(const char *text, uint8_t *ret_bytes, size_t length) MUST_CHECK;

#endif
