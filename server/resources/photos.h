/** Photos: /v1/photos. */
#ifndef FIELDPROOF_RESOURCES_PHOTOS_H
#define FIELDPROOF_RESOURCES_PHOTOS_H

#include "server/http/route.h"
#include "server/resources/photo_intake.h"

route_handler photo_content_prepare; /**< decodes the photo, before any transaction */
route_handler photo_content_put;
route_handler photo_show;
route_handler photo_original;
route_handler photo_medium;
route_handler photo_small;

/**
 * Records a decoded photo whose check-in came earlier, and judges its visit anew. Within a
 * transaction; `ret_replayed` as in photo_intake_store().
 */
int photo_store_late(struct request *request, const struct photo_key *key,
                     struct decoded_photo *photo, bool *ret_replayed) MUST_CHECK;

/**
 * Refuses a photo that no check-in of the actor has announced, so that it is sent again; for good
 * once it has waited long enough (waiting.h).
 */
int photo_await(struct request *request, const struct uuid *photo_id) MUST_CHECK;

/** The receipt of a photo that this transaction stored or found; see receipts.h. */
int photo_receipt(struct request *request, const struct photo_key *key,
                  const char **ret_receipt) MUST_CHECK;

#endif
