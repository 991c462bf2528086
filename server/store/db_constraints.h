/** What a broken constraint of the schema means to a client. A test compares it with the schema. */
#ifndef FIELDPROOF_STORE_DB_CONSTRAINTS_H
#define FIELDPROOF_STORE_DB_CONSTRAINTS_H

#include "server/base/problem.h"

struct db_constraint {
    const char *name;
    enum problem_type type; /**< for a foreign key: UNKNOWN_REFERENCE; its other side is REFERENCED.
                               UNAVAILABLE: the handler looked before, so the other row is newer */
    const char *pointer;    /**< of the field in the body that breaks it */
    const char *what;       /**< a sentence; for a foreign key: who refers, as the start of one */
};

/** NULL for a constraint that no client can break by what it sends. */
const struct db_constraint *db_constraint_named(const char *name);

extern const struct db_constraint db_constraints[];
extern const int db_constraint_count;

#endif
