#include "server/resources/auth.h"

#include "server/app.h"
#include "server/config.h"
#include "server/http/metrics.h"
#include "server/resources/json_fields.h"
#include "server/resources/passwords.h"
#include "server/resources/tokens.h"
#include "server/resources/transaction.h"
#include "server/store/organisation.h"
#include "server/store/user.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

/* Many technicians may share one office's address. */
#define ADDRESS_ATTEMPTS_FACTOR 10

/** Somebody who wants to log in, on their way through three transactions. */
struct log_in {
    const char *slug;
    const char *log_in;
    const char *password;
    const char *device_name;
    struct log_in_subjects subjects;
    struct log_in_attempts attempts;
    bool organisation_is_known;
    struct uuid org_id;
    struct user_credentials credentials;
    struct session_key session;
    bool has_session;
    const char *refresh_token;
    uint8_t refresh_sha256[32];
    const char *user_json;
};

/* "kind NUL a NUL b" with the letters of ASCII in lower case, so that spelling does not matter. */
static void digest_subject(const char *kind, const char *a, const char *b, uint8_t ret_sha256[32])
{
    const char *parts[] = {kind, a, b};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
        for (const char *c = parts[i];; c++) {
            unsigned char lower = (unsigned char)tolower((unsigned char)*c);
            crypto_hash_sha256_update(&state, &lower, 1);
            if (!*c)
                break;
        }
    crypto_hash_sha256_final(&state, ret_sha256);
}

/* Before anything is checked: the attempt is counted, and committed. */
static int count_attempt(struct request *request, void *context)
{
    struct log_in *log_in = context;
    if (log_in_throttle_count(request->db, request->arena, &log_in->subjects,
                              request->app->config->log_in_window_s, &log_in->attempts) < 0)
        return -1;
    return organisation_id_by_slug(request->db, log_in->slug, &log_in->organisation_is_known,
                                   &log_in->org_id);
}

static int check_attempts(struct request *request, const struct log_in *log_in)
{
    int64_t allowed = request->app->config->log_in_attempts;
    if (log_in->attempts.of_account <= allowed &&
        log_in->attempts.of_address <= allowed * ADDRESS_ATTEMPTS_FACTOR)
        return 0;
    int64_t left_s = log_in->attempts.left_s > 0 ? log_in->attempts.left_s : 1;
    problem_set(&request->problem, request->arena, PROBLEM_TOO_MANY_REQUESTS,
                "Too many log-ins were tried; wait %lld seconds.", (long long)left_s);
    request->problem.retry_after_s = (int)left_s;
    return -1;
}

static int find_user(struct request *request, void *context)
{
    struct log_in *log_in = context;
    return user_by_log_in(request->db, request->arena, &log_in->org_id, log_in->log_in,
                          &log_in->credentials);
}

static int refuse(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_LOG_IN_FAILED,
                       "The organisation, the log-in or the password is wrong.");
}

/* Unknown organisations, unknown log-ins, disabled users and wrong passwords look and last alike.
 */
static int check_password(struct request *request, const struct log_in *log_in)
{
    bool matches;
    if (password_check(request, log_in->credentials.password_hash, log_in->password, &matches) < 0)
        return -1;
    return matches && !log_in->credentials.is_disabled ? 0 : refuse(request);
}

static int open_session(struct request *request, void *context)
{
    struct log_in *log_in = context;
    struct db *db = request->db;
    int64_t version;
    if (session_insert(db, request->arena, &log_in->session, log_in->device_name,
                       log_in->credentials.password_hash, request->app->config->refresh_token_s,
                       &log_in->has_session) < 0)
        return -1;
    if (!log_in->has_session)
        return refuse(request);
    if (refresh_token_insert(db, request->arena, &log_in->session, log_in->refresh_sha256) < 0 ||
        log_in_throttle_forget(db, request->arena, &log_in->subjects) < 0)
        return -1;
    return user_get(db, request->arena, &log_in->org_id, &log_in->session.user_id, NULL,
                    &log_in->user_json, &version);
}

static void read_body(const struct request *request, struct log_in *log_in)
{
    const json_t *body = request->body.json;
    log_in->slug = json_field_text(body, "organisation");
    log_in->log_in = json_field_text(body, "log_in");
    log_in->password = json_field_text(body, "password");
    log_in->device_name = json_field_text(body, "device_name");
    digest_subject("account", log_in->slug, log_in->log_in, log_in->subjects.account);
    digest_subject("address", request->address ? request->address : "", "",
                   log_in->subjects.address);
}

static int log_in_with(struct request *request, struct response *response)
{
    struct log_in log_in = {0};
    read_body(request, &log_in);
    if (transaction_run(request, NULL, count_attempt, &log_in) < 0 ||
        check_attempts(request, &log_in) < 0 ||
        (log_in.organisation_is_known &&
         transaction_run(request, &log_in.org_id, find_user, &log_in) < 0) ||
        check_password(request, &log_in) < 0)
        return -1;
    log_in.session.org_id = log_in.org_id;
    log_in.session.user_id = log_in.credentials.id;
    if (uuid_random(&log_in.session.id) < 0 ||
        token_make(request, &log_in.org_id, &log_in.refresh_token, log_in.refresh_sha256) < 0 ||
        transaction_run(request, &log_in.org_id, open_session, &log_in) < 0)
        return -1;
    return token_answer(request, &log_in.session, log_in.refresh_token, log_in.user_json, response);
}

int auth_log_in(struct request *request, struct response *response)
{
    int result = log_in_with(request, response);
    const struct problem *problem = &request->problem;
    metrics_count(request->app->metrics, METRICS_LOG_INS,
                  result == 0 ? "accepted" : problem_info(problem->type)->code, 1);
    return result;
}
