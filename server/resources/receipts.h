/**
 * Signed receipts: a photo's bytes are on disk, its row is committed, so the phone may let go of
 * it.
 *
 * A receipt is one line: the canonical JSON (RFC 8785) of what is attested and its Ed25519
 * signature, each in base64, with a dot between. docs/receipts.md says how to verify one.
 */
#ifndef FIELDPROOF_RESOURCES_RECEIPTS_H
#define FIELDPROOF_RESOURCES_RECEIPTS_H

#include "server/http/route.h"

route_handler receipt_show;
route_handler receipt_keys_show;

/**
 * The receipt of a stored photo, as text in the arena.
 *
 * @param photo the photo as the API shows it (the contract's Photo).
 * @return 0; or -1 with a problem: NOT_YET_HERE when the bytes have not come, INTERNAL when they
 *         came and are not on disk any more.
 */
int receipt_of(struct request *request, const char *photo, const char **ret_receipt) MUST_CHECK;

/** The Ed25519 signature over any bytes with the key in use, in base64. */
int receipt_sign(struct request *request, const char *bytes, size_t length,
                 const char **ret) MUST_CHECK;

/** Adds it to the answer to what brought the bytes; NULL adds nothing. */
void receipt_add_header(struct response *response, const char *receipt);

#endif
