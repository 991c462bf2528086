/** What the actor means to a query. */
#ifndef FIELDPROOF_RESOURCES_ACTORS_H
#define FIELDPROOF_RESOURCES_ACTORS_H

#include "server/http/request.h"

/** The user whose own rows alone may be seen: a technician; NULL for everybody else. */
const struct uuid *actor_own_only(const struct request *request);

/** "zh" or "en": the language that the answer's sentences are in. */
const char *actor_language(const struct request *request);

/**
 * Narrows a list's filter by technician (NULL: none) to what the actor may see.
 *
 * @param[in,out] technician_id a technician's own id takes the place of none.
 * @return 1; 0 when a technician asks for somebody else's rows, of which there are none to see;
 *         negative when the arena is exhausted.
 */
int actor_narrow_technician(struct request *request, const char **technician_id) MUST_CHECK;

#endif
