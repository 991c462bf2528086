#include "server/resources/derived_id.h"

#include <openssl/evp.h>
#include <string.h>

int derived_id(const struct uuid *org_id, const char *noun, const char *name, struct uuid *ret)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_done =
        context && EVP_DigestInit_ex(context, EVP_sha1(), NULL) &&
        EVP_DigestUpdate(context, org_id->bytes, sizeof org_id->bytes) &&
        EVP_DigestUpdate(context, noun, strlen(noun)) && EVP_DigestUpdate(context, ":", 1) &&
        EVP_DigestUpdate(context, name, strlen(name)) && EVP_DigestFinal_ex(context, digest, NULL);
    EVP_MD_CTX_free(context);
    if (!is_done)
        return -1;
    memcpy(ret->bytes, digest, sizeof ret->bytes);
    ret->bytes[6] = (uint8_t)((ret->bytes[6] & 0x0f) | 0x50); /* version */
    ret->bytes[8] = (uint8_t)((ret->bytes[8] & 0x3f) | 0x80); /* variant */
    return 0;
}
