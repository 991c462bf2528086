#include "server/resources/health.h"

#include "media/decoder_pool.h"
#include "server/app.h"
#include "server/base/buffer.h"
#include "server/blobs/blobs.h"
#include "server/http/metrics.h"
#include "server/live/live.h"
#include "server/store/db.h"

#define PING_MS           2000
#define METRICS_MAX_BYTES ((size_t)1024 * 1024)

int health_get(struct request *request, struct response *response)
{
    (void)request;
    response_json(response, 200, "{\"status\":\"ok\"}");
    return 0;
}

static bool decoders_are_ready(const struct app *app)
{
    struct media_decoder_pool_statistics statistics;
    media_decoder_pool_statistics(app->decoders, &statistics);
    return statistics.alive_count > 0;
}

int health_get_readiness(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    bool database = db_pool_ping(app->db_pool, PING_MS) == 0;
    bool blobs = blobs_ping(app->blobs) == 0;
    bool decoders = decoders_are_ready(app);
    const char *text = arena_printf(
        request->arena, "{\"database\":\"%s\",\"blobs\":\"%s\",\"decoders\":\"%s\"}",
        database ? "ok" : "failed", blobs ? "ok" : "failed", decoders ? "ok" : "failed");
    if (!text)
        return -1;
    response_json(response, database && blobs && decoders ? 200 : 503, text);
    return 0;
}

static void render_pools(const struct app *app, struct buffer *buffer)
{
    struct db_pool_figures pool;
    struct media_decoder_pool_statistics decoders;
    db_pool_figures(app->db_pool, &pool);
    media_decoder_pool_statistics(app->decoders, &decoders);
    const struct {
        const char *name, *help;
        int64_t value;
    } gauges[] = {
        {"fieldproof_database_connections_open", "Open database connections", pool.open},
        {"fieldproof_database_connections_busy", "Database connections in use", pool.busy},
        {"fieldproof_database_waiting", "Requests that wait for a database connection",
         pool.waiting},
        {"fieldproof_event_streams", "Streams of changes that are open",
         live_stream_count(app->live)},
        {"fieldproof_decoders_wanted", "Decoder processes wanted", decoders.process_count},
        {"fieldproof_decoders_alive", "Decoder processes running", decoders.alive_count},
        {"fieldproof_decoders_busy", "Decoder processes at work", decoders.busy_count},
        {"fieldproof_decoder_queue", "Photos waiting for a decoder", decoders.queue_length},
        {"fieldproof_decoder_jobs", "Photos answered since the start", (int64_t)decoders.job_count},
        {"fieldproof_decoder_refusals", "Photos refused since the start",
         (int64_t)decoders.refused_count},
        {"fieldproof_decoder_deaths", "Decoders lost since the start",
         (int64_t)decoders.death_count},
        {"fieldproof_decoder_timeouts", "Decoders past their deadline since the start",
         (int64_t)decoders.timeout_count},
        {"fieldproof_decoder_wait_ms", "Time photos waited since the start",
         (int64_t)decoders.wait_ms_total},
        {"fieldproof_decoder_work_ms", "Time photos were decoded since the start",
         (int64_t)decoders.work_ms_total},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(gauges); i++)
        metrics_render_gauge(buffer, gauges[i].name, gauges[i].help, gauges[i].value);
}

int health_get_metrics(struct request *request, struct response *response)
{
    struct buffer buffer;
    buffer_init(&buffer, request->arena, METRICS_MAX_BYTES);
    metrics_render(request->app->metrics, &buffer);
    render_pools(request->app, &buffer);
    if (buffer.failed)
        return -1;
    response->content_type = "text/plain; version=0.0.4; charset=utf-8";
    response->text = buffer.text;
    response->text_bytes = buffer.length;
    return 0;
}
