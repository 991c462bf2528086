#include "server/resources/audit_trail.h"

#include "server/resources/page.h"
#include "server/store/audit.h"

int audit_trail_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters limits = {0};
    const struct audit_filter filter = {
        .actor_id = request_query(request, "user_id"),
        .entity_id = request_query(request, "entity_id"),
        .entity_kind = request_query(request, "entity_kind"),
        .action = request_query(request, "action"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
    };
    if (page_read(request, "mu", &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (audit_list(request->db, request->arena, &request->actor.org_id, &filter, &limits, &rows) <
        0)
        return -1;
    return page_answer(request, &page, &rows, response);
}
