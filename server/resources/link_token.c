#include "server/resources/link_token.h"

#include <sodium.h>
#include <string.h>

/* Access tokens are signed with the same secret, and always begin with "eyJ". */
void link_token_make(const struct auth *auth, const char *purpose, const struct uuid *org_id,
                     const struct uuid *link_id, char ret_text[LINK_TOKEN_TEXT_BYTES],
                     uint8_t ret_sha256[32])
{
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, auth->secret, auth->secret_bytes);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha256_update(&state, org_id->bytes, sizeof org_id->bytes);
    crypto_auth_hmacsha256_update(&state, link_id->bytes, sizeof link_id->bytes);
    crypto_auth_hmacsha256_final(&state, mac);
    secret_text_make(org_id, mac, LINK_TOKEN_MAC_BYTES, ret_text, ret_sha256);
}

int link_token_parse(const char *text, struct uuid *ret_org_id, uint8_t ret_sha256[32])
{
    return secret_text_parse(text, LINK_TOKEN_MAC_BYTES, ret_org_id, ret_sha256);
}
