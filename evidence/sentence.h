/**
 * A finding in words.
 *
 * Templates stand in the table of codes. `{name}` prints a number by the unit at the end of its
 * name (lengths and durations as a magnitude: the sentence says which side). `{name<word|word}`
 * prints the first word when the number is negative, else the second. `[…]` is left out when a
 * number in it is absent. A text of several lines is printed as a list.
 */
#ifndef FIELDPROOF_EVIDENCE_SENTENCE_H
#define FIELDPROOF_EVIDENCE_SENTENCE_H

#include "evidence/evidence.h"

/**
 * One sentence (at most a few), independent of the process's locale.
 *
 * @param size of `ret_text` in bytes; EVIDENCE_SENTENCE_MAX holds every sentence.
 * @return its length in bytes without the NUL, or -1 when it was cut at a character boundary
 *         (`ret_text` then holds what fits; with size 0 nothing is written).
 */
int evidence_sentence(const struct evidence_finding *finding, enum evidence_language language,
                      char *ret_text, size_t size);

#endif
