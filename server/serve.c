#include "server/serve.h"

#include "media/decoder_pool.h"
#include "server/app.h"
#include "server/base/log.h"
#include "server/base/turns.h"
#include "server/blobs/blobs.h"
#include "server/complain.h"
#include "server/config.h"
#include "server/http/auth.h"
#include "server/http/contract.h"
#include "server/http/edge.h"
#include "server/live/live.h"
#include "server/recurring.h"
#include "server/report_keeper.h"
#include "server/resources/auth.h"
#include "server/resources/child.h"
#include "server/resources/map_tiles.h"
#include "server/resources/passwords.h"
#include "server/resources/receipt_keys.h"
#include "server/resources/shared_link.h"
#include "server/resources/uploads.h"
#include "server/resources/video_decoders.h"
#include "server/resources/web_files.h"
#include "server/routes.h"
#include "server/store/migrate.h"
#include "server/sweeper.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)
/* The default of eight a core would keep memory apart for hundreds of threads. */
#define MALLOC_ARENAS 4
/* Freed memory that is kept: without it each request's arena is given back and faulted in again. */
#define MALLOC_KEPT_BYTES (4 * 1024 * 1024)

/** Everything that serving needs, in the order of its making. */
struct server {
    const struct config *config;
    struct arena *arena;
    struct auth auth;
    struct app app;
    struct dispatcher dispatcher;
    struct edge *edge;
    struct recurring *recurring;
    struct report_keeper *report_keeper;
    struct sweeper *sweeper;
};

static int make_auth(struct server *server)
{
    const struct config *config = server->config;
    if (!config->token_secret || strlen(config->token_secret) < AUTH_SECRET_MIN_BYTES)
        return complain("Access tokens need a secret of at least %d characters; name its file in "
                        "FIELDPROOF_TOKEN_SECRET_FILE.",
                        AUTH_SECRET_MIN_BYTES);
    server->auth.secret = (const uint8_t *)config->token_secret;
    server->auth.secret_bytes = strlen(config->token_secret);
    server->auth.access_token_s = (int)config->access_token_s;
    if (!config->operator_token)
        return 0;
    if (strlen(config->operator_token) < AUTH_SECRET_MIN_BYTES)
        return complain("The operator key is shorter than %d characters; write a longer one to the "
                        "file of FIELDPROOF_OPERATOR_TOKEN_FILE.",
                        AUTH_SECRET_MIN_BYTES);
    return auth_set_operator(&server->auth, config->operator_token)
               ? complain("OpenSSL gives no SHA-256.")
               : 0;
}

/* Links begin with it and go on with a slash, so it is checked once, here. */
static int check_public_url(const struct config *config)
{
    const char *url = config->public_url;
    size_t scheme = url && strncmp(url, "https://", 8) == 0  ? 8
                    : url && strncmp(url, "http://", 7) == 0 ? 7
                                                             : 0;
    if (!url || (scheme > 0 && url[scheme] && url[strlen(url) - 1] != '/' &&
                 !url[strcspn(url, " \t\"'<>\\?#")]))
        return 0;
    return complain("FIELDPROOF_PUBLIC_URL is '%.100s'; write it as https://service.example, "
                    "without a slash at its end.",
                    url);
}

static int make_contract(struct server *server)
{
    const char *error = NULL;
    if (contract_create(server->arena, contract_text, contract_text_bytes, routes, route_count,
                        &server->app.contract, &error))
        return complain("The route table and the contract disagree: %s.", error);
    return 0;
}

static int make_database(struct server *server)
{
    const struct config *config = server->config;
    const struct db_pool_config pool = {config->database_url, (int)config->database_connections,
                                        (int)config->database_wait_ms};
    struct migrate_report report = {.applied = 0};
    if (!config->database_url)
        return complain("No database is named; set FIELDPROOF_DATABASE_URL.");
    int checked = migrate_check(config->database_url, &report);
    if (checked == MIGRATE_UNREACHABLE)
        LOG(LOG_WARNING, "database_unreachable", LOG_NUMBER("schema", report.schema));
    else if (checked)
        return complain("%s", report.sentence);
    return db_pool_create(&pool, &server->app.db_pool)
               ? complain("There is no memory for the database connections.")
               : 0;
}

/* A stream holds a thread for as long as it lasts: half of them stay for everything else. */
static int make_live(struct server *server)
{
    const struct config *config = server->config;
    int64_t half = config->threads / 2;
    const struct live_config live = {
        .database_url = config->database_url,
        .db_pool = server->app.db_pool,
        .streams_max = (int)(config->event_streams < half ? config->event_streams : half),
        .streams_per_organisation = (int)config->event_streams_per_organisation,
    };
    return live_create(&live, &server->app.live) ? complain("There is no memory to start.") : 0;
}

static int make_blobs(struct server *server)
{
    const char *dir = server->config->data_dir;
    if (blobs_open(dir, &server->app.blobs))
        return complain(
            "The photos' folder %s cannot be used (%s); correct FIELDPROOF_DATA_DIR or its rights.",
            dir, strerror(errno));
    return 0;
}

static int make_decoders(struct server *server)
{
    static const char *const argv[] = {"/proc/self/exe", "decoder", NULL};
    const struct config *config = server->config;
    struct media_decoder_pool_config pool = {
        .argv = argv,
        .process_count = (uint32_t)config->decoder_processes,
        .max_wait_ms = (uint32_t)config->decoder_wait_ms,
        .limits = media_limits_default(),
    };
    pool.limits.max_bytes = (uint64_t)config->photo_bytes_max;
    pool.limits.max_pixels = (uint64_t)config->photo_pixels_max;
    pool.limits.max_memory_bytes = (uint64_t)config->photo_memory_bytes_max;
    pool.limits.max_exif_bytes = (uint64_t)config->photo_exif_bytes_max;
    pool.limits.max_scans = (uint32_t)config->photo_scans_max;
    pool.limits.deadline_ms = (uint32_t)config->decoder_deadline_ms;
    int error = media_decoder_pool_create(&pool, &server->app.decoders);
    return error ? complain("The decoder processes cannot be started (%s).", strerror(-error)) : 0;
}

static int make_video_decoders(struct server *server)
{
    const struct config *config = server->config;
    struct media_limits limits = media_limits_default();
    limits.max_bytes = (uint64_t)config->video_bytes_max;
    limits.max_pixels = (uint64_t)config->video_pixels_max;
    limits.max_memory_bytes = (uint64_t)config->video_memory_bytes_max;
    limits.deadline_ms = (uint32_t)config->video_deadline_ms;
    return video_decoders_create(&limits, (uint32_t)config->decoder_wait_ms,
                                 &server->app.video_decoders)
               ? complain("There is no memory to start.")
               : 0;
}

static int make_passwords(struct server *server)
{
    return passwords_create(&server->app.passwords)
               ? complain("There is no memory to hash a password.")
               : 0;
}

static int make_receipt_keys(struct server *server)
{
    const struct config *config = server->config;
    switch (receipt_keys_create(config->receipt_key, config->receipt_former_keys,
                                &server->app.receipt_keys)) {
    case 0:
        return 0;
    case RECEIPT_KEYS_PRIVATE:
        return complain("Receipts need a private key of 64 hexadecimal digits; name its file in "
                        "FIELDPROOF_RECEIPT_KEY_FILE.");
    case RECEIPT_KEYS_FORMER:
        return complain("FIELDPROOF_RECEIPT_FORMER_KEYS holds what is no public key; write the "
                        "\"x\" of keys that /v1/receipt-keys showed, with commas between.");
    default:
        return complain("OpenSSL gives no Ed25519 signatures.");
    }
}

static int make_child_turns(struct server *server)
{
    return child_turns_create(&server->app.child_turns) ? complain("There is no memory to start.")
                                                        : 0;
}

static int make_web_files(struct server *server)
{
    const char *error = "";
    const char *folder = server->config->web_dir;
    if (web_files_load(folder, &server->app.web_files, &error))
        return complain("The web app's folder %s %s; build it anew, or correct FIELDPROOF_WEB_DIR.",
                        folder ? folder : "(none)", error);
    return 0;
}

static int make_map_tiles(struct server *server)
{
    const char *error = NULL;
    if (map_tiles_create(server->arena, server->config, &server->app.map_tiles, &error))
        return complain("%s", error ? error
                                    : "The map's settings cannot be used; write "
                                      "FIELDPROOF_MAP_ATTRIBUTION in UTF-8.");
    return 0;
}

static void make_dispatcher(struct server *server)
{
    server->dispatcher = (struct dispatcher){
        .routes = routes,
        .route_count = route_count,
        .contract = server->app.contract,
        .db_pool = server->app.db_pool,
        .metrics = server->app.metrics,
        .authorise = auth_authorise,
        .authorise_queued = auth_authorise_queued,
    };
    server->app.dispatcher = &server->dispatcher;
}

static int stage(void *context, int *ret_fd, char ret_path[BODY_PATH_BYTES])
{
    int result = blobs_stage(context, ret_fd, ret_path);
    return result == BLOBS_FULL ? -2 : result;
}

static void decorate(const struct request *request, struct response *response)
{
    upload_decorate(request, response);
    shared_link_decorate(request, response);
}

static int make_edge(struct server *server)
{
    const struct config *config = server->config;
    const struct edge_config edge = {
        .listen = config->listen,
        .threads = (int)config->threads,
        .head_timeout_ms = (int)config->head_timeout_ms,
        .keep_alive_ms = (int)config->keep_alive_ms,
        .body_grace_ms = (int)config->body_grace_ms,
        .body_bytes_per_s = (int)config->body_bytes_per_s,
        .body_total_ms = (int)config->body_total_ms,
        .arena_ceiling_bytes = config->request_memory_bytes,
        .file_ceiling_bytes = config->photo_bytes_max,
        .file_count_ceiling = (int)config->photo_parts_max,
        .trusted_proxy = config->trusted_proxy,
    };
    const struct edge_parts parts = {
        .app = &server->app,
        .dispatcher = &server->dispatcher,
        .auth = &server->auth,
        .staging = {server->app.blobs, stage},
        .hooks = {.method = upload_method, .decorate = decorate},
    };
    char error[EDGE_ERROR_BYTES];
    return edge_start(&edge, &parts, &server->edge, error) ? complain("%s", error) : 0;
}

static int make_recurring(struct server *server)
{
    return recurring_start(server->app.db_pool, server->config, &server->recurring)
               ? complain("There is no thread for recurring work.")
               : 0;
}

static int start_report_keeper(struct server *server)
{
    return report_keeper_start(server->app.db_pool, (int)server->config->report_refresh_s,
                               &server->report_keeper)
               ? complain("The thread that counts for reports cannot be started.")
               : 0;
}

static int start_sweeper(struct server *server)
{
    const struct config *config = server->config;
    if (config->sweep_every_s > 0 && config->sweep_age_s < SWEEPER_AGE_LEAST_S)
        return complain("FIELDPROOF_SWEEP_AGE_S is %lld, and what is being stored would be swept; "
                        "set it to at least %d, or FIELDPROOF_SWEEP_EVERY_S to 0.",
                        (long long)config->sweep_age_s, SWEEPER_AGE_LEAST_S);
    return sweeper_start(config, &server->sweeper)
               ? complain("The thread that sweeps cannot be started.")
               : 0;
}

static int make(struct server *server)
{
    server->arena = arena_create(ARENA_BYTES);
    server->app.config = server->config;
    server->app.auth = &server->auth;
    if (!server->arena || metrics_create(routes, route_count, &server->app.metrics))
        return complain("There is no memory to start.");
    if (check_public_url(server->config) || make_auth(server) || make_contract(server) ||
        make_database(server) || make_live(server) || make_blobs(server) || make_decoders(server) ||
        make_video_decoders(server) || make_passwords(server) || make_receipt_keys(server) ||
        make_child_turns(server) || make_map_tiles(server) || make_web_files(server))
        return -1;
    make_dispatcher(server);
    return start_report_keeper(server) || start_sweeper(server) || make_edge(server)
               ? -1
               : make_recurring(server);
}

static void take_apart(struct server *server)
{
    report_keeper_stop(server->report_keeper);
    sweeper_stop(server->sweeper);
    edge_stop(server->edge);
    recurring_stop(server->recurring);
    passwords_free(server->app.passwords);
    receipt_keys_free(server->app.receipt_keys);
    turns_free(server->app.child_turns);
    web_files_free(server->app.web_files);
    video_decoders_free(server->app.video_decoders);
    if (server->app.decoders)
        media_decoder_pool_free(server->app.decoders);
    if (server->app.blobs)
        blobs_close(server->app.blobs);
    live_free(server->app.live);
    if (server->app.db_pool)
        db_pool_free(server->app.db_pool);
    metrics_free(server->app.metrics);
    arena_free(server->arena);
}

/* Every connection is a descriptor, and an upload is three more; the usual soft limit is 1024. */
static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
        LOG(LOG_WARNING, "file_limit_stays", LOG_NUMBER("limit", limit.rlim_cur));
}

static void wait_for_signal(const sigset_t *signals)
{
    int number = 0;
    LOG(LOG_INFO, "started", LOG_NUMBER("routes", route_count));
    while (sigwait(signals, &number) != 0) {
    }
    LOG(LOG_INFO, "stopping", LOG_NUMBER("signal", number));
}

int serve_run(const struct config *config)
{
    struct server server = {.config = config};
    sigset_t signals;
    /* Blocked before the first thread starts, so that every thread inherits it and only sigwait()
     * sees them. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    mallopt(M_ARENA_MAX, MALLOC_ARENAS);
    mallopt(M_TRIM_THRESHOLD, MALLOC_KEPT_BYTES);
    int result = make(&server);
    if (!result) {
        wait_for_signal(&signals);
        live_end_streams(server.app.live);
        edge_drain(server.edge, (int)config->drain_s);
    }
    take_apart(&server);
    if (!result)
        LOG(LOG_INFO, "stopped", LOG_NUMBER("status", 0));
    return result ? EXIT_FAILURE : EXIT_SUCCESS;
}
