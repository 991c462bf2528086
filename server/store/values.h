/** Reading typed values out of rows. */
#ifndef FIELDPROOF_STORE_VALUES_H
#define FIELDPROOF_STORE_VALUES_H

#include "server/store/db.h"

#include <stdbool.h>

/** The value as a number; 0 for NULL. PostgreSQL prints doubles so that they read back exactly. */
double db_double(const struct db_rows *rows, int row, int column);

bool db_is_null(const struct db_rows *rows, int row, int column);

#endif
