#include "server/resources/link_token.h"

#include <sodium.h>
#include <string.h>

#define MAC_BYTES   20
#define TOKEN_BYTES (16 + MAC_BYTES)

static void digest(const char *text, uint8_t ret_sha256[32])
{
    crypto_hash_sha256(ret_sha256, (const unsigned char *)text, strlen(text));
}

/* Access tokens are signed with the same secret, and always begin with "eyJ". */
void link_token_make(const struct auth *auth, const char *purpose, const struct uuid *org_id,
                     const struct uuid *link_id, char ret_text[LINK_TOKEN_TEXT_BYTES],
                     uint8_t ret_sha256[32])
{
    uint8_t mac[crypto_auth_hmacsha256_BYTES], bytes[TOKEN_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, auth->secret, auth->secret_bytes);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha256_update(&state, org_id->bytes, sizeof org_id->bytes);
    crypto_auth_hmacsha256_update(&state, link_id->bytes, sizeof link_id->bytes);
    crypto_auth_hmacsha256_final(&state, mac);
    memcpy(bytes, org_id->bytes, 16);
    memcpy(bytes + 16, mac, MAC_BYTES);
    sodium_bin2base64(ret_text, LINK_TOKEN_TEXT_BYTES, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    digest(ret_text, ret_sha256);
}

int link_token_parse(const char *text, struct uuid *ret_org_id, uint8_t ret_sha256[32])
{
    uint8_t bytes[TOKEN_BYTES];
    size_t length;
    if (strlen(text) != LINK_TOKEN_TEXT_BYTES - 1 ||
        sodium_base642bin(bytes, sizeof bytes, text, LINK_TOKEN_TEXT_BYTES - 1, NULL, &length, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        length != sizeof bytes)
        return -1;
    memcpy(ret_org_id->bytes, bytes, 16);
    digest(text, ret_sha256);
    return 0;
}
