/** The verdict of a whole visit: its own findings, and the worst of all its parts. */
#ifndef FIELDPROOF_RESOURCES_VISIT_JUDGEMENT_H
#define FIELDPROOF_RESOURCES_VISIT_JUDGEMENT_H

#include "server/http/request.h"
#include "server/store/visit.h"

/** Judges a visit by what is known of it, the policy included. */
int visit_judgement_of(struct arena *arena, const struct visit_facts *facts,
                       struct judgement *ret) MUST_CHECK;

/** Judges a visit again after something was added to it. Within the request's transaction. */
int visit_judgement_renew(struct request *request, const char *visit_id) MUST_CHECK;

#endif
