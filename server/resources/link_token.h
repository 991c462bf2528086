/**
 * The secret part of a link that needs no log-in. It follows from the server's secret and the
 * link's id, so that nothing secret is stored and the same request is answered with the same link
 * again.
 */
#ifndef FIELDPROOF_RESOURCES_LINK_TOKEN_H
#define FIELDPROOF_RESOURCES_LINK_TOKEN_H

#include "server/base/macros.h"
#include "server/base/uuid.h"
#include "server/http/auth.h"
#include "server/resources/secret_text.h"

#define LINK_TOKEN_MAC_BYTES  20
#define LINK_TOKEN_TEXT_BYTES SECRET_TEXT_BYTES(LINK_TOKEN_MAC_BYTES)

/* What a token is for; one for one thing is none for another. */
#define LINK_TOKEN_OF_CUSTOMER  "fieldproof customer link"
#define LINK_TOKEN_OF_ENROLMENT "fieldproof enrolment"
#define LINK_TOKEN_OF_PACK      "fieldproof pack ticket"

/**
 * Organisation, without which no row may be seen, and 160 bits of HMAC-SHA256 (RFC 2104, truncated
 * as its section 5 allows) over what it is for, the organisation and the link.
 */
void link_token_make(const struct auth *auth, const char *purpose, const struct uuid *org_id,
                     const struct uuid *link_id, char ret_text[LINK_TOKEN_TEXT_BYTES],
                     uint8_t ret_sha256[32]);

/** Organisation and digest of a token's text. Negative when it has not the form of one. */
int link_token_parse(const char *text, struct uuid *ret_org_id, uint8_t ret_sha256[32]) MUST_CHECK;

#endif
