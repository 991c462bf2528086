#include "server/store/values.h"

#include <stdlib.h>

double db_double(const struct db_rows *rows, int row, int column)
{
    const char *text = db_value(rows, row, column);
    return text ? strtod(text, NULL) : 0;
}

int64_t db_integer(const struct db_rows *rows, int row, int column)
{
    const char *text = db_value(rows, row, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

bool db_boolean(const struct db_rows *rows, int row, int column)
{
    const char *text = db_value(rows, row, column);
    return text && text[0] == 't';
}

bool db_is_null(const struct db_rows *rows, int row, int column)
{
    return db_value(rows, row, column) == NULL;
}
