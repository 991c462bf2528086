/** Ids that follow from what a thing is called. */
#ifndef FIELDPROOF_RESOURCES_DERIVED_ID_H
#define FIELDPROOF_RESOURCES_DERIVED_ID_H

#include "server/base/uuid.h"

/**
 * The name-based UUID (version 5; RFC 9562, section 5.5) of "noun:name" in the name space of an
 * organisation. Negative when OpenSSL fails.
 */
int derived_id(const struct uuid *org_id, const char *noun, const char *name,
               struct uuid *ret) MUST_CHECK;

#endif
