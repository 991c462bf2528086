/** The JSON part of a check-in, read once. */
#ifndef FIELDPROOF_RESOURCES_CHECK_IN_BODY_H
#define FIELDPROOF_RESOURCES_CHECK_IN_BODY_H

#include "evidence/fix.h"
#include "server/http/request.h"
#include "server/store/check_in.h"

#define CHECK_IN_WORK_ORDERS_MAX 20

/** Texts are borrowed from the body. */
struct check_in_body {
    struct check_in_key key; /**< user and organisation are the actor's */
    struct uuid work_order_ids[CHECK_IN_WORK_ORDERS_MAX];
    const char *kind;
    bool is_arrival;
    bool is_departure;
    int64_t sent_at_ms;
    bool has_fix;
    struct evidence_fix fix;
    const json_t *json;
    uint8_t content_sha256[32]; /**< of the body's canonical JSON without sent_at */
};

/** Reads what the rules look at: ids, times and the fix. Negative when an id or a time is missing.
 */
int check_in_body_of(const json_t *json, struct check_in_body *ret) MUST_CHECK;

/**
 * Reads the request's body. The content's digest leaves out `sent_at`: a phone that sends again
 * sends later, and it is the same check-in.
 */
int check_in_body_read(struct request *request, struct check_in_body *ret) MUST_CHECK;

#endif
