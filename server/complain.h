/** What a subcommand says before it gives up: one sentence on standard error. */
#ifndef FIELDPROOF_COMPLAIN_H
#define FIELDPROOF_COMPLAIN_H

#include "server/base/macros.h"

/** Prints "fieldproof: " and the sentence. Always -1, so that a caller can return it. */
int complain(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
