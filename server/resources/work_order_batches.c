#include "server/resources/work_schedules.h"

#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/derived_id.h"
#include "server/resources/json_fields.h"
#include "server/store/work_schedule.h"

/* Ids that follow from the batch and the site: the same batch never makes others. */
static const char **derive_ids(struct request *request, const char *const *sites, size_t count)
{
    const char **ids = arena_alloc(request->arena, sizeof *ids * (count + 1));
    const char *noun = arena_printf(request->arena, "work order of batch %s at",
                                    json_field_text(request->body.json, "id"));
    for (size_t i = 0; ids && i < count; i++) {
        struct uuid id;
        char text[UUID_TEXT_BYTES];
        if (!noun || derived_id(&request->actor.org_id, noun, sites[i], &id) < 0)
            return NULL;
        uuid_format(&id, text);
        if (!(ids[i] = arena_printf(request->arena, "%s", text)))
            return NULL;
    }
    return ids;
}

static int read_batch(struct request *request, struct work_order_batch *batch)
{
    const json_t *body = request->body.json;
    const char **sites =
        json_texts(request->arena, json_field(body, "site_ids"), NULL, &batch->count);
    batch->key.org_id = request->actor.org_id;
    batch->creator_id = &request->actor.user_id;
    batch->body = json_text(request->arena, body);
    batch->template_id = json_field_text(body, "template_id");
    batch->assignees =
        json_texts(request->arena, json_field(body, "assignee_ids"), NULL, &batch->assignee_count);
    batch->ids = sites ? derive_ids(request, sites, batch->count) : NULL;
    return json_field_uuid(body, "id", &batch->key.id) && batch->body && batch->assignees &&
                   batch->ids
               ? 0
               : -1;
}

static int check(struct request *request)
{
    const json_t *body = request->body.json;
    if (!json_field_text(body, "title") && !json_field_text(body, "template_id"))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/title",
                           "required",
                           "A work order has a title, or a template that gives it one.");
    return work_schedule_check_references(request);
}

int work_order_batch_post(struct request *request, struct response *response)
{
    uint8_t content[32];
    struct work_order_batch batch = {.content_sha256 = content};
    const char *taken_by, *json;
    bool is_replay;
    if (check(request) < 0 || content_sha256(request, request->body.json, NULL, content) < 0 ||
        read_batch(request, &batch) < 0 ||
        work_order_batch_create(request->db, request->arena, &batch, &taken_by) < 0 ||
        create_outcome(request, taken_by, content, &is_replay) < 0 ||
        work_order_batch_get(request->db, request->arena, &batch.key, &json) < 0)
        return -1;
    return create_answer(request, is_replay, json, 0, response);
}
