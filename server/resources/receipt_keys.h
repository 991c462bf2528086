/**
 * The Ed25519 key (RFC 8032) that signs receipts, and the public keys that anybody may verify them
 * with: the one in use and those that were in use before. Made once, then only read.
 */
#ifndef FIELDPROOF_RESOURCES_RECEIPT_KEYS_H
#define FIELDPROOF_RESOURCES_RECEIPT_KEYS_H

#include "server/base/macros.h"

#include <stddef.h>
#include <stdint.h>

#define RECEIPT_SIGNATURE_BYTES 64
#define RECEIPT_KEY_ID_BYTES    44 /**< base64url of 32 bytes without padding, and a NUL */
#define RECEIPT_KEYS_MAX        64

struct receipt_keys;

enum receipt_keys_error {
    RECEIPT_KEYS_FAILED = -1, /**< no memory, or OpenSSL has no Ed25519 */
    RECEIPT_KEYS_PRIVATE = -2,
    RECEIPT_KEYS_FORMER = -3,
};

/**
 * @param private_hex the 32 bytes of the private key as 64 hexadecimal digits.
 * @param former public keys in base64url (a JWK's "x"), separated by commas; NULL: none.
 * @return 0; RECEIPT_KEYS_PRIVATE or RECEIPT_KEYS_FORMER: that text is no key.
 */
int receipt_keys_create(const char *private_hex, const char *former,
                        struct receipt_keys **ret) MUST_CHECK;
void receipt_keys_free(struct receipt_keys *keys);

/** Of the key in use: its JWK thumbprint (RFC 7638). */
const char *receipt_keys_id(const struct receipt_keys *keys);

/** {"keys": […]}: a JWK Set (RFC 7517), the key in use first. */
const char *receipt_keys_json(const struct receipt_keys *keys);

/** The same bytes get the same signature. */
int receipt_keys_sign(const struct receipt_keys *keys, const char *bytes, size_t length,
                      uint8_t ret_signature[RECEIPT_SIGNATURE_BYTES]) MUST_CHECK;

#endif
