#include "server/resources/master_data.h"

#include "server/canonical/canonical_json.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/like_pattern.h"
#include "server/resources/page.h"

#include <stdlib.h>

static int not_found(struct request *request, const struct master_resource *resource)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND, "There is no such %s.",
                       resource->noun);
}

static int read_key(struct request *request, const struct master_resource *resource,
                    struct master_key *ret)
{
    ret->org_id = request->actor.org_id;
    return request_uuid(request, resource->path_parameter, &ret->id);
}

static void release(void *json)
{
    json_decref(json);
}

/* The row as JSON text. Canonical, because that writes numbers as short as they were given. */
static int make_row(struct request *request, const struct master_resource *resource,
                    const json_t *present, const json_t *body, const char **ret_text)
{
    char *text;
    size_t length;
    json_t *row = json_copy((json_t *)body); /* shallow; jansson copies const values, too */
    if (!row || arena_defer(request->arena, release, row) < 0 ||
        (resource->make_row && resource->make_row(request, present, row) < 0) ||
        canonical_json_dump(row, &text, &length) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The server failed.");
    if (arena_defer(request->arena, free, text) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The server failed.");
    *ret_text = text;
    return 0;
}

int master_content_sha256(struct request *request, const json_t *body, uint8_t ret_sha256[32])
{
    const char *name;
    json_t *value;
    json_t *stated = json_object();
    json_object_foreach((json_t *)body, name, value) if (!json_is_null(value))
        json_object_set(stated, name, value);
    int result = stated ? content_sha256(request, stated, "id", ret_sha256) : -1;
    json_decref(stated);
    return result;
}

int master_list(struct request *request, struct response *response,
                const struct master_resource *resource)
{
    struct page page;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    if (page_read(request, "tu", &page) < 0)
        return -1;
    db_add_uuid(&parameters, request->arena, &request->actor.org_id);
    db_add_text(&parameters, like_pattern_containing(request->arena, request_query(request, "q")));
    for (int i = 0; i < MASTER_FILTERS_MAX && resource->filters[i]; i++)
        db_add_text(&parameters, request_query(request, resource->filters[i]));
    page_add(&parameters, request->arena, &page);
    if (db_query(request->db, resource->table->list, &parameters, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

int master_create(struct request *request, struct response *response,
                  const struct master_resource *resource)
{
    const json_t *body = request->body.json;
    struct master_key key = {.org_id = request->actor.org_id};
    struct master_entity entity;
    uint8_t digest[32];
    const char *row = NULL, *taken_by = NULL;
    bool is_replay;
    if (!json_field_uuid(body, "id", &key.id) ||
        make_row(request, resource, NULL, body, &row) < 0 ||
        master_content_sha256(request, body, digest) < 0 ||
        master_data_insert(request->db, request->arena, resource->table, &key, row, digest,
                           &taken_by) < 0 ||
        create_outcome(request, taken_by, digest, &is_replay) < 0 ||
        master_data_get(request->db, request->arena, resource->table, &key, &entity) < 0)
        return -1;
    return create_answer(request, is_replay, entity.json, entity.version, response);
}

int master_show(struct request *request, struct response *response,
                const struct master_resource *resource)
{
    struct master_key key;
    struct master_entity entity;
    if (read_key(request, resource, &key) < 0 ||
        master_data_get(request->db, request->arena, resource->table, &key, &entity) < 0)
        return -1;
    if (!entity.json)
        return not_found(request, resource);
    return entity_answer(request, entity.json, entity.version, response);
}

static int read_present(struct request *request, const struct master_entity *entity,
                        const json_t **ret)
{
    json_t *json = json_loads(entity->json, 0, NULL);
    if (!json || arena_defer(request->arena, release, json) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The server failed.");
    *ret = json;
    return 0;
}

static int apply_change(struct request *request, const struct master_resource *resource,
                        const struct master_key *key, const struct master_entity *present)
{
    const json_t *json = NULL;
    const char *row = NULL;
    if (read_present(request, present, &json) < 0 ||
        make_row(request, resource, json, request->body.json, &row) < 0)
        return -1;
    return master_data_change(request->db, request->arena, resource->table, key, row);
}

int master_change(struct request *request, struct response *response,
                  const struct master_resource *resource)
{
    struct master_key key;
    struct master_entity entity;
    if (read_key(request, resource, &key) < 0 ||
        master_data_lock(request->db, request->arena, resource->table, &key, &entity) < 0)
        return -1;
    if (!entity.json)
        return not_found(request, resource);
    if (entity_check_match(request, entity.version) < 0 ||
        apply_change(request, resource, &key, &entity) < 0 ||
        master_data_get(request->db, request->arena, resource->table, &key, &entity) < 0)
        return -1;
    return entity_answer(request, entity.json, entity.version, response);
}

int master_delete(struct request *request, struct response *response,
                  const struct master_resource *resource)
{
    struct master_key key;
    bool existed;
    if (read_key(request, resource, &key) < 0 ||
        master_data_delete(request->db, request->arena, resource->table, &key, &existed) < 0)
        return -1;
    if (!existed)
        return not_found(request, resource);
    response->status = 204;
    return 0;
}
