/**
 * What clients are told, in their language. Code says it in English; the table has the same in
 * Chinese, as gettext would. A test compares the table with what the code says.
 */
#ifndef FIELDPROOF_BASE_SENTENCE_H
#define FIELDPROOF_BASE_SENTENCE_H

#include <stddef.h>

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/** Formats of printf or plain texts; both are static. */
struct sentence_pair {
    const char *english;
    const char *chinese;
};

extern const struct sentence_pair sentences[];
extern const size_t sentence_count;

/**
 * The same sentence, format or word in that language; `english` itself where there is no other.
 * What a format needs is the same in both.
 */
__attribute__((format_arg(2))) const char *sentence_in(enum language language, const char *english);

#endif
