/** Work of which only so much is done at once: whoever comes then waits for a turn. */
#ifndef FIELDPROOF_BASE_TURNS_H
#define FIELDPROOF_BASE_TURNS_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stdint.h>

/** Any number of threads may use one. */
struct turns;

/** @return 0, or negative: there is no memory. */
int turns_create(unsigned at_once, struct turns **ret) MUST_CHECK;

/** Nobody may hold a turn or wait for one. Accepts NULL. */
void turns_free(struct turns *turns);

/** Waits for a turn, `wait_ms` at most. True: it is the caller's, until turns_give_back(). */
bool turns_take(struct turns *turns, int64_t wait_ms) MUST_CHECK;

void turns_give_back(struct turns *turns);

#endif
