/**
 * Counters of what happened, for Prometheus. Thread-safe; counting takes no lock once a label is
 * known. Gauges of other modules (pools, queues) are appended by the handler of /metrics.
 */
#ifndef FIELDPROOF_HTTP_METRICS_H
#define FIELDPROOF_HTTP_METRICS_H

#include "server/base/buffer.h"
#include "server/http/route.h"

#include <stdint.h>

struct metrics;

/* X(NAME, "name", "label", "help"): counters with one label each */
#define METRICS_COUNTERS(X)                                                                        \
    X(REQUEST_REFUSALS, "fieldproof_refusals_total", "code", "Requests refused, by problem code")  \
    X(PHOTOS, "fieldproof_photos_total", "status", "Photos received, by the decoder's answer")     \
    X(PHOTO_BYTES, "fieldproof_photo_bytes_total", "kind", "Bytes of original photos stored")      \
    X(CHECK_INS, "fieldproof_check_ins_total", "verdict", "Check-ins stored, by verdict")          \
    X(FINDINGS, "fieldproof_findings_total", "code", "Findings, by code")                          \
    X(LOG_INS, "fieldproof_log_ins_total", "outcome", "Log-in attempts")                           \
    X(REPLAYS, "fieldproof_replays_total", "operation", "Requests that were replays")              \
    X(SYNC_OPERATIONS, "fieldproof_sync_operations_total", "operation", "Operations of batches")   \
    X(SYNC_OUTCOMES, "fieldproof_sync_outcomes_total", "outcome", "Operations of batches, judged")

enum metrics_counter {
#define X(name, text, label, help) METRICS_##name,
    METRICS_COUNTERS(X)
#undef X
        METRICS_COUNTER_COUNT
};

/** Stages of a photo's way whose durations are summed. */
enum metrics_stage {
    METRICS_STAGE_RECEIVE,
    METRICS_STAGE_DECODE,
    METRICS_STAGE_STORE,
    METRICS_STAGE_COMMIT,
    METRICS_STAGE_COUNT
};

/** `routes` label the requests. */
int metrics_create(const struct route *routes, size_t route_count, struct metrics **ret) MUST_CHECK;
void metrics_free(struct metrics *metrics);

/** Each that began must end. */
void metrics_request_began(struct metrics *metrics);

/** `route_index` is (size_t)-1 when no route was found. */
void metrics_request_ended(struct metrics *metrics, size_t route_index, int status,
                           int64_t duration_us);

/** How many requests are being answered. */
int metrics_requests_in_flight(const struct metrics *metrics);

/** Adds to the counter of that label value; past 64 values of one counter they become "other". */
void metrics_count(struct metrics *metrics, enum metrics_counter counter, const char *label_value,
                   int64_t amount);

/** Something went through that stage, and took so long. */
void metrics_stage(struct metrics *metrics, enum metrics_stage stage, int64_t duration_us);

/** Everything above in Prometheus' text format. */
void metrics_render(const struct metrics *metrics, struct buffer *buffer);

/** One gauge with its help lines. */
void metrics_render_gauge(struct buffer *buffer, const char *name, const char *help, int64_t value);

#endif
