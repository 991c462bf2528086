/** THE route table. */
#ifndef FIELDPROOF_ROUTES_H
#define FIELDPROOF_ROUTES_H

#include "server/http/route.h"

#include <stdio.h>

extern const struct route routes[];
extern const size_t route_count;

/** One line a route, separated by tabs: method, path, operationId, roles, transaction, body,
 * ceiling in bytes. */
void routes_print(FILE *out);

#endif
