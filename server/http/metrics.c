#include "server/http/metrics.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define VALUES_MAX     64
#define VALUE_BYTES    48
#define STATUS_CLASSES 5

static const int64_t bucket_us[] = {1000,   2500,   5000,    10000,   25000,   50000,
                                    100000, 250000, 1000000, 2500000, 10000000};
#define BUCKETS ARRAY_LENGTH(bucket_us)

struct labelled {
    _Atomic int count; /* slots below it are complete and never change their text */
    char texts[VALUES_MAX][VALUE_BYTES];
    _Atomic int64_t values[VALUES_MAX];
};

struct route_figures {
    _Atomic int64_t by_status[STATUS_CLASSES];
    _Atomic int64_t duration_us;
};

struct metrics {
    const struct route *routes;
    size_t route_count;
    struct route_figures *by_route; /* one more than routes: the last is "no route" */
    _Atomic int64_t buckets[BUCKETS + 1];
    _Atomic int64_t duration_us;
    _Atomic int in_flight;
    struct {
        _Atomic int64_t count;
        _Atomic int64_t duration_us;
    } stages[METRICS_STAGE_COUNT];
    struct labelled counters[METRICS_COUNTER_COUNT];
    pthread_mutex_t new_label;
};

int metrics_create(const struct route *routes, size_t route_count, struct metrics **ret)
{
    struct metrics *metrics = calloc(1, sizeof *metrics);
    struct route_figures *by_route = calloc(route_count + 1, sizeof *by_route);
    if (!metrics || !by_route) {
        free(metrics);
        free(by_route);
        return -1;
    }
    metrics->routes = routes;
    metrics->route_count = route_count;
    metrics->by_route = by_route;
    pthread_mutex_init(&metrics->new_label, NULL);
    *ret = metrics;
    return 0;
}

void metrics_free(struct metrics *metrics)
{
    if (!metrics)
        return;
    pthread_mutex_destroy(&metrics->new_label);
    free(metrics->by_route);
    free(metrics);
}

void metrics_request_began(struct metrics *metrics)
{
    atomic_fetch_add(&metrics->in_flight, 1);
}

int metrics_requests_in_flight(const struct metrics *metrics)
{
    return atomic_load(&metrics->in_flight);
}

void metrics_request_ended(struct metrics *metrics, size_t route_index, int status,
                           int64_t duration_us)
{
    struct route_figures *figures =
        &metrics->by_route[route_index < metrics->route_count ? route_index : metrics->route_count];
    int status_class = status >= 100 && status < 600 ? status / 100 - 1 : 4;
    size_t bucket = 0;
    while (bucket < BUCKETS && duration_us > bucket_us[bucket])
        bucket++;
    atomic_fetch_add(&figures->by_status[status_class], 1);
    atomic_fetch_add(&figures->duration_us, duration_us);
    atomic_fetch_add(&metrics->buckets[bucket], 1);
    atomic_fetch_add(&metrics->duration_us, duration_us);
    atomic_fetch_sub(&metrics->in_flight, 1);
}

static int find_label(const struct labelled *labelled, const char *text)
{
    int count = atomic_load(&labelled->count);
    for (int i = 0; i < count; i++)
        if (strcmp(labelled->texts[i], text) == 0)
            return i;
    return -1;
}

static int add_label(struct metrics *metrics, struct labelled *labelled, const char *text)
{
    pthread_mutex_lock(&metrics->new_label);
    int slot = find_label(labelled, text);
    int count = atomic_load(&labelled->count);
    if (slot < 0 && count < VALUES_MAX) {
        slot = count;
        snprintf(labelled->texts[slot], VALUE_BYTES, "%s",
                 count == VALUES_MAX - 1 ? "other" : text);
        atomic_store(&labelled->count, count + 1);
    }
    pthread_mutex_unlock(&metrics->new_label);
    return slot < 0 ? VALUES_MAX - 1 : slot;
}

void metrics_count(struct metrics *metrics, enum metrics_counter counter, const char *label_value,
                   int64_t amount)
{
    struct labelled *labelled = &metrics->counters[counter];
    int slot = find_label(labelled, label_value);
    if (slot < 0)
        slot = add_label(metrics, labelled, label_value);
    atomic_fetch_add(&labelled->values[slot], amount);
}

void metrics_stage(struct metrics *metrics, enum metrics_stage stage, int64_t duration_us)
{
    atomic_fetch_add(&metrics->stages[stage].count, 1);
    atomic_fetch_add(&metrics->stages[stage].duration_us, duration_us);
}

static void render_head(struct buffer *buffer, const char *name, const char *type, const char *help)
{
    buffer_printf(buffer, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void metrics_render_gauge(struct buffer *buffer, const char *name, const char *help, int64_t value)
{
    render_head(buffer, name, "gauge", help);
    buffer_printf(buffer, "%s %" PRId64 "\n", name, value);
}

static void render_requests(const struct metrics *metrics, struct buffer *buffer)
{
    render_head(buffer, "fieldproof_requests_total", "counter",
                "Requests answered, by operation and status class");
    for (size_t i = 0; i <= metrics->route_count; i++) {
        const char *operation = i < metrics->route_count ? metrics->routes[i].operation_id : "none";
        for (int j = 0; j < STATUS_CLASSES; j++) {
            int64_t count = atomic_load(&metrics->by_route[i].by_status[j]);
            if (count)
                buffer_printf(buffer,
                              "fieldproof_requests_total{operation=\"%s\",status=\"%dxx\"} %" PRId64
                              "\n",
                              operation, j + 1, count);
        }
    }
    render_head(buffer, "fieldproof_request_seconds_total", "counter",
                "Time spent on requests, by operation");
    for (size_t i = 0; i <= metrics->route_count; i++) {
        int64_t duration_us = atomic_load(&metrics->by_route[i].duration_us);
        if (duration_us)
            buffer_printf(buffer, "fieldproof_request_seconds_total{operation=\"%s\"} %.6f\n",
                          i < metrics->route_count ? metrics->routes[i].operation_id : "none",
                          (double)duration_us / 1e6);
    }
}

static void render_latency(const struct metrics *metrics, struct buffer *buffer)
{
    int64_t total = 0;
    render_head(buffer, "fieldproof_request_seconds", "histogram",
                "Time from the request's head to its reply");
    for (size_t i = 0; i < BUCKETS; i++) {
        total += atomic_load(&metrics->buckets[i]);
        buffer_printf(buffer, "fieldproof_request_seconds_bucket{le=\"%g\"} %" PRId64 "\n",
                      (double)bucket_us[i] / 1e6, total);
    }
    total += atomic_load(&metrics->buckets[BUCKETS]);
    buffer_printf(buffer, "fieldproof_request_seconds_bucket{le=\"+Inf\"} %" PRId64 "\n", total);
    buffer_printf(buffer, "fieldproof_request_seconds_sum %.6f\n",
                  (double)atomic_load(&metrics->duration_us) / 1e6);
    buffer_printf(buffer, "fieldproof_request_seconds_count %" PRId64 "\n", total);
}

static void render_stages(const struct metrics *metrics, struct buffer *buffer)
{
    static const char *const names[METRICS_STAGE_COUNT] = {"receive", "decode", "store", "commit"};
    render_head(buffer, "fieldproof_photo_stage_seconds", "summary",
                "Time photos spend in each stage");
    for (int i = 0; i < METRICS_STAGE_COUNT; i++) {
        buffer_printf(buffer, "fieldproof_photo_stage_seconds_sum{stage=\"%s\"} %.6f\n", names[i],
                      (double)atomic_load(&metrics->stages[i].duration_us) / 1e6);
        buffer_printf(buffer, "fieldproof_photo_stage_seconds_count{stage=\"%s\"} %" PRId64 "\n",
                      names[i], atomic_load(&metrics->stages[i].count));
    }
}

static void render_counters(const struct metrics *metrics, struct buffer *buffer)
{
    static const struct {
        const char *name, *label, *help;
    } infos[METRICS_COUNTER_COUNT] = {
#define X(name, text, label, help) {text, label, help},
        METRICS_COUNTERS(X)
#undef X
    };
    for (int i = 0; i < METRICS_COUNTER_COUNT; i++) {
        const struct labelled *labelled = &metrics->counters[i];
        render_head(buffer, infos[i].name, "counter", infos[i].help);
        for (int j = 0; j < atomic_load(&labelled->count); j++)
            buffer_printf(buffer, "%s{%s=\"%s\"} %" PRId64 "\n", infos[i].name, infos[i].label,
                          labelled->texts[j], atomic_load(&labelled->values[j]));
    }
}

void metrics_render(const struct metrics *metrics, struct buffer *buffer)
{
    render_requests(metrics, buffer);
    render_latency(metrics, buffer);
    metrics_render_gauge(buffer, "fieldproof_requests_in_flight", "Requests being answered",
                         metrics_requests_in_flight(metrics));
    render_stages(metrics, buffer);
    render_counters(metrics, buffer);
}
