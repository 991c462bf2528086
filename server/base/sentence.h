/**
 * What clients are told, in their language. Code says it in English; sentences.zh.po, a catalogue
 * of gettext's, has the same in Chinese. A test compares the catalogue with what the code says.
 */
#ifndef FIELDPROOF_BASE_SENTENCE_H
#define FIELDPROOF_BASE_SENTENCE_H

enum language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE };

/**
 * The same sentence, format or word in that language; `english` itself where there is no other.
 * What a format needs is the same in both. The result is static where it is not `english`.
 */
__attribute__((format_arg(2))) const char *sentence_in(enum language language, const char *english);

#endif
