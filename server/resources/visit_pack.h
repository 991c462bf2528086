/** A visit's evidence as one ZIP that anyone can verify offline: for a client that sends its access
 * token, and for a browser's own download, which has a ticket instead. */
#ifndef FIELDPROOF_RESOURCES_VISIT_PACK_H
#define FIELDPROOF_RESOURCES_VISIT_PACK_H

#include "server/http/route.h"

route_handler visit_pack_download;        /**< GET /v1/visits/{visit_id}/pack */
route_handler visit_pack_ticket_create;   /**< POST /v1/visits/{visit_id}/pack-tickets */
route_handler visit_pack_ticket_download; /**< GET /v1/packs/{token} */

/** Answers with the pack of a visit of request->actor.org_id, and records that the actor took it.
 * Outside of a transaction. */
int visit_pack_answer(struct request *request, const struct uuid *visit_id,
                      struct response *response) MUST_CHECK;

#endif
