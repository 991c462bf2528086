#include "server/resources/secret_text.h"

#include <sodium.h>
#include <string.h>

#define BYTES_MAX (16 + SECRET_BYTES_MAX)
#define VARIANT   sodium_base64_VARIANT_URLSAFE_NO_PADDING

static void digest(const char *text, uint8_t ret_sha256[32])
{
    crypto_hash_sha256(ret_sha256, (const unsigned char *)text, strlen(text));
}

void secret_text_make(const struct uuid *org_id, const uint8_t *secret, size_t secret_bytes,
                      char *ret_text, uint8_t ret_sha256[32])
{
    uint8_t bytes[BYTES_MAX];
    memcpy(bytes, org_id->bytes, 16);
    memcpy(bytes + 16, secret, secret_bytes);
    sodium_bin2base64(ret_text, SECRET_TEXT_BYTES(secret_bytes), bytes, 16 + secret_bytes, VARIANT);
    digest(ret_text, ret_sha256);
}

int secret_text_parse(const char *text, size_t secret_bytes, struct uuid *ret_org_id,
                      uint8_t ret_sha256[32])
{
    uint8_t bytes[BYTES_MAX];
    size_t text_length = SECRET_TEXT_BYTES(secret_bytes) - 1, length;
    if (strlen(text) != text_length ||
        sodium_base642bin(bytes, sizeof bytes, text, text_length, NULL, &length, NULL, VARIANT) !=
            0 ||
        length != 16 + secret_bytes)
        return -1;
    memcpy(ret_org_id->bytes, bytes, 16);
    digest(text, ret_sha256);
    return 0;
}
