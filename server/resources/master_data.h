/**
 * Customers, contacts, sites, assets and templates: what is the same of them. Each has a file that
 * fills a struct master_resource and hands it to these handlers.
 */
#ifndef FIELDPROOF_RESOURCES_MASTER_DATA_H
#define FIELDPROOF_RESOURCES_MASTER_DATA_H

#include "server/http/route.h"
#include "server/store/master_data.h"

#include <jansson.h>

#define MASTER_FILTERS_MAX 4

struct master_resource {
    const char *noun;           /**< "customer" */
    const char *path_parameter; /**< "customer_id" */
    const struct master_table *table;

    /** Query parameters besides `q`, in the order of the list's parameters from $3; ends with NULL.
     */
    const char *filters[MASTER_FILTERS_MAX];

    /**
     * Makes a row of what the client sent: a member that is not a column leaves, columns that
     * follow from others come. NULL: every member is a column.
     *
     * @param present the entity as the contract shows it, before a change; NULL for a new one.
     * @param row starts as a copy of the body.
     * @return 0; or -1 with the problem set.
     */
    int (*make_row)(struct request *request, const json_t *present, json_t *row);
};

int master_list(struct request *request, struct response *response,
                const struct master_resource *resource);
int master_create(struct request *request, struct response *response,
                  const struct master_resource *resource);
int master_show(struct request *request, struct response *response,
                const struct master_resource *resource);
int master_change(struct request *request, struct response *response,
                  const struct master_resource *resource);
int master_delete(struct request *request, struct response *response,
                  const struct master_resource *resource);

/**
 * The digest of what a client says of an entity. Its id does not count, nor does a member that is
 * null, so that an imported row and a JSON body of the same content are the same.
 */
int master_content_sha256(struct request *request, const json_t *body,
                          uint8_t ret_sha256[32]) MUST_CHECK;

/** Defines the five route handlers of a resource: NAME_list, NAME_create, NAME_show, … */
#define MASTER_HANDLERS(name, resource)                                                            \
    int name##_list(struct request *request, struct response *response)                            \
    {                                                                                              \
        return master_list(request, response, &(resource));                                        \
    }                                                                                              \
    int name##_create(struct request *request, struct response *response)                          \
    {                                                                                              \
        return master_create(request, response, &(resource));                                      \
    }                                                                                              \
    int name##_show(struct request *request, struct response *response)                            \
    {                                                                                              \
        return master_show(request, response, &(resource));                                        \
    }                                                                                              \
    int name##_change(struct request *request, struct response *response)                          \
    {                                                                                              \
        return master_change(request, response, &(resource));                                      \
    }                                                                                              \
    int name##_delete(struct request *request, struct response *response)                          \
    {                                                                                              \
        return master_delete(request, response, &(resource));                                      \
    }

#endif
