/** Whether the server lives, whether it can work, and its figures. */
#ifndef FIELDPROOF_RESOURCES_HEALTH_H
#define FIELDPROOF_RESOURCES_HEALTH_H

#include "server/http/route.h"

int health_get(struct request *request, struct response *response) MUST_CHECK;
int health_get_readiness(struct request *request, struct response *response) MUST_CHECK;
int health_get_metrics(struct request *request, struct response *response) MUST_CHECK;

#endif
