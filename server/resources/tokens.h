/** Refresh tokens, and the answer that carries a pair of tokens. */
#ifndef FIELDPROOF_RESOURCES_TOKENS_H
#define FIELDPROOF_RESOURCES_TOKENS_H

#include "server/http/route.h"
#include "server/store/session.h"

/**
 * A new refresh token of a session, as text in the arena. It begins with the organisation's id,
 * because without that no row may be seen; the rest is 32 random bytes.
 */
int token_make(struct request *request, const struct uuid *org_id, const char **ret_text,
               uint8_t ret_sha256[32]) MUST_CHECK;

/** Organisation and digest of a token's text. Negative when it is none of ours. */
int token_parse(const char *text, struct uuid *ret_org_id, uint8_t ret_sha256[32]) MUST_CHECK;

/**
 * Answers with a new access token of the session and the refresh token.
 *
 * @param user_json added as `user`; NULL: left out.
 */
int token_answer(struct request *request, const struct session_key *session,
                 const char *refresh_token, const char *user_json,
                 struct response *response) MUST_CHECK;

#endif
