#include "server/resources/organisations.h"

#include "server/resources/account_body.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/transaction.h"
#include "server/store/organisation.h"

#include <sodium.h>
#include <string.h>

/** An organisation and its first administrator, on their way to the database. */
struct creation {
    struct organisation_row organisation;
    struct user_row administrator;
    uint8_t content_sha256[32];
    uint8_t administrator_sha256[32];
    bool is_replay;
    const char *json;
};

static int read_body(struct request *request, struct creation *creation)
{
    const json_t *body = request->body.json;
    struct organisation_row *row = &creation->organisation;
    uint8_t parts[64];
    if (!json_field_uuid(body, "id", &row->org_id) ||
        account_body_read(request, &row->org_id, json_field(body, "administrator"), "administrator",
                          &creation->administrator, creation->administrator_sha256) < 0 ||
        content_sha256(request, body, "administrator", parts) < 0)
        return -1;
    memcpy(parts + 32, creation->administrator_sha256, 32);
    crypto_hash_sha256(creation->content_sha256, parts, sizeof parts);
    row->slug = json_field_text(body, "slug");
    row->name = json_field_text(body, "name");
    row->language = json_field_text(body, "language");
    row->time_zone = json_field_text(body, "time_zone");
    row->content_sha256 = creation->content_sha256;
    return 0;
}

static int insert(struct request *request, void *context)
{
    struct creation *creation = context;
    const struct organisation_row *row = &creation->organisation;
    const char *taken_by;
    int64_t version;
    if (organisation_insert(request->db, request->arena, row, &taken_by) < 0 ||
        create_outcome(request, taken_by, creation->content_sha256, &creation->is_replay) < 0)
        return -1;
    if (!creation->is_replay &&
        user_insert(request->db, request->arena, &creation->administrator, &taken_by) < 0)
        return -1;
    return organisation_get(request->db, request->arena, &row->org_id, &creation->json, &version);
}

int organisation_create(struct request *request, struct response *response)
{
    struct creation creation = {0};
    if (read_body(request, &creation) < 0 ||
        transaction_run(request, &creation.organisation.org_id, insert, &creation) < 0)
        return -1;
    return create_answer(request, creation.is_replay, creation.json, 0, response);
}

int organisation_show(struct request *request, struct response *response)
{
    const char *json;
    int64_t version;
    if (organisation_get(request->db, request->arena, &request->actor.org_id, &json, &version) < 0)
        return -1;
    return entity_answer(request, json, version, response);
}
