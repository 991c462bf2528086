/** What the actor means to a query. */
#ifndef FIELDPROOF_RESOURCES_ACTORS_H
#define FIELDPROOF_RESOURCES_ACTORS_H

#include "server/http/request.h"

/** The user whose own rows alone may be seen: a technician; NULL for everybody else. */
const struct uuid *actor_own_only(const struct request *request);

/** "zh" or "en": the language that the answer's sentences are in. */
const char *actor_language(const struct request *request);

#endif
