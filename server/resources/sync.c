#include "server/resources/sync.h"

#include "server/app.h"
#include "server/base/buffer.h"
#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/config.h"
#include "server/http/reply.h"
#include "server/http/subrequest.h"
#include "server/resources/json_fields.h"
#include "server/resources/sync_order.h"

#include <string.h>

/* The share of a request's memory that the answers of one batch may take together; a client can ask
 * for those that are left out. */
#define BODIES_SHARE 8

/** A batch on its way. */
struct batch {
    struct request *request;
    const json_t *operations;
    size_t count;
    struct sync_item *items; /* in the order in which they are carried out */
    const char **results;    /* JSON texts, in the order of the batch */
    size_t results_bytes;
    size_t bodies_bytes;
    size_t bodies_max_bytes;
    int64_t ends_at_us; /* nothing is begun later */
};

enum outcome { ACCEPTED, REPLAYED, REFUSED, RETRY_LATER };

static const char *outcome_name(enum outcome outcome)
{
    static const char *const names[] = {"accepted", "replayed", "refused", "retry_later"};
    return names[outcome];
}

/* The list of problems (server/base/problem.h) alone says what may succeed later. */
static enum outcome outcome_of(const struct subrequest *subrequest)
{
    const struct problem *problem = &subrequest->request.problem;
    if (problem->is_set)
        return problem_info(problem->type)->retryable ? RETRY_LATER : REFUSED;
    return response_is_replay(&subrequest->response) ? REPLAYED : ACCEPTED;
}

static const char *id_of(const struct sync_item *item)
{
    struct uuid id;
    return json_field_uuid(item->json, "id", &id) ? json_field_text(item->json, "id") : NULL;
}

/* The element of the result list. */
static int keep_result(struct batch *batch, const struct sync_item *item,
                       const struct subrequest *subrequest)
{
    struct arena *arena = batch->request->arena;
    const struct problem *problem = &subrequest->request.problem;
    const struct response *response = &subrequest->response;
    const char *id = id_of(item);
    int retry_after_s = problem->is_set ? reply_retry_after_s(problem) : 0;
    bool fits = batch->bodies_bytes + response->text_bytes <= batch->bodies_max_bytes;
    const char *body = problem->is_set || !fits ? "null" : response->text;
    const char *quote = id ? "\"" : "";
    const char *text =
        arena_printf(arena,
                     "{\"id\":%s%s%s,\"outcome\":\"%s\",\"status\":%d,\"problem\":%s,\"body\":%s,"
                     "\"retry_after_s\":%s}",
                     quote, id ? id : "null", quote, outcome_name(outcome_of(subrequest)),
                     response->status, problem->is_set ? response->text : "null", body,
                     retry_after_s ? arena_printf(arena, "%d", retry_after_s) : "null");
    if (!text)
        return -1;
    batch->bodies_bytes += body == response->text ? response->text_bytes : 0;
    batch->results_bytes += strlen(text);
    batch->results[item->index] = text;
    return 0;
}

static void report(const struct batch *batch, const struct sync_item *item,
                   const struct subrequest *subrequest, int64_t duration_us)
{
    const struct route *route = subrequest->request.route;
    const struct problem *problem = &subrequest->request.problem;
    const char *operation = route ? route->operation_id : "none";
    const char *outcome = outcome_name(outcome_of(subrequest));
    const char *id = id_of(item);
    struct metrics *metrics = batch->request->app->metrics;
    metrics_count(metrics, METRICS_SYNC_OPERATIONS, operation, 1);
    metrics_count(metrics, METRICS_SYNC_OUTCOMES, outcome, 1);
    LOG(subrequest->response.status >= 500 ? LOG_WARNING : LOG_INFO, "sync_operation",
        LOG_TEXT("request_id", batch->request->id), LOG_NUMBER("index", item->index),
        LOG_TEXT("id", id), LOG_TEXT("operation", operation), LOG_TEXT("outcome", outcome),
        LOG_NUMBER("status", subrequest->response.status),
        LOG_TEXT("problem", problem->is_set ? problem_info(problem->type)->code : ""),
        LOG_NUMBER("duration_us", duration_us));
}

static int refuse_late(struct request *request)
{
    problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                "The batch took too long to get here; send what is left of it again.");
    request->problem.retry_after_s = 1;
    return -1;
}

/* Negative: the problem is set, and the operation is not carried out. */
static int check_turn(const struct batch *batch, const struct sync_item *item, const char *place,
                      struct request *request)
{
    const struct contract_operation *sync = contract_operation_named(
        batch->request->app->contract, batch->request->route->operation_id);
    if (schema_check(sync->element, item->json, place, PROBLEM_INVALID_FIELD, request->arena,
                     &request->problem))
        return -1;
    const struct sync_item *awaited =
        sync_order_waits_for(item, batch->items, (size_t)(item - batch->items));
    if (awaited)
        return problem_set(&request->problem, request->arena, PROBLEM_OUT_OF_ORDER,
                           "It waits for operation %zu of this batch, which is to be sent again.",
                           awaited->index);
    return clock_monotonic_us() < batch->ends_at_us ? 0 : refuse_late(request);
}

static void release(void *json)
{
    json_decref(json);
}

/* A transition is known again by an id: without one of its own it has that of the queue's item. */
static const json_t *body_of(struct arena *arena, const json_t *operation)
{
    const json_t *body = json_field(operation, "body");
    if (strcmp(json_field_text(operation, "operation"), "transitionWorkOrder") != 0 ||
        json_field(body, "id"))
        return body;
    json_t *copy = json_copy((json_t *)body); /* shallow; jansson copies const values, too */
    if (!copy || json_object_set(copy, "id", json_object_get(operation, "id")) ||
        arena_defer(arena, release, copy))
        return NULL;
    return copy;
}

static void carry_out(const struct batch *batch, const struct sync_item *item,
                      struct subrequest *subrequest)
{
    struct request *request = &subrequest->request;
    const char *place = arena_printf(request->arena, "/operations/%zu", item->index);
    if (!place || check_turn(batch, item, place, request)) {
        subrequest_refuse(subrequest);
        return;
    }
    const struct subrequest_call call = {
        .operation_id = json_field_text(item->json, "operation"),
        .parameters = json_field(item->json, "parameters"),
        .body = body_of(request->arena, item->json),
        .place = place,
    };
    subrequest_run(request->app->dispatcher, subrequest, &call);
}

/* The session ended while the batch ran. What was accepted stays, and is a replay the next time. */
static int refuse_batch(struct request *request, const struct problem *problem)
{
    return problem_set(&request->problem, request->arena, PROBLEM_UNAUTHENTICATED, "%s",
                       problem->detail);
}

static int judge(struct batch *batch, struct sync_item *item)
{
    struct request *request = batch->request;
    int64_t began_us = clock_monotonic_us();
    struct subrequest *subrequest =
        subrequest_open(request, (size_t)request->app->config->request_memory_bytes);
    if (!subrequest)
        return -1;
    carry_out(batch, item, subrequest);
    item->is_unsettled = outcome_of(subrequest) == RETRY_LATER;
    report(batch, item, subrequest, clock_monotonic_us() - began_us);
    const struct problem *problem = &subrequest->request.problem;
    int result = problem->is_set && problem->type == PROBLEM_UNAUTHENTICATED
                     ? refuse_batch(request, problem)
                     : keep_result(batch, item, subrequest);
    subrequest_close(subrequest);
    return result;
}

static int check_count(struct request *request, size_t count)
{
    int64_t most = request->app->config->sync_operations_max;
    if ((int64_t)count <= most)
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_TOO_LARGE, "/operations",
                       "max_items", "The batch has %zu operations; at most %lld are allowed.",
                       count, (long long)most);
}

static int answer(const struct batch *batch, struct response *response)
{
    char now[CLOCK_TEXT_BYTES];
    struct buffer text;
    clock_format_rfc3339(clock_now_ms(), now);
    buffer_init(&text, batch->request->arena, batch->results_bytes + batch->count + 128);
    buffer_append_text(&text, "{\"results\":[");
    for (size_t i = 0; i < batch->count; i++) {
        buffer_append_text(&text, i ? "," : "");
        buffer_append_text(&text, batch->results[i]);
    }
    buffer_printf(&text, "],\"server_time\":\"%s\"}", now);
    if (text.failed)
        return -1;
    response_json(response, 200, text.text);
    return 0;
}

static int open_batch(struct request *request, struct batch *ret)
{
    const struct config *config = request->app->config;
    *ret = (struct batch){.request = request,
                          .operations = json_field(request->body.json, "operations"),
                          .bodies_max_bytes = (size_t)config->request_memory_bytes / BODIES_SHARE,
                          .ends_at_us = clock_monotonic_us() + config->sync_ms * 1000};
    ret->count = json_array_size(ret->operations);
    if (check_count(request, ret->count) < 0)
        return -1;
    ret->items = arena_alloc(request->arena, sizeof *ret->items * (ret->count + 1));
    ret->results = arena_alloc(request->arena, sizeof *ret->results * (ret->count + 1));
    if (!ret->items || !ret->results)
        return -1;
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = sync_order_item(json_array_get(ret->operations, i), i);
    sync_order_sort(ret->items, ret->count);
    return 0;
}

int sync_batch(struct request *request, struct response *response)
{
    struct batch batch;
    if (open_batch(request, &batch) < 0)
        return -1;
    for (size_t i = 0; i < batch.count; i++)
        if (judge(&batch, &batch.items[i]) < 0)
            return -1;
    return answer(&batch, response);
}
