#include "server/resources/sheet_wait.h"

#include "server/resources/json_fields.h"
#include "server/resources/waiting.h"
#include "server/store/sheet_wait.h"
#include "server/store/visit.h"

#include <strings.h>

/* As many as a sheet has lines. */
#define NAMED_MAX 100

int sheet_wait_is_over(struct request *request, const struct visit_key *key, int64_t version,
                       const struct visit_sheet_standing *standing, int times, bool *ret)
{
    char visit_id[UUID_TEXT_BYTES];
    uuid_format(&key->visit_id, visit_id);
    const char *subject =
        arena_printf(request->arena, "sheet/%s/%lld", visit_id, (long long)version);
    return waiting_is_over(request, subject, standing->last_check_in_ms, times, ret);
}

static size_t read_named(const struct request *request, struct uuid *ret)
{
    size_t i, count = 0;
    const json_t *done;
    json_array_foreach(json_field(request->body.json, "done"), i, done)
    {
        if (count < NAMED_MAX && json_field_uuid(done, "work_order_id", &ret[count]))
            count++;
    }
    return count;
}

static int refuse_unknown(struct request *request, const char *unknown)
{
    json_t *list = json_loads(unknown, 0, NULL);
    size_t i, k;
    const json_t *done, *id;
    json_array_foreach(json_field(request->body.json, "done"), i, done)
    {
        const char *named = json_field_text(done, "work_order_id");
        const char *place = arena_printf(request->arena, "/done/%zu/work_order_id", i);
        json_array_foreach(list, k, id)
        {
            if (named && strcasecmp(named, json_string_value(id)) == 0)
                (void)problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE,
                                  place ? place : "/done", "known", "There is no such work order.");
        }
    }
    json_decref(list);
    return -1;
}

static int find_places(struct request *request, const struct uuid *named, size_t count,
                       struct sheet_places *ret)
{
    if (sheet_wait_places(request->db, request->arena, &request->actor.org_id, named, count, ret) <
        0)
        return -1;
    return ret->unknown ? refuse_unknown(request, ret->unknown) : 0;
}

int sheet_wait_check_named(struct request *request)
{
    struct uuid named[NAMED_MAX];
    struct sheet_places places;
    return find_places(request, named, read_named(request, named), &places);
}

int sheet_wait_join_named(struct request *request, const struct visit_key *key)
{
    struct uuid named[NAMED_MAX];
    size_t count = read_named(request, named);
    return sheet_wait_join(request->db, request->arena, key, named, count);
}

static int find_site(struct request *request, struct uuid *ret)
{
    struct uuid named[NAMED_MAX];
    struct sheet_places places;
    size_t count = read_named(request, named);
    if (find_places(request, named, count, &places) < 0)
        return -1;
    if (json_field_uuid(request->body.json, "site_id", ret))
        return 0;
    if (places.site_count == 1 && uuid_parse(places.site_id, ret) == 0)
        return 0;
    return problem_add(
        &request->problem, request->arena, PROBLEM_INVALID_FIELD, "/site_id", "required",
        "No check-in of this visit came, and the work orders of the sheet do not tell "
        "its site: say it here.");
}

int sheet_wait_make_visit(struct request *request, const struct visit_key *key)
{
    const struct judgement none = {.verdict = "needs_review", .findings = "[]"};
    struct visit_sighting sighting = {
        .org_id = key->org_id,
        .visit_id = key->visit_id,
        .technician_id = request->actor.user_id,
        .captured_at_ms = request->received_at_ms,
        .judgement = &none,
    };
    (void)json_field_time_ms(request->body.json, "evidence_until", &sighting.captured_at_ms);
    if (find_site(request, &sighting.site_id) < 0)
        return -1;
    return visit_sight(request->db, request->arena, &sighting);
}
