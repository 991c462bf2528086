#include "server/resources/map_tiles.h"

#include "geo/datum.h"
#include "server/app.h"
#include "server/resources/entity.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* Of a host; what else could stand in a policy's source would change what the source means. */
#define HOST_CHARACTERS LETTERS DIGITS ".-"
/* RFC 3986 without the quotes; the braces are the template's. */
#define URL_CHARACTERS LETTERS DIGITS "-._~:/?#[]@!$&()*+,;=%{}"

static const char *const places[] = {"{z}", "{x}", "{y}"};

static size_t scheme_length(const char *url)
{
    if (strncmp(url, "https://", 8) == 0)
        return 8;
    return strncmp(url, "http://", 7) == 0 ? 7 : 0;
}

/* Scheme, host and port; 0: there is no such beginning. */
static size_t origin_length(const char *url)
{
    size_t scheme = scheme_length(url);
    size_t host = scheme ? strspn(url + scheme, HOST_CHARACTERS) : 0;
    size_t length = scheme + host;
    if (host == 0)
        return 0;
    if (url[length] == ':') {
        size_t port = strspn(url + length + 1, DIGITS);
        if (port == 0 || port > 5)
            return 0;
        length += 1 + port;
    }
    return url[length] == '/' ? length : 0;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

/* Each place once, and no other braces: a {s} would name hosts that the policy does not let in. */
static bool is_template(const char *path)
{
    size_t braces = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(places); i++)
        if (count_of(path, places[i]) != 1)
            return false;
    for (const char *at = path; *at; at++)
        braces += *at == '{' || *at == '}';
    return braces == 2 * ARRAY_LENGTH(places) && path[strspn(path, URL_CHARACTERS)] == '\0';
}

static bool is_link(const char *url)
{
    return scheme_length(url) > 0 && url[scheme_length(url)] &&
           url[strspn(url, URL_CHARACTERS)] == '\0' && !strpbrk(url, "{}");
}

/* One host alone is let in by the policy. */
static bool is_beside(const char *labels, const char *tiles)
{
    size_t origin = origin_length(tiles);
    return origin_length(labels) == origin && strncmp(labels, tiles, origin) == 0 &&
           is_template(labels + origin);
}

static const char *fault_of(const struct config *config, enum geo_datum *ret_datum)
{
    size_t origin = origin_length(config->map_tiles_url);
    if (origin == 0 || !is_template(config->map_tiles_url + origin))
        return "FIELDPROOF_MAP_TILES_URL is no template of a tile server; write it as "
               "https://tiles.example/{z}/{x}/{y}.png, with each of {z}, {x}, {y} once behind the "
               "host.";
    if (config->map_labels_url && !is_beside(config->map_labels_url, config->map_tiles_url))
        return "FIELDPROOF_MAP_LABELS_URL is no template of the same tile server; write it as "
               "FIELDPROOF_MAP_TILES_URL, with the same host.";
    if (!config->map_attribution)
        return "A map must name whose it is; set FIELDPROOF_MAP_ATTRIBUTION to what the tile "
               "server asks for, such as © OpenStreetMap contributors.";
    if (config->map_attribution_url && !is_link(config->map_attribution_url))
        return "FIELDPROOF_MAP_ATTRIBUTION_URL is no address; write it as https://….";
    if (geo_datum_parse(config->map_datum, ret_datum) < 0)
        return "FIELDPROOF_MAP_DATUM is none of wgs84, gcj02 and bd09; name the one that the tiles "
               "are drawn in.";
    return NULL;
}

static const char *text_of(struct arena *arena, json_t *json)
{
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    const char *copy = text ? arena_strdup(arena, text) : NULL;
    free(text);
    json_decref(json);
    return copy;
}

static json_t *tiles_json(const struct config *config, enum geo_datum datum)
{
    return json_pack("{s:s, s:s?, s:s, s:s?, s:I, s:s}", "url", config->map_tiles_url, "labels_url",
                     config->map_labels_url, "attribution", config->map_attribution,
                     "attribution_url", config->map_attribution_url, "zoom_max",
                     (json_int_t)config->map_zoom_max, "datum", geo_datum_name(datum));
}

int map_tiles_create(struct arena *arena, const struct config *config, const struct map_tiles **ret,
                     const char **ret_error)
{
    struct map_tiles *tiles = arena_alloc(arena, sizeof *tiles);
    enum geo_datum datum = GEO_WGS84;
    *ret_error = config->map_tiles_url ? fault_of(config, &datum) : NULL;
    if (*ret_error || !tiles)
        return -1;
    *tiles = (struct map_tiles){.picture_source = "", .json = "{\"tiles\":null}"};
    if (config->map_tiles_url) {
        tiles->picture_source = arena_printf(
            arena, " %.*s", (int)origin_length(config->map_tiles_url), config->map_tiles_url);
        tiles->json = text_of(arena, json_pack("{s:o}", "tiles", tiles_json(config, datum)));
        if (!tiles->picture_source || !tiles->json)
            return -1;
    }
    *ret = tiles;
    return 0;
}

int map_show(struct request *request, struct response *response)
{
    return entity_answer_digested(request, request->app->map_tiles->json, response);
}
