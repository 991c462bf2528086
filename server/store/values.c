#include "server/store/values.h"

#include <stdlib.h>

double db_double(const struct db_rows *rows, int row, int column)
{
    const char *text = db_value(rows, row, column);
    return text ? strtod(text, NULL) : 0;
}

bool db_is_null(const struct db_rows *rows, int row, int column)
{
    return db_value(rows, row, column) == NULL;
}
