/** The three columns that every judged subject (check-in, scan, photo, visit) has. */
#ifndef FIELDPROOF_STORE_JUDGEMENT_H
#define FIELDPROOF_STORE_JUDGEMENT_H

#include "server/store/db.h"

#include <stdbool.h>

struct judgement {
    const char *verdict;              /**< accepted, needs_review, rejected */
    const char *findings;             /**< JSON array: [{code, severity, numbers, sentence}] */
    const char *const *finding_codes; /**< the same codes, each once, for filters */
    size_t finding_code_count;
};

/** Adds verdict, findings and codes as three parameters, in this order. */
void judgement_add(struct db_parameters *parameters, struct arena *arena,
                   const struct judgement *judgement);

#endif
