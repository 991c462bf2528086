/**
 * How long something that came too early is waited for.
 *
 * A phone's queue sends in any order, so a sheet, a step or a photo may come before what it needs,
 * and is to be sent again. But what it waits for may never come: it was refused, or the phone that
 * had it is gone. A wait ends after config->evidence_wait_s.
 */
#ifndef FIELDPROOF_RESOURCES_WAITING_H
#define FIELDPROOF_RESOURCES_WAITING_H

#include "server/http/request.h"

/**
 * Whether the actor's wait for what `subject` ("step/ID") needs is over. It began when the server
 * first was asked about it, which is now if it never was.
 *
 * @param subject NULL fails, as an exhausted arena does.
 * @param heard_at_ms since the epoch: began not before then.
 * @param times 1; or 2 for what waits for another write of the same queue, which itself may wait.
 * @param[out] ret false: the handler must refuse now, having written nothing; since when it waits
 * is committed all the same.
 */
int waiting_is_over(struct request *request, const char *subject, int64_t heard_at_ms, int times,
                    bool *ret) MUST_CHECK;

/** As waiting_is_over, of a subject that nothing begins anew. */
int waiting_is_over_of(struct request *request, const char *kind, const char *id,
                       bool *ret) MUST_CHECK;

#endif
