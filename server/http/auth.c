#include "server/http/auth.h"

#include <jwt.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ISSUER          "fieldproof"
#define TOKEN_BYTES_MAX 2048

int auth_set_operator(struct auth *auth, const char *key)
{
    if (!EVP_Digest(key, strlen(key), auth->operator_sha256, NULL, EVP_sha256(), NULL))
        return -1;
    auth->has_operator = true;
    return 0;
}

bool auth_token_is_operator(const struct auth *auth, const char *token)
{
    uint8_t sha256[32];
    if (!auth->has_operator || !EVP_Digest(token, strlen(token), sha256, NULL, EVP_sha256(), NULL))
        return false;
    return CRYPTO_memcmp(sha256, auth->operator_sha256, sizeof sha256) == 0;
}

static int add_claims(jwt_t *jwt, const struct auth *auth, const struct actor *actor, int64_t now_s)
{
    char user[UUID_TEXT_BYTES], org[UUID_TEXT_BYTES], session[UUID_TEXT_BYTES];
    uuid_format(&actor->user_id, user);
    uuid_format(&actor->org_id, org);
    uuid_format(&actor->session_id, session);
    return jwt_add_grant(jwt, "iss", ISSUER) || jwt_add_grant(jwt, "sub", user) ||
           jwt_add_grant(jwt, "org", org) || jwt_add_grant(jwt, "sid", session) ||
           jwt_add_grant_int(jwt, "iat", (long)now_s) ||
           jwt_add_grant_int(jwt, "exp", (long)(now_s + auth->access_token_s)) ||
           jwt_set_alg(jwt, JWT_ALG_HS256, auth->secret, (int)auth->secret_bytes);
}

int auth_token_issue(const struct auth *auth, struct arena *arena, const struct actor *actor,
                     int64_t now_ms, const char **ret_token, int64_t *ret_expires_at_ms)
{
    jwt_t *jwt = NULL;
    if (auth->secret_bytes < AUTH_SECRET_MIN_BYTES || jwt_new(&jwt))
        return -1;
    int64_t now_s = now_ms / 1000;
    char *encoded = add_claims(jwt, auth, actor, now_s) ? NULL : jwt_encode_str(jwt);
    const char *token = encoded ? arena_strdup(arena, encoded) : NULL;
    free(encoded);
    jwt_free(jwt);
    if (!token)
        return -1;
    *ret_token = token;
    *ret_expires_at_ms = (now_s + auth->access_token_s) * 1000;
    return 0;
}

/* libjwt checks the signature only: times, issuer and algorithm are ours to check. */
static int read_claims(jwt_t *jwt, int64_t now_s, struct actor *ret_actor)
{
    const char *issuer = jwt_get_grant(jwt, "iss");
    const char *user = jwt_get_grant(jwt, "sub");
    const char *org = jwt_get_grant(jwt, "org");
    const char *session = jwt_get_grant(jwt, "sid");
    int64_t not_before_s = jwt_get_grant_int(jwt, "nbf"); /* 0 when absent */
    struct actor actor = {.is_known = true};
    if (jwt_get_alg(jwt) != JWT_ALG_HS256 || !issuer || strcmp(issuer, ISSUER) != 0)
        return -1;
    if (jwt_get_grant_int(jwt, "exp") <= now_s || not_before_s > now_s)
        return -1;
    if (!user || !org || !session || uuid_parse(user, &actor.user_id) ||
        uuid_parse(org, &actor.org_id) || uuid_parse(session, &actor.session_id))
        return -1;
    actor.token_expires_at_ms = (int64_t)jwt_get_grant_int(jwt, "exp") * 1000;
    *ret_actor = actor;
    return 0;
}

#define MAC_BYTES      32
#define MAC_TEXT_CHARS 43 /* base64url without the '=' at its end */

/* The token's last part is the HMAC-SHA256 of what stands before it (RFC 7515, appendix A.1). */
static bool is_signed_by_us(const struct auth *auth, const char *token)
{
    uint8_t mac[MAC_BYTES];
    uint8_t expected[MAC_TEXT_CHARS + 2];
    const char *dot = strrchr(token, '.');
    if (!dot || strlen(dot + 1) != MAC_TEXT_CHARS ||
        !HMAC(EVP_sha256(), auth->secret, (int)auth->secret_bytes, (const uint8_t *)token,
              (size_t)(dot - token), mac, NULL))
        return false;
    EVP_EncodeBlock(expected, mac, sizeof mac);
    for (size_t i = 0; i < MAC_TEXT_CHARS; i++)
        expected[i] = expected[i] == '+' ? '-' : expected[i] == '/' ? '_' : expected[i];
    return CRYPTO_memcmp(expected, dot + 1, MAC_TEXT_CHARS) == 0;
}

int auth_token_verify(const struct auth *auth, const char *token, int64_t now_ms,
                      struct actor *ret_actor)
{
    /*
     * jwt_decode() accepts any token when it is given no key, and it parses the JSON of a token
     * before it looks at the signature: as deep as that nests, it recurses, past the end of a
     * request's small stack. It is shown only what we wrote.
     */
    if (!auth->secret || auth->secret_bytes < AUTH_SECRET_MIN_BYTES ||
        strnlen(token, TOKEN_BYTES_MAX) == TOKEN_BYTES_MAX || !is_signed_by_us(auth, token))
        return -1;
    jwt_t *jwt = NULL;
    if (jwt_decode(&jwt, token, auth->secret, (int)auth->secret_bytes))
        return -1;
    int result = read_claims(jwt, now_ms / 1000, ret_actor);
    jwt_free(jwt);
    return result;
}

const char *auth_bearer_token(const char *header_value)
{
    if (!header_value || strncasecmp(header_value, "Bearer ", 7) != 0)
        return NULL;
    const char *token = header_value + 7;
    token += strspn(token, " ");
    return *token && !strpbrk(token, " \t,") ? token : NULL;
}
