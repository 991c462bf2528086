#include "server/resources/auth.h"

#include "server/app.h"
#include "server/config.h"
#include "server/http/metrics.h"
#include "server/resources/attempts.h"
#include "server/resources/devices.h"
#include "server/resources/json_fields.h"
#include "server/resources/passwords.h"
#include "server/resources/tokens.h"
#include "server/resources/transaction.h"
#include "server/store/audit.h"
#include "server/store/organisation.h"
#include "server/store/user.h"

/** Somebody who wants to log in, on their way through three transactions. */
struct log_in {
    const char *slug;
    const char *log_in;
    const char *password;
    const char *device_name;
    const json_t *named_device; /**< NULL: none is named */
    struct log_in_subjects subjects;
    struct log_in_attempts attempts;
    bool organisation_is_known;
    struct uuid org_id;
    struct user_credentials credentials;
    struct session_key session;
    bool has_session;
    const char *failure; /**< why it is refused, for the audit trail */
    const char *refresh_token;
    uint8_t refresh_sha256[32];
    const char *user_json;
};

/* Before anything is checked: the attempt is counted, and committed. */
static int count_attempt(struct request *request, void *context)
{
    struct log_in *log_in = context;
    if (attempts_count(request, &log_in->subjects, &log_in->attempts) < 0)
        return -1;
    return organisation_id_by_slug(request->db, log_in->slug, &log_in->organisation_is_known,
                                   &log_in->org_id);
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
static int check_password(struct request *request, struct log_in *log_in)
{
    bool matches;
    if (password_check(request, log_in->credentials.password_hash, log_in->password, &matches) < 0)
        return -1;
    if (matches && !log_in->credentials.is_disabled)
        return 0;
    log_in->failure = !log_in->credentials.password_hash ? "unknown_log_in"
                      : !matches                         ? "wrong_password"
                                                         : "disabled";
    return refuse(request);
}

/* Before the session that refers to it. */
static int log_in_on_device(struct request *request, struct log_in *log_in,
                            struct device_row *device)
{
    bool is_revoked;
    if (device_read(request, log_in->named_device, &log_in->org_id, &log_in->session.user_id,
                    device) < 0 ||
        device_log_in(request->db, request->arena, device, NULL, &is_revoked) < 0)
        return -1;
    if (is_revoked) {
        log_in->failure = "device_revoked";
        return problem_set(&request->problem, request->arena, PROBLEM_DEVICE_REVOKED,
                           "Ask a manager to restore this device, or for a code to let it in.");
    }
    if (device->name)
        log_in->device_name = device->name;
    return 0;
}

static int note_log_in(struct request *request, void *context)
{
    const struct log_in *log_in = context;
    const struct audit_log_in note = {
        .user_id = log_in->credentials.password_hash ? &log_in->credentials.id : NULL,
        .session_id = log_in->failure ? NULL : &log_in->session.id,
        .device_name = log_in->device_name,
        .address = request->address,
        .failure = log_in->failure,
    };
    return audit_log_in(request->db, request->arena, &log_in->org_id, &note);
}

/* What was refused stays refused, whether or not that could be noted. */
static void note_failure(struct request *request, struct log_in *log_in)
{
    const struct problem refusal = request->problem;
    if (!log_in->organisation_is_known || !log_in->failure)
        return;
    problem_clear(&request->problem);
    (void)!transaction_run(request, &log_in->org_id, note_log_in, log_in);
    request->problem = refusal;
}

static int open_session(struct request *request, void *context)
{
    struct log_in *log_in = context;
    struct db *db = request->db;
    struct device_row device;
    int64_t version;
    if ((log_in->named_device && log_in_on_device(request, log_in, &device) < 0) ||
        session_insert(db, request->arena, &log_in->session, log_in->device_name,
                       log_in->credentials.password_hash, log_in->named_device ? &device.id : NULL,
                       request->app->config->refresh_token_s, &log_in->has_session) < 0)
        return -1;
    if (!log_in->has_session) {
        log_in->failure = "wrong_password"; /* by now */
        return refuse(request);
    }
    if (refresh_token_insert(db, request->arena, &log_in->session, log_in->refresh_sha256) < 0 ||
        log_in_throttle_forget(db, request->arena, &log_in->subjects) < 0 ||
        note_log_in(request, log_in) < 0)
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
    log_in->named_device = json_field(body, "device");
    attempts_name(request, "account", log_in->slug, log_in->log_in, &log_in->subjects);
}

static int run(struct request *request, struct log_in *log_in)
{
    if (transaction_run(request, NULL, count_attempt, log_in) < 0 ||
        attempts_check(request, &log_in->attempts) < 0 ||
        (log_in->organisation_is_known &&
         transaction_run(request, &log_in->org_id, find_user, log_in) < 0) ||
        check_password(request, log_in) < 0)
        return -1;
    log_in->session.org_id = log_in->org_id;
    log_in->session.user_id = log_in->credentials.id;
    if (uuid_random(&log_in->session.id) < 0 ||
        token_make(request, &log_in->org_id, &log_in->refresh_token, log_in->refresh_sha256) < 0)
        return -1;
    return transaction_run(request, &log_in->org_id, open_session, log_in);
}

static int log_in_with(struct request *request, struct response *response)
{
    struct log_in log_in = {0};
    read_body(request, &log_in);
    if (run(request, &log_in) < 0) {
        note_failure(request, &log_in);
        return -1;
    }
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
