#include "server/resources/enrolments.h"

#include "server/app.h"
#include "server/config.h"
#include "server/http/metrics.h"
#include "server/resources/attempts.h"
#include "server/resources/devices.h"
#include "server/resources/json_fields.h"
#include "server/resources/link_token.h"
#include "server/resources/tokens.h"
#include "server/resources/transaction.h"
#include "server/store/audit.h"
#include "server/store/enrolment.h"
#include "server/store/user.h"

#include <string.h>

/** A phone that exchanges a code for a session, on its way through two transactions. */
struct enrolling {
    struct log_in_subjects subjects;
    struct log_in_attempts attempts;
    uint8_t code_sha256[32];
    struct uuid enrolment_id;
    bool is_known;
    const char *failure; /**< of a known code; NULL: none */
    struct device_row device;
    struct session_key session;
    const char *refresh_token;
    const char *user_json;
};

static int refuse(struct request *request, const char *why)
{
    return problem_set(&request->problem, request->arena, PROBLEM_ENROLMENT_FAILED,
                       "%s Ask for a new code.", sentence_in(request->problem.language, why));
}

static int count_attempt(struct request *request, void *context)
{
    struct enrolling *enrolling = context;
    return attempts_count(request, &enrolling->subjects, &enrolling->attempts);
}

/* Who has the code may know what became of it. */
static int check_use(struct request *request, struct enrolling *enrolling,
                     const struct enrolment_use *use)
{
    enrolling->failure = use->may_enrol ? use->state : "disabled";
    if (!use->may_enrol)
        return refuse(request, "This code's user may not use the phone app.");
    if (strcmp(use->state, "open") == 0 || use->is_lost_reply)
        return 0;
    return refuse(request, strcmp(use->state, "used") == 0      ? "This code was used already."
                           : strcmp(use->state, "expired") == 0 ? "This code's time is over."
                                                                : "This code was withdrawn.");
}

/* Locks the code, so that of two phones one wins. */
static int take_code(struct request *request, struct enrolling *enrolling)
{
    const struct uuid *org_id = &enrolling->session.org_id;
    struct enrolment_use use;
    if (enrolment_lock(request->db, request->arena, org_id, enrolling->code_sha256,
                       &enrolling->is_known, &enrolling->enrolment_id,
                       &enrolling->session.user_id) < 0)
        return -1;
    if (!enrolling->is_known)
        return refuse(request, "There is no such code.");
    if (device_read(request, json_field(request->body.json, "device"), org_id,
                    &enrolling->session.user_id, &enrolling->device) < 0 ||
        enrolment_read(request->db, request->arena, org_id, &enrolling->enrolment_id,
                       &enrolling->device.id, &use) < 0)
        return -1;
    return check_use(request, enrolling, &use);
}

/* A code that was made before the device was revoked does not bring it back. */
static int log_in_on_device(struct request *request, struct enrolling *enrolling)
{
    bool is_revoked;
    if (device_log_in(request->db, request->arena, &enrolling->device, &enrolling->enrolment_id,
                      &is_revoked) < 0)
        return -1;
    enrolling->failure = is_revoked ? "device_revoked" : NULL;
    return is_revoked ? refuse(request, "This phone was revoked after the code was made.") : 0;
}

static int note_log_in(struct request *request, void *context)
{
    const struct enrolling *enrolling = context;
    const struct audit_log_in note = {
        .user_id = &enrolling->session.user_id,
        .session_id = enrolling->failure ? NULL : &enrolling->session.id,
        .device_name = enrolling->device.name,
        .address = request->address,
        .failure = enrolling->failure,
    };
    return audit_log_in(request->db, request->arena, &enrolling->session.org_id, &note);
}

/* What was refused stays refused, whether or not that could be noted. */
static void note_failure(struct request *request, struct enrolling *enrolling)
{
    const struct problem refusal = request->problem;
    if (refusal.type != PROBLEM_ENROLMENT_FAILED || !enrolling->is_known)
        return;
    problem_clear(&request->problem);
    (void)!transaction_run(request, &enrolling->session.org_id, note_log_in, enrolling);
    request->problem = refusal;
}

static int open_session(struct request *request, void *context)
{
    struct enrolling *enrolling = context;
    struct db *db = request->db;
    const struct session_key *session = &enrolling->session;
    uint8_t refresh_sha256[32];
    int64_t version;
    if (take_code(request, enrolling) < 0 ||
        token_make(request, &session->org_id, &enrolling->refresh_token, refresh_sha256) < 0 ||
        log_in_on_device(request, enrolling) < 0 ||
        session_insert_enrolled(db, request->arena, session, enrolling->device.name,
                                &enrolling->device.id, request->app->config->refresh_token_s) < 0 ||
        refresh_token_insert(db, request->arena, session, refresh_sha256) < 0 ||
        enrolment_mark_used(db, request->arena, &session->org_id, &enrolling->enrolment_id,
                            &session->id, &enrolling->device.id) < 0 ||
        log_in_throttle_forget(db, request->arena, &enrolling->subjects) < 0 ||
        note_log_in(request, enrolling) < 0)
        return -1;
    return user_get(db, request->arena, &session->org_id, &session->user_id, NULL,
                    &enrolling->user_json, &version);
}

static int enrol(struct request *request, struct response *response)
{
    struct enrolling enrolling = {0};
    const char *code = json_field_text(request->body.json, "code");
    attempts_name(request, "enrolment", code, "", &enrolling.subjects);
    if (transaction_run(request, NULL, count_attempt, &enrolling) < 0 ||
        attempts_check(request, &enrolling.attempts) < 0)
        return -1;
    if (link_token_parse(code, &enrolling.session.org_id, enrolling.code_sha256) < 0)
        return refuse(request, "This is no code of ours.");
    if (uuid_random(&enrolling.session.id) < 0)
        return -1;
    if (transaction_run(request, &enrolling.session.org_id, open_session, &enrolling) < 0) {
        note_failure(request, &enrolling);
        return -1;
    }
    return token_answer(request, &enrolling.session, enrolling.refresh_token, enrolling.user_json,
                        response);
}

int auth_enrol(struct request *request, struct response *response)
{
    int result = enrol(request, response);
    metrics_count(request->app->metrics, METRICS_LOG_INS,
                  result == 0 ? "accepted" : problem_info(request->problem.type)->code, 1);
    return result;
}
