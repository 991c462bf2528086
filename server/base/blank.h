/** Whether somebody wrote anything. */
#ifndef FIELDPROOF_BASE_BLANK_H
#define FIELDPROOF_BASE_BLANK_H

#include <stdbool.h>

/** True for NULL and for nothing but spaces, the full-width one (U+3000) of Chinese keyboards
 * included. */
bool text_is_blank(const char *text);

#endif
