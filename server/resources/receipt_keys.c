#include "server/resources/receipt_keys.h"

#include "server/base/hex.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_BYTES     32
#define BASE64_BYTES  RECEIPT_KEY_ID_BYTES
#define BASE64_LENGTH (BASE64_BYTES - 1)

struct receipt_keys {
    EVP_PKEY *key;
    char id[RECEIPT_KEY_ID_BYTES];
    char *json;
};

static void to_base64url(const uint8_t bytes[KEY_BYTES], char ret_text[BASE64_BYTES])
{
    sodium_bin2base64(ret_text, BASE64_BYTES, bytes, KEY_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* RFC 7638: the digest of the required members in the order of their names. */
static int thumbprint(const char *x, char ret_id[RECEIPT_KEY_ID_BYTES])
{
    char text[128];
    uint8_t digest[KEY_BYTES];
    int length =
        snprintf(text, sizeof text, "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}", x);
    if (EVP_Digest(text, (size_t)length, digest, NULL, EVP_sha256(), NULL) != 1)
        return RECEIPT_KEYS_FAILED;
    to_base64url(digest, ret_id);
    return 0;
}

static int add_public_key(json_t *list, const uint8_t bytes[KEY_BYTES])
{
    char x[BASE64_BYTES], id[RECEIPT_KEY_ID_BYTES];
    to_base64url(bytes, x);
    if (thumbprint(x, id) < 0)
        return RECEIPT_KEYS_FAILED;
    json_t *key = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "kty", "OKP", "crv", "Ed25519", "x",
                            x, "kid", id, "alg", "EdDSA", "use", "sig");
    return json_array_append_new(list, key) < 0 ? RECEIPT_KEYS_FAILED : 0;
}

static int add_former_key(json_t *list, const char *text, size_t length)
{
    uint8_t bytes[KEY_BYTES];
    size_t decoded = 0;
    if (length != BASE64_LENGTH || json_array_size(list) >= RECEIPT_KEYS_MAX ||
        sodium_base642bin(bytes, sizeof bytes, text, length, NULL, &decoded, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        decoded != KEY_BYTES)
        return RECEIPT_KEYS_FORMER;
    return add_public_key(list, bytes);
}

static int add_former_keys(json_t *list, const char *text)
{
    int result = 0;
    while (text && *text && result == 0) {
        text += strspn(text, ", \t");
        size_t length = strcspn(text, ", \t");
        if (length > 0)
            result = add_former_key(list, text, length);
        text += length;
    }
    return result;
}

static int read_private_key(struct receipt_keys *keys, const char *hex)
{
    uint8_t bytes[KEY_BYTES];
    if (!hex || hex_decode(hex, bytes, sizeof bytes) < 0)
        return RECEIPT_KEYS_PRIVATE;
    keys->key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return keys->key ? 0 : RECEIPT_KEYS_FAILED;
}

static int describe(struct receipt_keys *keys, const char *former)
{
    uint8_t public_key[KEY_BYTES];
    size_t length = sizeof public_key;
    char x[BASE64_BYTES];
    json_t *list = json_array();
    json_t *set = NULL;
    int result = RECEIPT_KEYS_FAILED;
    if (!list || EVP_PKEY_get_raw_public_key(keys->key, public_key, &length) != 1 ||
        length != KEY_BYTES)
        goto cleanup;
    to_base64url(public_key, x);
    if (thumbprint(x, keys->id) < 0 || add_public_key(list, public_key) < 0)
        goto cleanup;
    result = add_former_keys(list, former);
    set = json_pack("{s:O}", "keys", list);
    if (result == 0 && !(keys->json = set ? json_dumps(set, JSON_COMPACT) : NULL))
        result = RECEIPT_KEYS_FAILED;
cleanup:
    json_decref(set);
    json_decref(list);
    return result;
}

int receipt_keys_create(const char *private_hex, const char *former, struct receipt_keys **ret)
{
    struct receipt_keys *keys = calloc(1, sizeof *keys);
    if (!keys)
        return RECEIPT_KEYS_FAILED;
    int result = read_private_key(keys, private_hex);
    if (result == 0)
        result = describe(keys, former);
    if (result == 0)
        *ret = keys;
    else
        receipt_keys_free(keys);
    return result;
}

void receipt_keys_free(struct receipt_keys *keys)
{
    if (!keys)
        return;
    EVP_PKEY_free(keys->key);
    free(keys->json);
    free(keys);
}

const char *receipt_keys_id(const struct receipt_keys *keys)
{
    return keys->id;
}

const char *receipt_keys_json(const struct receipt_keys *keys)
{
    return keys->json;
}

int receipt_keys_sign(const struct receipt_keys *keys, const char *bytes, size_t length,
                      uint8_t ret_signature[RECEIPT_SIGNATURE_BYTES])
{
    uint8_t signature[RECEIPT_SIGNATURE_BYTES];
    size_t signature_bytes = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good =
        context && EVP_DigestSignInit(context, NULL, NULL, NULL, keys->key) == 1 &&
        EVP_DigestSign(context, signature, &signature_bytes, (const uint8_t *)bytes, length) == 1 &&
        signature_bytes == sizeof signature;
    EVP_MD_CTX_free(context);
    if (!good)
        return -1;
    memcpy(ret_signature, signature, sizeof signature);
    return 0;
}
