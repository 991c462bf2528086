/** The contract, as JSON and as a page to read; both are part of the binary. */
#ifndef FIELDPROOF_RESOURCES_DOCUMENTATION_H
#define FIELDPROOF_RESOURCES_DOCUMENTATION_H

#include "server/http/route.h"

int documentation_get_contract(struct request *request, struct response *response) MUST_CHECK;
int documentation_get(struct request *request, struct response *response) MUST_CHECK;
int documentation_get_file(struct request *request, struct response *response) MUST_CHECK;

#endif
