/**
 * Stored evidence judged again, by the very functions that judged it when it came. Pure: everything
 * that is read has been read before.
 */
#ifndef FIELDPROOF_RESOURCES_POLICY_REPLAY_H
#define FIELDPROOF_RESOURCES_POLICY_REPLAY_H

#include "evidence/policy.h"
#include "server/http/request.h"
#include "server/store/policy_preview.h"

/** `overrides`: an organisation's policy, as stored. The judgement is the request's arena's. */
int policy_replay_check_in(struct request *request, const struct preview_check_in *check_in,
                           const char *overrides, struct judgement *ret) MUST_CHECK;

int policy_replay_photo(struct request *request, const struct preview_photo *photo,
                        const char *overrides, struct judgement *ret) MUST_CHECK;

/** Of a scan the policy decides nothing but what its findings weigh. */
int policy_replay_scan(struct request *request, const struct preview_scan *scan,
                       const char *overrides, struct judgement *ret) MUST_CHECK;

/** @param worst verdict of all its parts, by the same policy. */
int policy_replay_visit(struct request *request, const struct preview_visit *visit,
                        enum evidence_verdict worst, const char *overrides,
                        struct judgement *ret) MUST_CHECK;

#endif
