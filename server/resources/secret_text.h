/**
 * A secret as text that a client keeps: the organisation's id, without which no row may be seen,
 * and some secret bytes, in base64url without padding. The server keeps a digest of the text.
 */
#ifndef FIELDPROOF_RESOURCES_SECRET_TEXT_H
#define FIELDPROOF_RESOURCES_SECRET_TEXT_H

#include "server/base/macros.h"
#include "server/base/uuid.h"

#include <stddef.h>
#include <stdint.h>

#define SECRET_BYTES_MAX 32

/** With the NUL at the end. */
#define SECRET_TEXT_BYTES(secret_bytes) (((16 + (secret_bytes)) * 4 + 2) / 3 + 1)

/**
 * @param secret_bytes at most SECRET_BYTES_MAX.
 * @param[out] ret_text SECRET_TEXT_BYTES(secret_bytes) long.
 */
void secret_text_make(const struct uuid *org_id, const uint8_t *secret, size_t secret_bytes,
                      char *ret_text, uint8_t ret_sha256[32]);

/** Organisation and digest of such a text. Negative when it has not the form of one. */
int secret_text_parse(const char *text, size_t secret_bytes, struct uuid *ret_org_id,
                      uint8_t ret_sha256[32]) MUST_CHECK;

#endif
