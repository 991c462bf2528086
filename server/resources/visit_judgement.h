/** The verdict of a whole visit: its own findings, and the worst of all its parts. */
#ifndef FIELDPROOF_RESOURCES_VISIT_JUDGEMENT_H
#define FIELDPROOF_RESOURCES_VISIT_JUDGEMENT_H

#include "server/http/request.h"

/** Judges a visit again after something was added to it. Within the request's transaction. */
int visit_judgement_renew(struct request *request, const char *visit_id) MUST_CHECK;

#endif
