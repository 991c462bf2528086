#include "server/resources/tokens.h"

#include "server/app.h"
#include "server/base/clock.h"
#include "server/config.h"
#include "server/http/auth.h"
#include "server/resources/secret_text.h"

#include <sodium.h>

#define RANDOM_BYTES 32

int token_make(struct request *request, const struct uuid *org_id, const char **ret_text,
               uint8_t ret_sha256[32])
{
    uint8_t random[RANDOM_BYTES];
    char *text = arena_alloc(request->arena, SECRET_TEXT_BYTES(RANDOM_BYTES));
    if (!text)
        return -1;
    randombytes_buf(random, sizeof random);
    secret_text_make(org_id, random, sizeof random, text, ret_sha256);
    *ret_text = text;
    return 0;
}

int token_parse(const char *text, struct uuid *ret_org_id, uint8_t ret_sha256[32])
{
    return secret_text_parse(text, RANDOM_BYTES, ret_org_id, ret_sha256);
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
