/** The sentences of sentences.zh.po, made at build time: for sentence.c and its test only. */
#ifndef FIELDPROOF_BASE_SENTENCE_TABLE_H
#define FIELDPROOF_BASE_SENTENCE_TABLE_H

#include <stddef.h>

/** Formats of printf() or plain texts. */
struct sentence_pair {
    const char *english;
    const char *chinese;
};

/** In the order of strcmp() of the English, each once. */
extern const struct sentence_pair sentences[];
extern const size_t sentence_count;

#endif
