/** The map that a tile server draws under the desk's plans, if the operator names one. */
#ifndef FIELDPROOF_RESOURCES_MAP_TILES_H
#define FIELDPROOF_RESOURCES_MAP_TILES_H

#include "server/base/arena.h"
#include "server/config.h"
#include "server/http/route.h"

/** What the settings FIELDPROOF_MAP_… come to; the arena's. */
struct map_tiles {
    /** For the desk's img-src: a space, then scheme, host and port; "" without a tile server. */
    const char *picture_source;
    const char *json; /**< what getMap answers */
};

/**
 * Checks the settings once, before serving: the URL ends up in a content-security policy and in the
 * browser, so only what is plainly a template of https://host/…{z}…{x}…{y}… is taken.
 *
 * @param[out] ret_error a sentence that says what to do; static.
 * @return 0, or -1 with the sentence; NULL there when the attribution is not
 * UTF-8 or there is no memory.
 */
int map_tiles_create(struct arena *arena, const struct config *config, const struct map_tiles **ret,
                     const char **ret_error) MUST_CHECK;

route_handler map_show;

#endif
