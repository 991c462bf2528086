#include "server/resources/sites.h"

#include "server/resources/json_fields.h"
#include "server/resources/master_data.h"
#include "server/resources/site_geometry.h"

static int check_time_zone(struct request *request, const json_t *row)
{
    const char *name = json_field_text(row, "time_zone");
    bool is_known = true;
    if (name && time_zone_is_known(request->db, name, &is_known) < 0)
        return -1;
    return is_known ? 0
                    : problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                                  "/time_zone", "time_zone",
                                  "The IANA database has no time zone \"%s\"; write it like "
                                  "Asia/Shanghai.",
                                  name);
}

static int make_site_row(struct request *request, const json_t *present, json_t *row)
{
    int time_zone = check_time_zone(request, row);
    int geometry = site_geometry_complete(request, present, row);
    return time_zone < 0 || geometry < 0 ? -1 : 0;
}

static const struct master_resource sites = {
    .noun = "site",
    .path_parameter = "site_id",
    .table = &master_sites,
    .filters = {"customer_id"},
    .make_row = make_site_row,
};

MASTER_HANDLERS(site, sites)
