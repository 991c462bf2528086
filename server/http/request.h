/**
 * A request, from the socket to the reply. The struct is the lifecycle: the edge fills it from top
 * to bottom, a handler reads it, and its arena ends with the reply.
 */
#ifndef FIELDPROOF_HTTP_REQUEST_H
#define FIELDPROOF_HTTP_REQUEST_H

#include "server/base/arena.h"
#include "server/base/problem.h"
#include "server/base/uuid.h"

#include <jansson.h>
#include <stdint.h>

struct app;
struct db;
struct response;
struct route;

enum role {
    ROLE_TECHNICIAN = 1 << 0,
    ROLE_DISPATCHER = 1 << 1,
    ROLE_MANAGER = 1 << 2,
    ROLE_ADMINISTRATOR = 1 << 3,
    ROLE_OPERATOR = 1 << 4, /**< who runs the server; may create organisations, nothing else */
};

/** Who asks. Role, language and name are the database's at this request, not the token's. */
struct actor {
    bool is_known;
    struct uuid org_id;
    struct uuid user_id;
    struct uuid session_id;
    enum role role;
    enum language language;
    const char *name;
    int64_t token_expires_at_ms; /**< 0: the operator's, which does not */
};

/** One binary part of a multipart body, or a whole raw body, on disk. */
struct body_file {
    const char *part_name;  /**< NULL for a raw body */
    const char *media_type; /**< as sent; never trusted */
    int fd;                 /**< open for reading; closed with the request */
    const char *
        path; /**< in the blob store's staging folder; removed with the request unless moved away */
    int64_t bytes;
    uint8_t sha256[32];
};

/** Where the bytes of a BODY_UPLOAD go, one piece after the other, as they arrive. */
struct body_stream {
    void *context;
    /** 0; or negative with a problem, which ends the reading. */
    int (*take)(void *context, const char *bytes, size_t length);
    /** Asked by another thread twice a second; true ends the reading as if the peer had. */
    bool (*is_unwanted)(void *context);
    bool is_complete; /**< set by the edge: everything that was announced came */
};

#define REQUEST_FILES_MAX      20
#define REQUEST_PARAMETERS_MAX 8

/** The complete body, already checked against the schema of the operation. */
struct body {
    const json_t *json; /**< the JSON body or JSON part; NULL when there is none */
    const char
        *text; /**< a text/csv body in whatever encoding, or the JSON's own bytes; NUL-terminated */
    size_t text_bytes;
    size_t file_count;
    struct body_file files[REQUEST_FILES_MAX];
    struct body_stream *stream; /**< of a BODY_UPLOAD: set by the route's prepare */
};

struct request_parameter {
    const char *name;
    const char *value;
};

struct request {
    struct app *app;
    struct arena *arena;
    char id[UUID_TEXT_BYTES]; /**< also in the reply's X-Request-Id and in every log line */
    int64_t received_at_ms;
    const char *method;
    const char *path;    /**< decoded, without the query */
    const char *query;   /**< raw; NULL when there is none */
    const char *address; /**< of the client, or what the trusted proxy says it is */
    const struct route *route;
    size_t parameter_count;
    struct request_parameter parameters[REQUEST_PARAMETERS_MAX]; /**< from the path, by name */
    struct actor actor;
    struct body body;
    void *prepared; /**< what the route's prepare left for its handler; the arena's */
    struct db *db;  /**< the open transaction; NULL outside of one */
    bool bets;      /**< set by a handler that may be run again when its transaction is overtaken */
    bool has_lost_bet;  /**< this is that second run, in a transaction of its own */
    bool keeps_refusal; /**< set by a handler that refuses: what it wrote is committed all the same
                         */
    struct problem problem;
    const void *connection; /**< the edge's own; nobody else looks inside */
};

/** The path parameter of the route's template; never NULL for a name that stands in it. */
const char *request_parameter(const struct request *request, const char *name);

/** The path parameter as a UUID. An ill-formed one is a 404, as an unknown one. */
int request_uuid(struct request *request, const char *name, struct uuid *ret) MUST_CHECK;

/** A query parameter, decoded, in the arena; NULL when absent. The edge has refused unknown names.
 */
const char *request_query(struct request *request, const char *name);

/** A header of the request; NULL when absent. */
const char *request_header(const struct request *request, const char *name);

/** The language to answer in: Accept-Language if it names one of ours, else the actor's. */
enum language request_language(const struct request *request);

/** The language that Accept-Language asks for, else English: of what is told before it is known who
 * asks. */
enum language request_language_asked(const struct request *request);

#endif
