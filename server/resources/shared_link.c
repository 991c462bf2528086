#include "server/resources/shared_link.h"

#include "server/app.h"
#include "server/config.h"
#include "server/resources/client_address.h"
#include "server/resources/customer_page.h"
#include "server/resources/link_token.h"
#include "server/resources/transaction.h"

#include <string.h>

/* Many customers may share one office's address. */
#define ADDRESS_REQUESTS_FACTOR 10

/* What carries a token in its path. */
#define SHARED_PATH "/v1/shared/"
#define PAGE_PATH   "/c/"
#define PACK_PATH   "/v1/packs/"

/** A request on its way to its link. */
struct opening {
    uint8_t token_sha256[32];
    uint8_t address_sha256[32];
    int64_t weight;
    bool is_view;
    struct shared_throttle counts;
    struct shared_link link;
    bool is_found;
};

static bool is_within_limits(const struct request *request, const struct opening *opening)
{
    int64_t allowed = request->app->config->shared_requests;
    return opening->counts.of_link <= allowed &&
           opening->counts.of_address <= allowed * ADDRESS_REQUESTS_FACTOR;
}

/* Commits whatever it finds, so that what is refused has been counted, too. */
static int count_and_find(struct request *request, void *context)
{
    struct opening *opening = context;
    struct db *db = request->db;
    if (shared_throttle_count(db, request->arena, &opening->link.org_id, opening->token_sha256,
                              opening->address_sha256, opening->weight,
                              request->app->config->shared_window_s, &opening->counts) < 0)
        return -1;
    if (!is_within_limits(request, opening))
        return 0;
    if (shared_link_find(db, request->arena, opening->token_sha256, &opening->link,
                         &opening->is_found) < 0)
        return -1;
    return opening->is_view && opening->is_found && !opening->link.is_expired
               ? shared_link_viewed(db, request->arena, &opening->link, request->address)
               : 0;
}

static int refuse_unknown(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is nothing behind this link.");
}

static int refuse_too_many(struct request *request, int64_t left_s)
{
    problem_set(&request->problem, request->arena, PROBLEM_TOO_MANY_REQUESTS,
                "This link was asked too often; wait %lld seconds.",
                (long long)(left_s > 0 ? left_s : 1));
    request->problem.retry_after_s = (int)(left_s > 0 ? left_s : 1);
    return -1;
}

static int open_link(struct request *request, int64_t weight, bool is_view, struct shared_link *ret)
{
    struct opening opening = {.weight = weight, .is_view = is_view};
    if (link_token_parse(request_parameter(request, "token"), &opening.link.org_id,
                         opening.token_sha256) < 0)
        return refuse_unknown(request);
    client_address_digest(request, "shared address", opening.address_sha256);
    if (transaction_run(request, &opening.link.org_id, count_and_find, &opening) < 0)
        return -1;
    if (!is_within_limits(request, &opening))
        return refuse_too_many(request, opening.counts.left_s);
    if (!opening.is_found)
        return refuse_unknown(request);
    if (opening.link.is_expired)
        return problem_set(&request->problem, request->arena, PROBLEM_LINK_EXPIRED,
                           "This link has expired; ask for a new one.");
    if (!opening.link.photo_rule)
        opening.link.photo_rule = CUSTOMER_PAGE_PHOTOS;
    request->actor.org_id = opening.link.org_id;
    *ret = opening.link;
    return 0;
}

int shared_link_open(struct request *request, int64_t weight, struct shared_link *ret)
{
    return open_link(request, weight, false, ret);
}

int shared_link_open_to_view(struct request *request, struct shared_link *ret)
{
    return open_link(request, 1, true, ret);
}

static void set_header(struct response *response, const char *name, const char *value)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcmp(response->headers[i].name, name) == 0) {
            response->headers[i].value = value;
            return;
        }
    response_header(response, name, value);
}

static bool carries_token(const struct route *route)
{
    return route && (strncmp(route->path, SHARED_PATH, strlen(SHARED_PATH)) == 0 ||
                     strncmp(route->path, PAGE_PATH, strlen(PAGE_PATH)) == 0 ||
                     strncmp(route->path, PACK_PATH, strlen(PACK_PATH)) == 0);
}

void shared_link_decorate(const struct request *request, struct response *response)
{
    if (!carries_token(request->route))
        return;
    set_header(response, "Cache-Control", "private, no-store");
    set_header(response, "Referrer-Policy", "no-referrer");
    set_header(response, "X-Robots-Tag", "noindex, nofollow, noarchive");
}
