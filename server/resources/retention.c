#include "server/resources/retention.h"

#include "server/base/hex.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/store/retention.h"

#include <openssl/evp.h>
#include <string.h>

static const char kept_for_ever[] =
    "{\"originals_months\":null,\"thumbnails_months\":null,\"version\":0,\"changed_by\":null,"
    "\"changed_at\":null}";

static int answer(struct request *request, struct response *response)
{
    struct retention retention;
    if (retention_get(request->db, request->arena, &request->actor.org_id, &retention) < 0)
        return -1;
    return entity_answer(request, retention.json ? retention.json : kept_for_ever,
                         retention.version, response);
}

int retention_show(struct request *request, struct response *response)
{
    return answer(request, response);
}

/* Small pictures are kept at least as long as what they are made of. */
static int read_rules(struct request *request, struct retention_rules *ret)
{
    const json_t *body = request->body.json;
    *ret = (struct retention_rules){
        json_integer_value(json_field(body, "originals_months")),
        json_integer_value(json_field(body, "thumbnails_months")),
    };
    if (ret->thumbnails_months == 0 ||
        (ret->originals_months > 0 && ret->thumbnails_months >= ret->originals_months))
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                       "/thumbnails_months", "minimum",
                       "Thumbnails are kept at least as long as originals.");
}

/* Names these rules at this version: whoever confirms them has asked what they would do. */
static int confirmation_of(struct request *request, const struct retention_rules *rules,
                           int64_t version, const char **ret)
{
    char org_id[UUID_TEXT_BYTES];
    uint8_t digest[32];
    char *text = arena_alloc(request->arena, 33);
    uuid_format(&request->actor.org_id, org_id);
    const char *named =
        arena_printf(request->arena, "retention %s %lld %lld %lld", org_id, (long long)version,
                     (long long)rules->originals_months, (long long)rules->thumbnails_months);
    if (!text || !named || EVP_Digest(named, strlen(named), digest, NULL, EVP_sha256(), NULL) != 1)
        return -1;
    hex_encode(digest, 16, text);
    *ret = text;
    return 0;
}

int retention_try(struct request *request, struct response *response)
{
    const struct uuid *org_id = &request->actor.org_id;
    struct retention_rules rules;
    struct retention retention;
    struct retention_preview preview;
    const char *confirmation;
    if (read_rules(request, &rules) < 0 ||
        retention_get(request->db, request->arena, org_id, &retention) < 0 ||
        retention_preview(request->db, request->arena, org_id, &rules, &preview) < 0 ||
        confirmation_of(request, &rules, retention.version, &confirmation) < 0)
        return -1;
    const char *json =
        arena_printf(request->arena,
                     "{\"originals\":%lld,\"original_bytes\":%lld,\"thumbnails\":%lld,"
                     "\"spared\":%lld,\"confirmation\":\"%s\"}",
                     (long long)preview.originals, (long long)preview.original_bytes,
                     (long long)preview.thumbnails, (long long)preview.spared, confirmation);
    if (!json)
        return -1;
    response_json(response, 200, json);
    return 0;
}

/* 0 is for ever. */
static bool is_sooner(int64_t months, int64_t before)
{
    return months > 0 && (before == 0 || months < before);
}

static int check_confirmation(struct request *request, const struct retention_rules *rules,
                              const struct retention *before)
{
    const char *given = json_field_text(request->body.json, "confirmation");
    const char *wanted;
    if (!is_sooner(rules->originals_months, before->rules.originals_months) &&
        !is_sooner(rules->thumbnails_months, before->rules.thumbnails_months))
        return 0;
    if (confirmation_of(request, rules, before->version, &wanted) < 0)
        return -1;
    if (given && strcmp(given, wanted) == 0)
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                       "These rules remove more. Ask for their preview first, and send the "
                       "confirmation that it answers.");
}

int retention_change(struct request *request, struct response *response)
{
    const struct actor *actor = &request->actor;
    struct retention_rules rules;
    struct retention before;
    if (read_rules(request, &rules) < 0 ||
        retention_lock(request->db, request->arena, &actor->org_id, &before) < 0 ||
        entity_check_match(request, before.version) < 0 ||
        check_confirmation(request, &rules, &before) < 0 ||
        retention_set(request->db, request->arena, &actor->org_id, &rules, &actor->user_id) < 0)
        return -1;
    return answer(request, response);
}

static int no_visit(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such visit.");
}

int hold_put(struct request *request, struct response *response)
{
    const struct actor *actor = &request->actor;
    struct uuid visit_id;
    bool is_known;
    const char *json;
    if (request_uuid(request, "visit_id", &visit_id) < 0 ||
        hold_set(request->db, request->arena, &actor->org_id, &visit_id, &actor->user_id,
                 json_field_text(request->body.json, "reason"), &is_known) < 0)
        return -1;
    if (!is_known)
        return no_visit(request);
    if (hold_get(request->db, request->arena, &actor->org_id, &visit_id, &json) < 0 || !json)
        return -1;
    response_json(response, 200, json);
    return 0;
}

int hold_remove(struct request *request, struct response *response)
{
    struct uuid visit_id;
    bool is_known;
    if (request_uuid(request, "visit_id", &visit_id) < 0 ||
        hold_release(request->db, request->arena, &request->actor.org_id, &visit_id, &is_known) < 0)
        return -1;
    response->status = 204;
    return is_known ? 0 : no_visit(request);
}

int hold_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters limits = {0};
    if (page_read(request, "mu", &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (hold_list(request->db, request->arena, &request->actor.org_id, &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}
