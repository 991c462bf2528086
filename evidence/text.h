/** UTF-8 text put together piece by piece into a buffer of fixed size; internal to evidence/. */
#ifndef FIELDPROOF_EVIDENCE_TEXT_H
#define FIELDPROOF_EVIDENCE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** Always NUL-terminated while `size` > 0. Once cut, nothing more is taken. */
struct evidence_text {
    char *bytes;
    size_t size; /**< of `bytes`, the NUL included */
    size_t used; /**< without the NUL */
    bool cut;    /**< something did not fit */
};

/** Bytes of the UTF-8 character that begins here, 1 to 4; 0 when it is none (RFC 3629). */
size_t evidence_utf8_length(const char *text);

/** An empty text in the caller's buffer of `size` bytes; of size 0 it is cut already. */
struct evidence_text evidence_text_in(char *bytes, size_t size);

/**
 * Appends as many whole characters as fit. What is not UTF-8, and control characters other than
 * '\n', becomes U+FFFD.
 */
void evidence_text_add(struct evidence_text *text, const char *more);

/** True when the first `length` bytes (or up to both NULs) agree but for the case of ASCII letters,
 * whatever the locale. */
bool evidence_text_agrees(const char *a, const char *b, size_t length);

#endif
