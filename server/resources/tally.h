/** Counting for /metrics what requests brought. Counts are of attempts that got this far. */
#ifndef FIELDPROOF_RESOURCES_TALLY_H
#define FIELDPROOF_RESOURCES_TALLY_H

#include "media/photo.h"
#include "server/http/request.h"
#include "server/store/judgement.h"

/** A photo that a decoder answered, and how long that took, waiting included. */
void tally_decoded(const struct request *request, enum media_status status, int64_t duration_us);

/** A photo whose files were made durable. */
void tally_stored(const struct request *request, int64_t bytes, int64_t duration_us);

/** The findings of a check-in, a scan or a photo. */
void tally_findings(const struct request *request, const struct judgement *judgement);

/** A new check-in and its findings. */
void tally_check_in(const struct request *request, const struct judgement *judgement);

#endif
