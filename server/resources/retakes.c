#include "server/resources/retakes.h"

#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/store/review.h"

int retake_list_page(struct request *request, struct response *response)
{
    return page_answer_of_technician(request, retake_list, response);
}

static bool contains(const struct db_rows *rows, const char *text)
{
    struct uuid wanted, found;
    if (uuid_parse(text, &wanted) < 0)
        return false;
    for (int i = 0; i < rows->count; i++)
        if (uuid_parse(db_value(rows, i, 0), &found) == 0 && uuid_equal(&found, &wanted))
            return true;
    return false;
}

int retake_check_references(struct request *request, const json_t *photos,
                            const struct uuid *site_id)
{
    const char *ids[REQUEST_FILES_MAX];
    size_t i, count = 0;
    const json_t *photo;
    struct db_rows known;
    int result = 0;
    json_array_foreach(photos, i, photo)
    {
        const char *id = json_field_text(photo, "retake_of");
        if (id && count < REQUEST_FILES_MAX)
            ids[count++] = id;
    }
    if (count == 0)
        return 0;
    if (retake_targets(request->db, request->arena, &request->actor.org_id, ids, count,
                       &request->actor.user_id, site_id, &known) < 0)
        return -1;
    json_array_foreach(photos, i, photo)
    {
        const char *id = json_field_text(photo, "retake_of");
        if (id && !contains(&known, id))
            result = problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE,
                                 arena_printf(request->arena, "/photos/%zu/retake_of", i), "known",
                                 "No earlier photo of yours at this site has this id.");
    }
    return result;
}
