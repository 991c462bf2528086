#include "server/resources/work_schedules.h"

#include "server/app.h"
#include "server/base/clock.h"
#include "server/config.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/store/work_schedule.h"

#include <string.h>

static int not_found(struct request *request, const char *what)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND, "There is no such %s.",
                       what);
}

static int read_day(struct request *request, const char **ret_day)
{
    const char *day = request_parameter(request, "date");
    const char *moment = arena_printf(request->arena, "%sT00:00:00Z", day);
    int64_t time_ms;
    if (!moment || strlen(day) != 10 || clock_parse_rfc3339(moment, &time_ms) < 0)
        return not_found(request, "date");
    *ret_day = day;
    return 0;
}

/* The schedule and the day that the path names; the schedule is locked until the transaction ends.
 */
static int lock(struct request *request, struct work_schedule_key *ret_key, const char **ret_day)
{
    struct work_schedule_locked schedule;
    ret_key->org_id = request->actor.org_id;
    if (request_uuid(request, "schedule_id", &ret_key->id) < 0 || read_day(request, ret_day) < 0 ||
        work_schedule_lock(request->db, request->arena, ret_key, &schedule) < 0)
        return -1;
    return schedule.is_known ? 0 : not_found(request, "recurring work");
}

static int answer(struct request *request, const struct work_schedule_key *key,
                  struct response *response)
{
    const char *json;
    int64_t version;
    if (work_schedule_get(request->db, request->arena, key, &json, &version) < 0)
        return -1;
    return entity_answer(request, json, version, response);
}

int work_schedule_skip_date(struct request *request, struct response *response)
{
    struct work_schedule_key key;
    struct work_schedule_skip skip = {.reason = json_field_text(request->body.json, "reason"),
                                      .actor_id = &request->actor.user_id};
    bool has_day;
    if (lock(request, &key, &skip.day) < 0 ||
        work_schedule_has_day(request->db, request->arena, &key, skip.day, &has_day) < 0)
        return -1;
    if (!has_day)
        return not_found(request, "date to come of this recurring work");
    if (work_schedule_skip_day(request->db, request->arena, &key, &skip) < 0)
        return -1;
    return answer(request, &key, response);
}

int work_schedule_unskip_date(struct request *request, struct response *response)
{
    struct work_schedule_key key;
    const char *day = NULL;
    bool was_skipped;
    int64_t made;
    if (lock(request, &key, &day) < 0 ||
        work_schedule_unskip_day(request->db, request->arena, &key, day, &was_skipped) < 0)
        return -1;
    if (!was_skipped)
        return not_found(request, "skipped date");
    response->status = 204;
    return work_schedule_make(request->db, request->arena, &key,
                              request->app->config->schedule_days, day, &made);
}
