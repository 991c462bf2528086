/**
 * What the customer signed, as the phone tells it.
 *
 * A phone that is offline makes the document itself, from what it knows. When the office has worded
 * names anew meanwhile, the customer has still signed in good faith: such a document is kept as it
 * was signed, byte for byte, beside a list of what differs. A document whose facts differ is
 * refused.
 */
#ifndef FIELDPROOF_RESOURCES_SHEET_CLAIM_H
#define FIELDPROOF_RESOURCES_SHEET_CLAIM_H

#include "server/resources/sheet_document.h"

struct sheet_claim {
    struct sheet_document document; /**< what is sealed */
    const char *differs;            /**< JSON [{pointer, signed, known}] of names */
};

/**
 * Finds what the signature in the request's body is bound to.
 *
 * @param recorded the document that the server makes of the visit now.
 * @return 0; or -1 with the problem set: what was displayed is not what is recorded, or the body's
 * own document is not canonical or not of the digest.
 */
int sheet_claim_read(struct request *request, const struct sheet_document *recorded,
                     struct sheet_claim *ret) MUST_CHECK;

#endif
