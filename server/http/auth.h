/**
 * Access tokens: JWTs signed with HS256 by this server and accepted by it alone. They live minutes;
 * whether the session and the user still do is asked of the database at every request.
 */
#ifndef FIELDPROOF_HTTP_AUTH_H
#define FIELDPROOF_HTTP_AUTH_H

#include "server/base/arena.h"
#include "server/http/request.h"

#define AUTH_SECRET_MIN_BYTES 32

struct auth {
    const uint8_t *secret;
    size_t secret_bytes;         /**< at least AUTH_SECRET_MIN_BYTES */
    uint8_t operator_sha256[32]; /**< of the operator key */
    bool has_operator;
    int access_token_s; /**< life of an access token */
};

/** SHA-256 of the operator key into `auth`. Negative when OpenSSL fails. */
int auth_set_operator(struct auth *auth, const char *key) MUST_CHECK;

/** A token for the actor's user, organisation and session. The text belongs to the arena. */
int auth_token_issue(const struct auth *auth, struct arena *arena, const struct actor *actor,
                     int64_t now_ms, const char **ret_token, int64_t *ret_expires_at_ms) MUST_CHECK;

/** Checks signature, algorithm, issuer and times; fills ids of the actor, not role or language. */
int auth_token_verify(const struct auth *auth, const char *token, int64_t now_ms,
                      struct actor *ret_actor) MUST_CHECK;

/** Whether the token is the operator key; takes the same time for every wrong one. */
bool auth_token_is_operator(const struct auth *auth, const char *token);

/** The token of "Bearer TOKEN"; NULL when the header value has another form. */
const char *auth_bearer_token(const char *header_value);

#endif
