#include "server/resources/work_orders.h"

#include "server/base/hex.h"
#include "server/resources/entity.h"
#include "server/store/work_order.h"

#include <openssl/evp.h>
#include <string.h>

/* A phone asks often and little changes: the digest of the answer tells it that nothing did. */
int my_day_show(struct request *request, struct response *response)
{
    const char *json;
    uint8_t sha256[32];
    char tag[65];
    if (my_day_get(request->db, request->arena, &request->actor.org_id, &request->actor.user_id,
                   request_query(request, "date"), &json) < 0 ||
        EVP_Digest(json, strlen(json), sha256, NULL, EVP_sha256(), NULL) != 1)
        return -1;
    hex_encode(sha256, sizeof sha256, tag);
    return entity_answer_tagged(request, json, tag, response);
}
