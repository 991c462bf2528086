/** Text of unknown origin made safe to keep and show. Private to media/. */
#ifndef FIELDPROOF_MEDIA_TEXT_H
#define FIELDPROOF_MEDIA_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** Bytes of the UTF-8 character at the start of `text`; 0 when it is not one (RFC 3629). */
size_t media_text_character_length(const char *text, size_t size);

/** True when a NUL stands within `size` and all before it is UTF-8 without control characters. */
bool media_text_is_clean(const char *text, size_t size);

/**
 * Copies up to the first NUL, or `raw_size` bytes. Control characters become spaces, bytes that are
 * not UTF-8 become "?", spaces at both ends go. Cut at a character boundary, NUL-terminated.
 */
void media_text_clean(const char *raw, size_t raw_size, char *ret_text, size_t text_size);

#endif
