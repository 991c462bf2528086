#include "server/resources/audit_claims.h"

#include "server/resources/json_fields.h"
#include "server/store/audit_claim.h"

/* Longer than anybody looks at one photo, shorter than the photos of one who left should wait. */
#define GOOD_FOR_S 120

int audit_claim_create(struct request *request, struct response *response)
{
    const char *json;
    double most = 0;
    struct audit_claim claim = {
        .org_id = request->actor.org_id,
        .user_id = request->actor.user_id,
        .good_for_s = GOOD_FOR_S,
    };
    claim.photo_ids =
        json_texts(request->arena, json_field(request->body.json, "photo_ids"), NULL, &claim.count);
    if (!claim.photo_ids || !json_field_number(request->body.json, "most", &most))
        return -1;
    claim.most = (int)most;
    if (audit_claim_take(request->db, request->arena, &claim, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}
