/** A site's place and fence: what the client gives, in any datum, and what the rules use, in
 * WGS-84.
 */
#ifndef FIELDPROOF_RESOURCES_SITE_GEOMETRY_H
#define FIELDPROOF_RESOURCES_SITE_GEOMETRY_H

#include "server/http/request.h"

#include <jansson.h>

/**
 * Turns the members datum, position, radius_m and polygon of a site into the columns of the same
 * and of their WGS-84 forms. Nothing happens to a row that has none of them.
 *
 * A change is judged together with what stays: the new datum needs new coordinates, a site has
 * either a radius or a polygon, and the fence must be one (geo/fence.h).
 *
 * @param present the site as the contract shows it; NULL for a new one.
 * @return 0; or -1 with a problem that points at the member and says what is wrong with it.
 */
int site_geometry_complete(struct request *request, const json_t *present, json_t *row) MUST_CHECK;

#endif
