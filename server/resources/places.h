/** Where check-ins were made, for the desk's maps. */
#ifndef FIELDPROOF_RESOURCES_PLACES_H
#define FIELDPROOF_RESOURCES_PLACES_H

#include "server/http/route.h"

/** A site's check-ins with their fixes, newest first. */
route_handler site_check_in_list_page;

/** What a fence that is not stored (yet) would say of the site's newest check-ins. */
route_handler site_fence_preview;

/** The way that a visit's technician took on that day, check-in by check-in. */
route_handler visit_track_show;

#endif
