/** A decoded photo's facts: judged by the rules, and as the JSON that is stored. */
#ifndef FIELDPROOF_RESOURCES_PHOTO_FACTS_H
#define FIELDPROOF_RESOURCES_PHOTO_FACTS_H

#include "media/photo.h"
#include "server/http/request.h"
#include "server/store/photo.h"

/** What EXIF says, as in the contract's schema `PhotoExif`; NULL when there is none, or on
 * exhaustion. */
const char *photo_facts_exif_json(struct arena *arena, const struct media_exif *exif);

/**
 * Findings and verdict of a photo, by the organisation's policy.
 *
 * @param facts whose mean_luminance is not finite: nothing is known of its looks.
 */
int photo_facts_judge(struct request *request, const struct photo_key *key,
                      const struct photo_context *context, const struct photo_twin *twin,
                      const struct media_photo *facts, struct judgement *ret) MUST_CHECK;

#endif
