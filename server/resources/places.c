#include "server/resources/places.h"

#include "server/resources/page.h"
#include "server/store/master_data.h"
#include "server/store/place.h"

int site_check_in_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct master_key key = {.org_id = request->actor.org_id};
    struct master_entity site;
    struct db_parameters limits = {0};
    struct db_rows rows;
    if (request_uuid(request, "site_id", &key.id) < 0 || page_read(request, "mu", &page) < 0 ||
        master_data_get(request->db, request->arena, &master_sites, &key, &site) < 0)
        return -1;
    if (!site.json)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such site.");
    page_add(&limits, request->arena, &page);
    if (site_places(request->db, request->arena, &key.org_id, &key.id, &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}
