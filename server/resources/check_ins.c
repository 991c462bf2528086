#include "server/resources/check_ins.h"

#include "server/app.h"
#include "server/base/hex.h"
#include "server/resources/actors.h"
#include "server/resources/check_in_answer.h"
#include "server/resources/check_in_body.h"
#include "server/resources/check_in_judgement.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/late_arrival.h"
#include "server/resources/photo_intake.h"
#include "server/resources/retakes.h"
#include "server/resources/tally.h"
#include "server/resources/visit_judgement.h"
#include "server/store/visit.h"

#include <string.h>

/* What the preparation leaves to the handler, by way of request->prepared. */
struct prepared {
    struct check_in_body body;
    size_t photo_count;
    struct uuid photo_ids[REQUEST_FILES_MAX];
    const char *places[REQUEST_FILES_MAX];
    struct decoded_photo *photos[REQUEST_FILES_MAX];
};

static const json_t *find_declaration(const json_t *photos, const struct uuid *id)
{
    size_t i;
    const json_t *photo;
    json_array_foreach(photos, i, photo)
    {
        struct uuid declared;
        if (json_field_uuid(photo, "id", &declared) && uuid_equal(&declared, id))
            return photo;
    }
    return NULL;
}

static int prepare_photo(struct request *request, struct prepared *prepared, size_t i)
{
    const struct body_file *file = &request->body.files[i];
    const char *place = arena_printf(request->arena, "part:%s", file->part_name);
    if (!place)
        return -1;
    if (uuid_parse(file->part_name, &prepared->photo_ids[i]) < 0 ||
        !find_declaration(json_field(prepared->body.json, "photos"), &prepared->photo_ids[i]))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, place,
                           "declared",
                           "A part is named by the id of a photo that the check-in announces.");
    prepared->places[i] = place;
    prepared->photo_count = i + 1;
    return 0;
}

int check_in_create_prepare(struct request *request, struct response *response)
{
    (void)response;
    struct prepared *prepared = arena_alloc(request->arena, sizeof *prepared);
    if (!prepared || check_in_body_read(request, &prepared->body) < 0)
        return -1;
    for (size_t i = 0; i < request->body.file_count; i++)
        if (prepare_photo(request, prepared, i) < 0)
            return -1;
    for (size_t i = 0; i < prepared->photo_count; i++)
        if (photo_intake_decode(request, &request->body.files[i], prepared->places[i], false,
                                &prepared->photos[i]) < 0)
            return -1;
    request->prepared = prepared;
    return 0;
}

static int check_references(struct request *request, const struct check_in_context *context)
{
    if (!context->site_is_known)
        return problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE, "/site_id",
                           "known", "There is no such site.");
    if (context->unknown_work_orders > 0)
        return problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE,
                           "/work_order_ids", "known", "%d of the work orders do not exist.",
                           (int)context->unknown_work_orders);
    if (context->visit_exists && !context->visit_is_own)
        return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/visit_id",
                           "own", "The visit of this id is not yours.");
    if (context->visit_exists && !context->visit_is_at_site)
        return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/site_id",
                           "same_visit_same_site", "The visit of this id is at another site.");
    return 0;
}

static struct scan_row scan_row_of(const json_t *scan)
{
    return (struct scan_row){
        .id = json_field_text(scan, "id"),
        .captured_at = json_field_text(scan, "captured_at"),
        .symbology = json_field_text(scan, "symbology"),
        .value = json_field_text(scan, "value"),
        .entered = json_field_text(scan, "entered"),
    };
}

static int insert_scans(struct request *request, const struct check_in_body *body,
                        const struct check_in_context *context)
{
    const json_t *scans = json_field(body->json, "scans");
    size_t count = json_array_size(scans);
    const struct scan_asset *assets;
    size_t asset_count;
    if (count == 0)
        return 0;
    const char **values = arena_alloc(request->arena, sizeof *values * count);
    for (size_t i = 0; values && i < count; i++)
        values[i] = json_field_text(json_array_get(scans, i), "value");
    if (!values || scan_assets(request->db, request->arena, &body->key.org_id, values, count,
                               &assets, &asset_count) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct scan_row row = scan_row_of(json_array_get(scans, i));
        if (check_in_judge_scan(request, body, context, assets, asset_count, &row) < 0 ||
            scan_insert(request->db, request->arena, &body->key, &row) < 0)
            return -1;
        tally_findings(request, &row.judgement);
    }
    return 0;
}

static int declare_photos(struct request *request, const struct check_in_body *body)
{
    const struct check_in_key *key = &body->key;
    struct photo_place place = {key->org_id, key->id, key->visit_id, key->site_id, key->user_id};
    size_t i;
    const json_t *photo;
    json_array_foreach(json_field(body->json, "photos"), i, photo)
    {
        struct photo_declaration declaration = {
            .id = json_field_text(photo, "id"),
            .role = json_field_text(photo, "role"),
            .work_order_id = json_field_text(photo, "work_order_id"),
            .retake_of = json_field_text(photo, "retake_of"),
            .caption = json_field_text(photo, "caption"),
            .captured_at = json_field_text(photo, "captured_at"),
            .sha256 = json_field_text(photo, "sha256"),
            .media = json_field_text(photo, "media"),
        };
        if (photo_declare(request->db, request->arena, &place, &declaration) < 0)
            return -1;
    }
    return 0;
}

static int sight_visit(struct request *request, const struct check_in_body *body,
                       const struct judgement *judgement, bool is_first)
{
    const struct check_in_key *key = &body->key;
    struct visit_sighting sighting = {
        .org_id = key->org_id,
        .visit_id = key->visit_id,
        .site_id = key->site_id,
        .technician_id = key->user_id,
        .captured_at_ms = key->captured_at_ms,
        .is_arrival = body->is_arrival,
        .is_departure = body->is_departure,
        .work_order_ids = key->work_order_ids,
        .work_order_count = key->work_order_count,
        .judgement = judgement,
        .is_first = is_first,
    };
    return visit_sight(request->db, request->arena, &sighting);
}

static int insert_row(struct request *request, const struct check_in_body *body,
                      const struct check_in_verdict *verdict)
{
    const char *device = json_text(request->arena, json_field(body->json, "device"));
    const char *work_orders = json_text(request->arena, json_field(body->json, "work_order_ids"));
    struct check_in_row row = {
        .key = &body->key,
        .kind = body->kind,
        .sent_at_ms = body->sent_at_ms,
        .received_at_ms = request->received_at_ms,
        .fix = json_text(request->arena, json_field(body->json, "fix")),
        .has_accuracy = body->has_fix && body->fix.has_accuracy,
        .accuracy_m = body->fix.accuracy_m,
        .has_fence_distance = verdict->has_fence_distance,
        .fence_distance_m = verdict->fence_distance_m,
        .geofence = verdict->geofence,
        .device = device ? device : "{}",
        .note = json_field_text(body->json, "note"),
        .work_order_ids = work_orders ? work_orders : "[]",
        .judgement = verdict->judgement,
        .content_sha256 = body->content_sha256,
    };
    return check_in_insert(request->db, request->arena, &row);
}

static int conflict(struct request *request)
{
    return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/id",
                       "same_id_same_content",
                       "A check-in of this id exists with other content; nothing was changed.");
}

/* Whose the visit is, and whether it has other check-ins, is certain only once it is locked. */
static int look_for_company(struct request *request, const struct check_in_key *key,
                            bool *ret_has_company)
{
    struct check_in_company company;
    if (check_in_company(request->db, request->arena, key, &company) < 0)
        return -1;
    if (!company.visit_is_own)
        return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/visit_id",
                           "own", "The visit of this id is not yours, or at another site.");
    *ret_has_company = company.has_others;
    return 0;
}

/*
 * A new check-in with everything that its JSON says; its photos' bytes come afterwards. The first
 * of a visit needs no look at others: if there is one by now, PostgreSQL refuses the visit's row.
 * Files can be taken in once only, so a request with files does not bet on that.
 */
static int create(struct request *request, const struct check_in_body *body,
                  const struct check_in_context *context, struct check_in_verdict *ret_verdict,
                  bool *ret_has_company)
{
    bool is_first =
        !context->visit_exists && !request->has_lost_bet && request->body.file_count == 0;
    if (check_references(request, context) < 0 ||
        retake_check_references(request, json_field(body->json, "photos"), &body->key.site_id) <
            0 ||
        check_in_judge(request, body, context, ret_verdict) < 0 ||
        sight_visit(request, body, &ret_verdict->judgement, is_first) < 0 ||
        insert_row(request, body, ret_verdict) < 0)
        return -1;
    *ret_has_company = false;
    request->bets = is_first;
    if (!is_first && look_for_company(request, &body->key, ret_has_company) < 0)
        return -1;
    *ret_has_company = *ret_has_company || context->visit_exists; /* by its sheet alone, perhaps */
    tally_check_in(request, &ret_verdict->judgement);
    return insert_scans(request, body, context) < 0 ? -1 : declare_photos(request, body);
}

static int store_photos(struct request *request, struct prepared *prepared, bool *ret_any_new)
{
    *ret_any_new = false;
    for (size_t i = 0; i < prepared->photo_count; i++) {
        bool replayed;
        if (photo_intake_store(request, &prepared->photo_ids[i], prepared->places[i],
                               prepared->photos[i], &replayed) < 0)
            return -1;
        *ret_any_new = *ret_any_new || !replayed;
    }
    return 0;
}

/* A first arrival with nothing else says nothing about its visit that its own verdict does not. */
static bool visit_needs_judgement(const struct prepared *prepared, bool has_company, bool is_new,
                                  bool any_photo_new)
{
    if (!is_new)
        return any_photo_new;
    return any_photo_new || has_company || prepared->body.is_departure ||
           !prepared->body.is_arrival || json_array_size(json_field(prepared->body.json, "scans"));
}

static int answer_stored(struct request *request, const struct check_in_key *key, bool is_new,
                         struct response *response)
{
    struct db_rows *rows = arena_alloc(request->arena, sizeof *rows);
    if (!rows || check_in_get_at_commit(request->db, request->arena, &key->org_id, &key->id,
                                        actor_language(request), rows) < 0)
        return -1;
    if (!is_new)
        response_header(response, "Idempotency-Replayed", "true");
    response_json_at_commit(response, is_new ? 201 : 200, rows);
    return 0;
}

/* What is new and has neither photos nor scans need not be read back. */
static int answer(struct request *request, const struct check_in_body *body, bool is_new,
                  const struct check_in_context *context, const struct check_in_verdict *verdict,
                  struct response *response)
{
    if (!is_new || json_array_size(json_field(body->json, "photos")) > 0 ||
        json_array_size(json_field(body->json, "scans")) > 0)
        return answer_stored(request, &body->key, is_new, response);
    const char *json = check_in_answer(request, body, context, verdict);
    if (!json)
        return -1;
    response_json(response, 201, json);
    return 0;
}

int check_in_create(struct request *request, struct response *response)
{
    struct prepared *prepared = request->prepared;
    struct check_in_body *body = &prepared->body;
    struct check_in_context context;
    struct check_in_verdict verdict;
    char visit_id[UUID_TEXT_BYTES];
    bool any_photo_new, has_company = true;
    if (check_in_context(request->db, request->arena, &body->key, &context) < 0)
        return -1;
    bool is_new = !context.existing_content_sha256;
    char content[2 + 65] = "\\x";
    hex_encode(body->content_sha256, 32, content + 2);
    if (!is_new &&
        (!context.existing_is_own || strcmp(content, context.existing_content_sha256) != 0))
        return conflict(request);
    if (is_new && create(request, body, &context, &verdict, &has_company) < 0)
        return -1;
    uuid_format(&body->key.visit_id, visit_id);
    if (is_new && body->is_arrival && has_company &&
        late_arrival_apply(request, visit_id, body->key.captured_at_ms, context.policy) < 0)
        return -1;
    if (store_photos(request, prepared, &any_photo_new) < 0)
        return -1;
    if (visit_needs_judgement(prepared, has_company, is_new, any_photo_new) &&
        visit_judgement_renew(request, visit_id) < 0)
        return -1;
    return answer(request, body, is_new, &context, &verdict, response);
}

int check_in_show(struct request *request, struct response *response)
{
    struct uuid id;
    const char *json;
    if (request_uuid(request, "check_in_id", &id) < 0 ||
        check_in_get(request->db, request->arena, &request->actor.org_id, &id,
                     actor_own_only(request), actor_language(request), &json) < 0)
        return -1;
    if (!json)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such check-in.");
    return entity_answer_digested(request, json, response);
}
