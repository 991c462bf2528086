#include "server/resources/devices.h"

#include "server/resources/actors.h"
#include "server/resources/derived_id.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"

int device_read(struct request *request, const json_t *named, const struct uuid *org_id,
                const struct uuid *user_id, struct device_row *ret)
{
    char user[UUID_TEXT_BYTES];
    struct device_row row = {
        .org_id = *org_id,
        .user_id = *user_id,
        .own_id = json_field_text(named, "id"),
        .name = json_field_text(named, "name"),
        .model = json_field_text(named, "model"),
        .platform = json_field_text(named, "platform"),
    };
    uuid_format(user_id, user);
    const char *name = arena_printf(request->arena, "%s/%s", user, row.own_id);
    if (!name || derived_id(org_id, "device", name, &row.id) < 0)
        return -1;
    *ret = row;
    return 0;
}

int device_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters parameters = {0};
    const char *user_id = request_query(request, "user_id");
    int may_see = actor_narrow_technician(request, &user_id);
    if (may_see < 0 || page_read(request, "mu", &page) < 0)
        return -1;
    if (may_see == 0) {
        response_json(response, 200, "{\"items\":[],\"next_cursor\":null}");
        return 0;
    }
    device_list_parameters(&parameters, request->arena, &request->actor.org_id, user_id);
    page_add(&parameters, request->arena, &page);
    if (device_list(request->db, &parameters, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such device.");
}

int device_remove(struct request *request, struct response *response)
{
    const struct actor *actor = &request->actor;
    struct uuid id;
    bool was_there;
    if (request_uuid(request, "device_id", &id) < 0 ||
        device_revoke(request->db, request->arena, &actor->org_id, &id, &actor->user_id,
                      &was_there) < 0)
        return -1;
    response->status = 204;
    return was_there ? 0 : not_found(request);
}

int device_bring_back(struct request *request, struct response *response)
{
    struct uuid id;
    bool was_there;
    if (request_uuid(request, "device_id", &id) < 0 ||
        device_restore(request->db, request->arena, &request->actor.org_id, &id, &was_there) < 0)
        return -1;
    response->status = 204;
    return was_there ? 0 : not_found(request);
}
