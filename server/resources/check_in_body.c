#include "server/resources/check_in_body.h"

#include "geo/datum.h"
#include "server/resources/content.h"
#include "server/resources/json_fields.h"

#include <string.h>

static void read_work_orders(struct check_in_body *body)
{
    const json_t *ids = json_field(body->json, "work_order_ids");
    size_t count = json_array_size(ids);
    if (count > CHECK_IN_WORK_ORDERS_MAX)
        count = CHECK_IN_WORK_ORDERS_MAX;
    for (size_t i = 0; i < count; i++)
        if (uuid_parse(json_string_value(json_array_get(ids, i)), &body->work_order_ids[i]) < 0)
            return; /* the schema has refused such a body */
    body->key.work_order_ids = body->work_order_ids;
    body->key.work_order_count = count;
}

/* The position as WGS-84, when the datum can be undone there. */
static void read_position(struct check_in_body *body)
{
    struct geo_point wgs84;
    if (geo_datum_to_wgs84(body->fix.datum, body->fix.position, &wgs84) < 0)
        return;
    body->key.has_position = true;
    body->key.latitude_deg = wgs84.lat_deg;
    body->key.longitude_deg = wgs84.lon_deg;
}

static void read_fix(struct check_in_body *body)
{
    const json_t *json = json_field(body->json, "fix");
    struct evidence_fix *fix = &body->fix;
    const char *datum = json_field_text(json, "datum");
    const char *provider = json_field_text(json, "provider");
    if (!json || !json_field_number(json, "latitude", &fix->position.lat_deg) ||
        !json_field_number(json, "longitude", &fix->position.lon_deg))
        return;
    if (!datum || geo_datum_parse(datum, &fix->datum) < 0)
        fix->datum = GEO_WGS84;
    body->has_fix = true;
    fix->has_accuracy = json_field_number(json, "accuracy_m", &fix->accuracy_m);
    fix->provider = provider;
    fix->mocked = json_field_is_true(json, "mocked");
    fix->has_fix_time = json_field_time_ms(json, "fix_at", &fix->fix_time_ms);
    fix->captured_at_ms = body->key.captured_at_ms;
    read_position(body);
}

static int read_ids(struct check_in_body *body)
{
    struct check_in_key *key = &body->key;
    bool complete = json_field_uuid(body->json, "id", &key->id) &&
                    json_field_uuid(body->json, "visit_id", &key->visit_id) &&
                    json_field_uuid(body->json, "site_id", &key->site_id) &&
                    json_field_time_ms(body->json, "captured_at", &key->captured_at_ms) &&
                    json_field_time_ms(body->json, "sent_at", &body->sent_at_ms);
    return complete ? 0 : -1;
}

int check_in_body_of(const json_t *json, struct check_in_body *ret)
{
    *ret = (struct check_in_body){.json = json};
    if (read_ids(ret) < 0)
        return -1;
    read_fix(ret);
    return 0;
}

int check_in_body_read(struct request *request, struct check_in_body *ret)
{
    int result = check_in_body_of(request->body.json, ret);
    ret->key.org_id = request->actor.org_id;
    ret->key.user_id = request->actor.user_id;
    ret->kind = json_field_text(ret->json, "kind");
    if (!ret->kind || result < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INVALID_BODY,
                           "The check-in is not readable.");
    ret->is_arrival = strcmp(ret->kind, "arrival") == 0;
    ret->is_departure = strcmp(ret->kind, "departure") == 0;
    read_work_orders(ret);
    return content_sha256(request, ret->json, "sent_at", ret->content_sha256);
}
