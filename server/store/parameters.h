/** Query parameters that may be absent, and arrays. */
#ifndef FIELDPROOF_STORE_PARAMETERS_H
#define FIELDPROOF_STORE_PARAMETERS_H

#include "server/store/db.h"

#include <stdbool.h>

/** The parameters $1 and $2 of most queries: an organisation, and something of it. */
struct db_parameters db_key(struct arena *arena, const struct uuid *org_id, const struct uuid *id);

/** Adds a text[], uuid[] or bytea[] parameter from texts; every text is quoted. */
void db_add_text_array(struct db_parameters *parameters, struct arena *arena,
                       const char *const *values, size_t count);

/** Adds a uuid[] parameter. */
void db_add_uuid_array(struct db_parameters *parameters, struct arena *arena,
                       const struct uuid *values, size_t count);

/** Adds the UUID, or SQL's NULL for NULL. */
void db_add_optional_uuid(struct db_parameters *parameters, struct arena *arena,
                          const struct uuid *uuid);

/** Adds the number, or SQL's NULL when it is not present. */
void db_add_optional_double(struct db_parameters *parameters, struct arena *arena, bool present,
                            double value);

/** Adds the number, or SQL's NULL when it is not present. */
void db_add_optional_integer(struct db_parameters *parameters, struct arena *arena, bool present,
                             int64_t value);

/** Adds what another list holds, in its order. */
void db_add_all(struct db_parameters *parameters, const struct db_parameters *more);

#endif
