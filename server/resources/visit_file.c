#include "server/resources/visit_file.h"

#include "server/resources/actors.h"
#include "server/resources/customer_links.h"
#include "server/resources/entity.h"
#include "server/resources/visit_sheets.h"
#include "server/store/customer_link.h"
#include "server/store/visit.h"
#include "server/store/visit_file.h"

#include <string.h>

#define FILE_BYTES_MAX ((size_t)16 * 1024 * 1024)

static int append_sheets(struct request *request, const struct visit_key *key,
                         struct buffer *buffer)
{
    const struct visit_sheet *sheets;
    size_t count;
    if (visit_sheet_list(request->db, request->arena, key, &sheets, &count) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const char *json, *tag;
        if (visit_sheet_json(request, &sheets[i], &json, &tag) < 0)
            return -1;
        buffer_append_text(buffer, i > 0 ? "," : "");
        buffer_append_text(buffer, json);
    }
    return 0;
}

static int append_links(struct request *request, const struct visit_key *key, struct buffer *buffer)
{
    struct db_rows rows;
    if (customer_link_list_around_visit(request->db, request->arena, &key->org_id, &key->visit_id,
                                        &rows) < 0)
        return -1;
    return customer_link_append_all(request, &rows, buffer);
}

static int compose(struct request *request, const struct visit_key *key, const char *visit,
                   struct buffer *buffer)
{
    const char *parts;
    if (visit_file_parts(request->db, request->arena, key, &parts) < 0)
        return -1;
    const char *members = strchr(parts, '{');
    if (!members)
        return -1;
    buffer_append_text(buffer, "{\"visit\":");
    buffer_append_text(buffer, visit);
    buffer_append_text(buffer, ",\"sheets\":[");
    if (append_sheets(request, key, buffer) < 0)
        return -1;
    buffer_append_text(buffer, "],\"links\":[");
    if (append_links(request, key, buffer) < 0)
        return -1;
    buffer_append_text(buffer, "],");
    buffer_append_text(buffer, members + 1);
    return buffer->failed ? -1 : 0;
}

int visit_file_show(struct request *request, struct response *response)
{
    struct visit_key key = {.org_id = request->actor.org_id};
    struct buffer buffer;
    const char *visit;
    if (request_uuid(request, "visit_id", &key.visit_id) < 0 ||
        visit_get(request->db, request->arena, &key.org_id, &key.visit_id, NULL,
                  actor_language(request), &visit) < 0)
        return -1;
    if (!visit)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such visit.");
    buffer_init(&buffer, request->arena, FILE_BYTES_MAX);
    if (visit_file_view_insert(request->db, request->arena, &key, &request->actor.user_id) < 0 ||
        compose(request, &key, visit, &buffer) < 0)
        return -1;
    response->holds_secret = true;
    return entity_answer_digested(request, buffer.text, response);
}
