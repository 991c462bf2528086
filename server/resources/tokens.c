#include "server/resources/tokens.h"

#include "server/app.h"
#include "server/base/clock.h"
#include "server/config.h"
#include "server/http/auth.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 48 /**< organisation and randomness */
#define TOKEN_TEXT  65 /**< as base64url without padding, and a NUL */

static void digest(const char *text, uint8_t ret_sha256[32])
{
    crypto_hash_sha256(ret_sha256, (const unsigned char *)text, strlen(text));
}

int token_make(struct request *request, const struct uuid *org_id, const char **ret_text,
               uint8_t ret_sha256[32])
{
    uint8_t bytes[TOKEN_BYTES];
    char *text = arena_alloc(request->arena, TOKEN_TEXT);
    if (!text)
        return -1;
    memcpy(bytes, org_id->bytes, 16);
    randombytes_buf(bytes + 16, sizeof bytes - 16);
    sodium_bin2base64(text, TOKEN_TEXT, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    digest(text, ret_sha256);
    *ret_text = text;
    return 0;
}

int token_parse(const char *text, struct uuid *ret_org_id, uint8_t ret_sha256[32])
{
    uint8_t bytes[TOKEN_BYTES];
    size_t length;
    if (strlen(text) != TOKEN_TEXT - 1 ||
        sodium_base642bin(bytes, sizeof bytes, text, TOKEN_TEXT - 1, NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        length != sizeof bytes)
        return -1;
    memcpy(ret_org_id->bytes, bytes, 16);
    digest(text, ret_sha256);
    return 0;
}

int token_answer(struct request *request, const struct session_key *session,
                 const char *refresh_token, const char *user_json, struct response *response)
{
    const struct actor actor = {
        .org_id = session->org_id, .user_id = session->user_id, .session_id = session->id};
    int64_t now_ms = clock_now_ms(), access_expires_at_ms;
    char access_text[CLOCK_TEXT_BYTES], refresh_text[CLOCK_TEXT_BYTES];
    const char *access_token;
    if (auth_token_issue(request->app->auth, request->arena, &actor, now_ms, &access_token,
                         &access_expires_at_ms) < 0)
        return -1;
    clock_format_rfc3339(access_expires_at_ms, access_text);
    clock_format_rfc3339(now_ms + request->app->config->refresh_token_s * 1000, refresh_text);
    const char *json = arena_printf(
        request->arena,
        "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"access_token_expires_at\":\"%s\","
        "\"refresh_token\":\"%s\",\"refresh_token_expires_at\":\"%s\"%s%s}",
        access_token, access_text, refresh_token, refresh_text, user_json ? ",\"user\":" : "",
        user_json ? user_json : "");
    if (!json)
        return -1;
    response_json(response, 200, json);
    response->holds_secret = true;
    return 0;
}
