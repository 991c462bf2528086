#include "server/resources/waiting.h"

#include "server/app.h"
#include "server/config.h"
#include "server/store/waiting.h"

int waiting_is_over(struct request *request, const char *subject, int64_t heard_at_ms, int times,
                    bool *ret)
{
    int64_t since_ms;
    if (!subject ||
        waiting_since(request->db, request->arena, &request->actor.org_id, &request->actor.user_id,
                      subject, request->received_at_ms, &since_ms) < 0)
        return -1;
    int64_t began_ms = since_ms > heard_at_ms ? since_ms : heard_at_ms;
    *ret =
        request->received_at_ms - began_ms >= request->app->config->evidence_wait_s * 1000 * times;
    request->keeps_refusal = !*ret;
    return 0;
}

int waiting_is_over_of(struct request *request, const char *kind, const char *id, bool *ret)
{
    return waiting_is_over(request, arena_printf(request->arena, "%s/%s", kind, id), 0, 1, ret);
}
