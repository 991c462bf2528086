/** Transactions of a handler's own, for routes whose slow work must not hold the edge's. */
#ifndef FIELDPROOF_RESOURCES_TRANSACTION_H
#define FIELDPROOF_RESOURCES_TRANSACTION_H

#include "server/http/request.h"

/** What is done within: 0 commits, negative (with a problem) rolls back, or commits with
 * request->keeps_refusal. */
typedef int transaction_work(struct request *request, void *context);

/**
 * Runs `work` in a transaction for one organisation (NULL: none), with request->db set meanwhile.
 * @return 0 when committed; negative with the problem set.
 */
int transaction_run(struct request *request, const struct uuid *org_id, transaction_work *work,
                    void *context) MUST_CHECK;

/** As transaction_run, where nothing can be written. */
int transaction_read(struct request *request, const struct uuid *org_id, transaction_work *work,
                     void *context) MUST_CHECK;

#endif
