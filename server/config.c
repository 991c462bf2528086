#include "server/config.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX  ((size_t)64 * 1024)
#define VALUE_BYTES_MAX ((size_t)4096)
#define PREFIX          "FIELDPROOF_"

enum option_type {
    OPTION_TEXT,
    OPTION_NUMBER,
    OPTION_SECRET,      /* a text that is never shown, here only as part of a connection string */
    OPTION_SECRET_FILE, /* the name of a file whose first line is the secret */
};

struct option {
    const char *name; /* of the environment variable, behind FIELDPROOF_ */
    enum option_type type;
    size_t offset;
    const char *fallback; /* NULL: none */
    int64_t least, most;
    const char *meaning;
};

#define AT(field) offsetof(struct config, field)

/* Alphabetical. */
static const struct option options[] = {
    {"ACCESS_TOKEN_S", OPTION_NUMBER, AT(access_token_s), "900", 30, 86400,
     "life of an access token, seconds"},
    {"BODY_BYTES_PER_S", OPTION_NUMBER, AT(body_bytes_per_s), "4096", 1, 1 << 30,
     "the least mean rate of a body or a download after its grace time"},
    {"BODY_GRACE_MS", OPTION_NUMBER, AT(body_grace_ms), "20000", 100, 3600000,
     "how long a body may be slower than that"},
    {"BODY_TOTAL_MS", OPTION_NUMBER, AT(body_total_ms), "900000", 1000, 86400000,
     "the longest that a body or a download may take"},
    {"CSV_ROWS", OPTION_NUMBER, AT(csv_rows), "50000", 1, 1000000,
     "the most rows of a list that is exported as CSV"},
    {"DATABASE_CONNECTIONS", OPTION_NUMBER, AT(database_connections), "24", 1, 1000,
     "the most database connections"},
    {"DATABASE_URL", OPTION_SECRET, AT(database_url), NULL, 0, 0,
     "PostgreSQL, as the role that serves requests (row-level security applies)"},
    {"DATABASE_WAIT_MS", OPTION_NUMBER, AT(database_wait_ms), "5000", 1, 600000,
     "how long a request waits for a free connection before 503"},
    {"DATA_DIR", OPTION_TEXT, AT(data_dir), "var/data", 0, 0, "folder of the photos"},
    {"DECODER_DEADLINE_MS", OPTION_NUMBER, AT(decoder_deadline_ms), "10000", 100, 600000,
     "the longest that one photo may be decoded"},
    {"DECODER_PROCESSES", OPTION_NUMBER, AT(decoder_processes), "0", 0, 256,
     "decoder processes; 0: one a core"},
    {"DECODER_WAIT_MS", OPTION_NUMBER, AT(decoder_wait_ms), "60000", 0, 3600000,
     "how long a photo waits for a decoder before 503; 0: as long as it takes"},
    {"DRAIN_S", OPTION_NUMBER, AT(drain_s), "30", 0, 3600,
     "how long a stopping server waits for requests in flight"},
    {"ENROLMENT_S", OPTION_NUMBER, AT(enrolment_s), "900", 1, 86400,
     "how long the code that enrols a phone is good, seconds"},
    {"EVENT_STREAMS", OPTION_NUMBER, AT(event_streams), "256", 0, 4096,
     "streams of changes at once, never more than half of the threads: each holds one"},
    {"EVENT_STREAMS_PER_ORGANISATION", OPTION_NUMBER, AT(event_streams_per_organisation), "128", 0,
     4096, "of them, of one organisation"},
    {"EVIDENCE_WAIT_S", OPTION_NUMBER, AT(evidence_wait_s), "86400", 1, 31536000,
     "how long a signed sheet waits for check-ins that it lists before it is sealed without them, "
     "seconds"},
    {"HEAD_TIMEOUT_MS", OPTION_NUMBER, AT(head_timeout_ms), "15000", 100, 600000,
     "for the head of a request, and for silence within a body"},
    {"KEEP_ALIVE_MS", OPTION_NUMBER, AT(keep_alive_ms), "10000", 1, 600000,
     "how long an idle connection is kept"},
    {"LISTEN", OPTION_TEXT, AT(listen), "127.0.0.1:8080", 0, 0, "address:port to serve on"},
    {"LOG_IN_ATTEMPTS", OPTION_NUMBER, AT(log_in_attempts), "10", 1, 1000000,
     "failed log-ins per account, and ten times as many per address, in one window"},
    {"LOG_IN_WINDOW_S", OPTION_NUMBER, AT(log_in_window_s), "300", 1, 86400,
     "length of that window"},
    {"MAP_ATTRIBUTION", OPTION_TEXT, AT(map_attribution), "", 0, 0,
     "whose map the tiles are, as their server asks for; shown on every map"},
    {"MAP_ATTRIBUTION_URL", OPTION_TEXT, AT(map_attribution_url), "", 0, 0,
     "where that leads to; empty: nowhere"},
    {"MAP_DATUM", OPTION_TEXT, AT(map_datum), "wgs84", 0, 0,
     "what the tiles are drawn in: wgs84 (OpenStreetMap, Tianditu), gcj02 (Amap) or bd09"},
    {"MAP_LABELS_URL", OPTION_TEXT, AT(map_labels_url), "", 0, 0,
     "tiles with the names of streets and places, of the same host, for tiles that come without"},
    {"MAP_TILES_URL", OPTION_TEXT, AT(map_tiles_url), "", 0, 0,
     "tile server of the desk's maps, https://tiles.example/{z}/{x}/{y}.png; empty: a plain grid"},
    {"MAP_ZOOM_MAX", OPTION_NUMBER, AT(map_zoom_max), "19", 1, 22,
     "the closest zoom that the tile server has"},
    {"OPERATOR_TOKEN_FILE", OPTION_SECRET_FILE, AT(operator_token), NULL, 0, 0,
     "file with the key that may create organisations"},
    {"OWNER_DATABASE_URL", OPTION_SECRET, AT(owner_database_url), NULL, 0, 0,
     "PostgreSQL, as the role that owns the tables; only for migrate"},
    {"PHOTO_BYTES_MAX", OPTION_NUMBER, AT(photo_bytes_max), "26214400", 1024, 26214400,
     "largest photo"},
    {"PHOTO_EXIF_BYTES_MAX", OPTION_NUMBER, AT(photo_exif_bytes_max), "131072", 0, 1 << 24,
     "largest EXIF of a photo"},
    {"PHOTO_MEMORY_BYTES_MAX", OPTION_NUMBER, AT(photo_memory_bytes_max), "134217728", 1 << 20,
     1 << 30, "memory of one decode"},
    {"PHOTO_PARTS_MAX", OPTION_NUMBER, AT(photo_parts_max), "20", 1, 20, "photos in one request"},
    {"PHOTO_PIXELS_MAX", OPTION_NUMBER, AT(photo_pixels_max), "210000000", 1, 1 << 30,
     "width times height of a photo"},
    {"PHOTO_SCANS_MAX", OPTION_NUMBER, AT(photo_scans_max), "32", 1, 10000,
     "scans of a progressive photo"},
    {"PUBLIC_URL", OPTION_TEXT, AT(public_url), "", 0, 0,
     "where people reach this server, https://service.example; links that are passed on begin with "
     "it"},
    {"RECEIPT_FORMER_KEYS", OPTION_TEXT, AT(receipt_former_keys), "", 0, 0,
     "public keys that signed receipts before, as /v1/receipt-keys shows them, with commas "
     "between"},
    {"RECEIPT_KEY_FILE", OPTION_SECRET_FILE, AT(receipt_key), NULL, 0, 0,
     "file with the private key that signs receipts, 64 hexadecimal digits"},
    {"REFRESH_TOKEN_S", OPTION_NUMBER, AT(refresh_token_s), "2592000", 60, 31536000,
     "life of a session without use, seconds"},
    {"REPORT_REFRESH_S", OPTION_NUMBER, AT(report_refresh_s), "10", 1, 86400,
     "how often the rows that reports add up are brought up to date"},
    {"REQUEST_MEMORY_BYTES", OPTION_NUMBER, AT(request_memory_bytes), "33554432", 1 << 20, 1 << 30,
     "memory of one request"},
    {"SCHEDULE_DAYS", OPTION_NUMBER, AT(schedule_days), "14", 1, 60,
     "how many days ahead the work orders of recurring work are made"},
    {"SCHEDULE_EVERY_S", OPTION_NUMBER, AT(schedule_every_s), "60", 1, 86400,
     "how often the server looks for recurring work to make, seconds"},
    {"SHARED_REQUESTS", OPTION_NUMBER, AT(shared_requests), "600", 1, 1000000,
     "requests through one customer's link, and ten times as many from one address, in one window"},
    {"SHARED_RESPONSES", OPTION_NUMBER, AT(shared_responses), "30", 1, 100000,
     "ratings, complaints and decisions through one customer's link in an hour"},
    {"SHARED_WINDOW_S", OPTION_NUMBER, AT(shared_window_s), "60", 1, 86400,
     "length of the window of requests"},
    {"SWEEP_AGE_S", OPTION_NUMBER, AT(sweep_age_s), "3600", 0, 31536000,
     "files younger than this are left alone by sweep"},
    {"SWEEP_EVERY_S", OPTION_NUMBER, AT(sweep_every_s), "86400", 0, 31536000,
     "how often the server sweeps by itself, seconds; 0: never"},
    {"SYNC_MS", OPTION_NUMBER, AT(sync_ms), "20000", 0, 600000,
     "how long a batch may begin further operations; what is left is to be sent again"},
    {"SYNC_OPERATIONS_MAX", OPTION_NUMBER, AT(sync_operations_max), "100", 1, 100,
     "operations in one batch"},
    {"THREADS", OPTION_NUMBER, AT(threads), "640", 4, 8192,
     "connections served at once, idle ones included"},
    {"TOKEN_SECRET_FILE", OPTION_SECRET_FILE, AT(token_secret), NULL, 0, 0,
     "file with the secret that signs access tokens, at least 32 characters"},
    {"TRUSTED_PROXY", OPTION_TEXT, AT(trusted_proxy), "", 0, 0,
     "address whose X-Forwarded-For is believed"},
    {"UPLOAD_LIFE_S", OPTION_NUMBER, AT(upload_life_s), "604800", 1, 31536000,
     "how long an unfinished upload is kept"},
    {"UPLOAD_LOCK_WAIT_MS", OPTION_NUMBER, AT(upload_lock_wait_ms), "10000", 0, 20000,
     "how long a request waits for another one to let go of an upload before 423"},
    {"VIDEO_BYTES_MAX", OPTION_NUMBER, AT(video_bytes_max), "209715200", 1024, 1 << 30,
     "largest video"},
    {"VIDEO_DEADLINE_MS", OPTION_NUMBER, AT(video_deadline_ms), "30000", 1, 600000,
     "for decoding one picture of a video"},
    {"VIDEO_MEMORY_BYTES_MAX", OPTION_NUMBER, AT(video_memory_bytes_max), "536870912", 1 << 20,
     INT64_C(1) << 31, "memory of that"},
    {"VIDEO_PIXELS_MAX", OPTION_NUMBER, AT(video_pixels_max), "36000000", 1, 1 << 30,
     "width times height of a video"},
    {"WEB_DIR", OPTION_TEXT, AT(web_dir), "web/dist", 0, 0,
     "folder of the web app, as script/build makes it; empty: none is served"},
};

static const struct option *find_option(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(options); i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

/* The whole file, NUL-terminated, in the arena; NULL with errno. */
static char *read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = arena_alloc(arena, FILE_BYTES_MAX + 1);
    if (!file || !text) {
        if (file)
            fclose(file);
        return NULL;
    }
    size_t length = fread(text, 1, FILE_BYTES_MAX, file);
    int failed = ferror(file) ? errno : 0;
    fclose(file);
    text[length] = '\0';
    errno = failed;
    return failed ? NULL : text;
}

static int set_number(const struct option *option, const char *value, int64_t *ret, char *ret_error)
{
    char *end = NULL;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno || end == value || *end || number < option->least || number > option->most) {
        snprintf(ret_error, CONFIG_ERROR_BYTES,
                 PREFIX "%s is '%.40s'; set it to a whole number from %" PRId64 " to %" PRId64 ".",
                 option->name, value, option->least, option->most);
        return -1;
    }
    *ret = number;
    return 0;
}

static int set_secret(struct arena *arena, const struct option *option, const char *path,
                      const char **ret, char *ret_error)
{
    char *text = *path ? read_file(arena, path) : NULL;
    if (*path && !text) {
        snprintf(ret_error, CONFIG_ERROR_BYTES,
                 "The file of " PREFIX
                 "%s, %.200s, cannot be read (%s); correct its name or its rights.",
                 option->name, path, strerror(errno));
        return -1;
    }
    if (text)
        text[strcspn(text, "\r\n")] = '\0';
    *ret = text;
    return 0;
}

static int set_option(struct arena *arena, const struct option *option, const char *value,
                      struct config *config, char *ret_error)
{
    void *field = (char *)config + option->offset;
    if (option->type == OPTION_NUMBER)
        return set_number(option, value, field, ret_error);
    if (option->type == OPTION_SECRET_FILE)
        return set_secret(arena, option, value, field, ret_error);
    *(const char **)field = *value ? arena_strdup(arena, value) : NULL;
    return 0;
}

static int load_line(struct arena *arena, char *line, int number, struct config *config,
                     char *ret_error)
{
    line += strspn(line, " \t");
    line[strcspn(line, "\r")] = '\0';
    char *equals = strchr(line, '=');
    if (!*line || *line == '#')
        return 0;
    if (equals)
        *equals = '\0';
    bool has_prefix = strncmp(line, PREFIX, strlen(PREFIX)) == 0;
    const struct option *option = equals && has_prefix ? find_option(line + strlen(PREFIX)) : NULL;
    if (option)
        return set_option(arena, option, equals + 1, config, ret_error);
    snprintf(ret_error, CONFIG_ERROR_BYTES,
             "Line %d of the configuration is no setting; write NAME=VALUE with a name that "
             "`fieldproof config` lists.",
             number);
    return -1;
}

static int load_file(struct arena *arena, const char *path, struct config *config, char *ret_error)
{
    char *rest = read_file(arena, path);
    if (!rest) {
        snprintf(ret_error, CONFIG_ERROR_BYTES,
                 "The configuration %.200s cannot be read (%s); correct its name or its rights.",
                 path, strerror(errno));
        return -1;
    }
    for (int number = 1; rest; number++)
        if (load_line(arena, strsep(&rest, "\n"), number, config, ret_error))
            return -1;
    return 0;
}

static int load_environment(struct arena *arena, const struct option *option, struct config *config,
                            char *ret_error)
{
    char name[64];
    snprintf(name, sizeof name, PREFIX "%s", option->name);
    const char *value = getenv(name);
    if (!value)
        return 0;
    if (strnlen(value, VALUE_BYTES_MAX) < VALUE_BYTES_MAX)
        return set_option(arena, option, value, config, ret_error);
    snprintf(ret_error, CONFIG_ERROR_BYTES, "%s is longer than any setting may be; shorten it.",
             name);
    return -1;
}

int config_load(struct arena *arena, const char *file, struct config *ret,
                char ret_error[CONFIG_ERROR_BYTES])
{
    struct config config = {.file = file};
    for (size_t i = 0; i < ARRAY_LENGTH(options); i++)
        if (options[i].fallback &&
            set_option(arena, &options[i], options[i].fallback, &config, ret_error))
            return -1;
    if (file && load_file(arena, file, &config, ret_error))
        return -1;
    for (size_t i = 0; i < ARRAY_LENGTH(options); i++)
        if (load_environment(arena, &options[i], &config, ret_error))
            return -1;
    if (arena_is_exhausted(arena)) {
        snprintf(ret_error, CONFIG_ERROR_BYTES, "The configuration is too large; shorten it.");
        return -1;
    }
    *ret = config;
    return 0;
}

void config_print(const struct config *config, FILE *out)
{
    for (size_t i = 0; i < ARRAY_LENGTH(options); i++) {
        const struct option *option = &options[i];
        const void *field = (const char *)config + option->offset;
        const char *text = option->type == OPTION_NUMBER ? NULL : *(const char *const *)field;
        fprintf(out, "# %s", option->meaning);
        if (option->type == OPTION_NUMBER)
            fprintf(out, "; %" PRId64 " to %" PRId64 "\n" PREFIX "%s=%" PRId64 "\n", option->least,
                    option->most, option->name, *(const int64_t *)field);
        else if (option->type == OPTION_TEXT)
            fprintf(out, "\n" PREFIX "%s=%s\n", option->name, text ? text : "");
        else
            fprintf(out, "\n# " PREFIX "%s is %s\n", option->name, text ? "set" : "not set");
    }
}
