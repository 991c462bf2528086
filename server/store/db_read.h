/** Reading in the ways that many queries share. */
#ifndef FIELDPROOF_STORE_DB_READ_H
#define FIELDPROOF_STORE_DB_READ_H

#include "server/store/db.h"

/** The first value of the only row that a query finds; `ret` is NULL where it finds none. */
int db_query_value(struct db *db, const struct query *query, const struct db_parameters *parameters,
                   const char **ret) MUST_CHECK;

/** An entity as JSON, and its version; NULL and 0 where there is none. */
int db_query_entity(struct db *db, const struct query *query,
                    const struct db_parameters *parameters, const char **ret_json,
                    int64_t *ret_version) MUST_CHECK;

/** What is queried from now on in this transaction is planned for the values that it is given. */
int db_plan_by_values(struct db *db) MUST_CHECK;

/** As db_query, planned for these values: a list's index depends on which filters are given. */
int db_query_by_values(struct db *db, const struct query *query,
                       const struct db_parameters *parameters, struct db_rows *ret) MUST_CHECK;

#endif
