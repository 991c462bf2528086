/**
 * Every error a client can see, once: code, status, title. RFC 9457 bodies are made from it.
 *
 * `retryable` tells an offline queue what to do: true, send the same again later; false, sending
 * the same again can never succeed.
 */
#ifndef FIELDPROOF_BASE_PROBLEM_H
#define FIELDPROOF_BASE_PROBLEM_H

#include "server/base/arena.h"
#include "server/base/sentence.h"

/* X(NAME, code, status, retryable, title) */
#define PROBLEMS(X)                                                                                \
    X(MALFORMED_REQUEST, "malformed_request", 400, false, "The request is not valid HTTP")         \
    X(INVALID_BODY, "invalid_body", 400, false, "The body cannot be read")                         \
    X(INVALID_FIELD, "invalid_field", 422, false, "A field breaks a rule")                         \
    X(INVALID_PARAMETER, "invalid_parameter", 400, false, "A parameter breaks a rule")             \
    X(UNKNOWN_REFERENCE, "unknown_reference", 422, false, "A field names something unknown")       \
    X(PHOTO_REFUSED, "photo_refused", 422, false, "The photo cannot be used")                      \
    X(UNAUTHENTICATED, "unauthenticated", 401, false, "Log in first")                              \
    X(LOG_IN_FAILED, "log_in_failed", 401, false, "The log-in was refused")                        \
    X(ENROLMENT_FAILED, "enrolment_failed", 401, false, "The code lets no phone in")               \
    X(FORBIDDEN, "forbidden", 403, false, "Your role may not do this")                             \
    X(DEVICE_REVOKED, "device_revoked", 403, false, "This device was revoked")                     \
    X(NOT_FOUND, "not_found", 404, false, "There is nothing here")                                 \
    X(NOT_YET_HERE, "not_yet_here", 404, true, "There is nothing here yet")                        \
    X(METHOD_NOT_ALLOWED, "method_not_allowed", 405, false, "This method is not offered here")     \
    X(REQUEST_TIMEOUT, "request_timeout", 408, true, "The body did not arrive in time")            \
    X(CONTENT_CONFLICT, "content_conflict", 409, false, "The id is taken by other content")        \
    X(STATE_CONFLICT, "state_conflict", 409, false, "The present state does not allow this")       \
    X(OUT_OF_ORDER, "out_of_order", 409, true, "Something else has to come first")                 \
    X(DUPLICATE, "duplicate", 409, false, "Another entry has this value already")                  \
    X(REFERENCED, "referenced", 409, false, "Something else still refers to this")                 \
    X(SHEET_CHANGED, "sheet_changed", 409, false, "The sheet changed since it was displayed")      \
    X(SHEET_SIGNED, "sheet_signed", 409, false, "A signed sheet never changes")                    \
    X(EVIDENCE_AWAITED, "evidence_awaited", 409, true, "Evidence that this needs is on its way")   \
    X(OFFSET_MISMATCH, "offset_mismatch", 409, false, "The upload goes on at another offset")      \
    X(LINK_EXPIRED, "link_expired", 410, false, "This link has expired")                           \
    X(REMOVED, "removed", 410, false, "This was removed by a retention rule")                      \
    X(LENGTH_REQUIRED, "length_required", 411, false, "The request must say its length")           \
    X(PRECONDITION_FAILED, "precondition_failed", 412, false, "It was changed in the meantime")    \
    X(UNSUPPORTED_VERSION, "unsupported_version", 412, false,                                      \
      "This version of the protocol is not spoken")                                                \
    X(TOO_LARGE, "too_large", 413, false, "The body is too large")                                 \
    X(UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", 415, false,                                \
      "This type of body is not understood")                                                       \
    X(RANGE_NOT_SATISFIABLE, "range_not_satisfiable", 416, false,                                  \
      "The range lies outside the file")                                                           \
    X(UPLOAD_LOCKED, "upload_locked", 423, true, "Another request holds this upload")              \
    X(TOO_MANY_REQUESTS, "too_many_requests", 429, true, "Too many attempts; wait")                \
    X(HEADERS_TOO_LARGE, "headers_too_large", 431, false, "The headers are too large")             \
    X(CHECKSUM_MISMATCH, "checksum_mismatch", 460, true, "The bytes differ from their checksum")   \
    X(INTERNAL, "internal", 500, true, "The server failed; the request id helps to find out why")  \
    X(UNAVAILABLE, "unavailable", 503, true, "Not possible right now; try again")                  \
    X(STORAGE_FULL, "storage_full", 507, true, "The server has no room left")

enum problem_type {
#define X(name, code, status, retryable, title) PROBLEM_##name,
    PROBLEMS(X)
#undef X
        PROBLEM_TYPES
};

/** What is the same of every problem of one type. All texts are static. */
struct problem_info {
    const char *code;
    int status;
    bool retryable;
    const char *title;
};

/** Of any type; static. */
const struct problem_info *problem_info(enum problem_type type);

#define PROBLEM_ERRORS_MAX 32

/** One broken rule. Texts belong to the request's arena. */
struct problem_error {
    const char *pointer; /**< JSON pointer into the body ("/fix/accuracy_m"), or "part:NAME",
                            "query:NAME", "header:NAME" */
    const char *rule;    /**< machine-readable: "required", "maximum", "format", … */
    const char *detail;  /**< one sentence with the numbers */
};

/** An error on its way to the client. `detail` is for the client; internal detail goes to the log.
 */
struct problem {
    enum language language; /**< of the details */
    bool is_set;
    enum problem_type type;
    const char *detail;
    int retry_after_s; /**< 0: no header */
    bool is_overtaken; /**< another transaction was faster: the same again, now, finds what it left
                        */
    const char *allow; /**< the Allow header of a 405 */
    const char
        *reason_code; /**< what was wrong with a refused photo, "photo_truncated"; else NULL */
    size_t error_count;
    struct problem_error errors[PROBLEM_ERRORS_MAX];
};

/** No problem any more; the next one is told in the same language. */
void problem_clear(struct problem *problem);

/**
 * Sets the problem unless one is set already (the first cause wins) and returns -1, so that a
 * handler can `return problem_set(…)`. The format is said in the problem's language; a word that it
 * takes is the caller's to translate (sentence_in), but for the whole sentence of a "%s".
 */
int problem_set(struct problem *problem, struct arena *arena, enum problem_type type,
                const char *format, ...) PRINTF_LIKE(4, 5);

/** As problem_set, and names the place and the rule. May be called again to add further errors. */
int problem_add(struct problem *problem, struct arena *arena, enum problem_type type,
                const char *pointer, const char *rule, const char *format, ...) PRINTF_LIKE(6, 7);

#endif
