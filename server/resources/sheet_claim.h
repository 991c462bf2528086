/**
 * What the customer signed, as the phone tells it.
 *
 * A phone that is offline makes the document itself, from what it knows. When the office has worded
 * names anew meanwhile, the customer has still signed in good faith: such a document is kept as it
 * was signed, byte for byte, beside a list of what differs. Evidence that only the document knows
 * of may be on its way. A document whose facts differ is refused.
 */
#ifndef FIELDPROOF_RESOURCES_SHEET_CLAIM_H
#define FIELDPROOF_RESOURCES_SHEET_CLAIM_H

#include "server/resources/sheet_comparison.h"
#include "server/resources/sheet_document.h"

struct sheet_claim {
    struct sheet_document document;         /**< what is sealed */
    const char *differs;                    /**< JSON [{pointer, signed, known}] of names */
    const struct sheet_difference *missing; /**< the first piece of evidence that the document has
                                               and the server has not; NULL: there is none */
    const json_t *json;                     /**< the phone's own document; NULL: it has none */
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

/** Negative, with a problem that names all that the claim misses: it is to be sent first. */
int sheet_claim_await(struct request *request, const struct sheet_claim *claim) MUST_CHECK;

/**
 * Accepts that what is missing will not come. Nobody has looked at it, so the document must be one
 * by the contract; the work orders that it names are joined to the visit.
 *
 * @return 0; or negative with the problem set.
 */
int sheet_claim_leave_out(struct request *request, const struct visit_key *key,
                          const struct sheet_claim *claim) MUST_CHECK;

/** JSON [{pointer, id}] of what the claim misses; NULL: nothing. */
const char *sheet_claim_missing(struct request *request, const struct sheet_claim *claim);

#endif
