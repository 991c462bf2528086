/** Retakes: photos that managers ask technicians to take again. */
#ifndef FIELDPROOF_RESOURCES_RETAKES_H
#define FIELDPROOF_RESOURCES_RETAKES_H

#include "server/http/route.h"

route_handler retake_list_page;

/**
 * Checks the photos of a check-in that say which earlier photo they are taken again for: it must be
 * one that the same technician took at the same site.
 *
 * @param photos the check-in's array; may be NULL.
 * @return 0; or -1 with UNKNOWN_REFERENCE for each /photos/i/retake_of.
 */
int retake_check_references(struct request *request, const json_t *photos,
                            const struct uuid *site_id) MUST_CHECK;

#endif
