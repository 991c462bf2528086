/** What a handler answers. The edge writes it after the transaction has been committed. */
#ifndef FIELDPROOF_HTTP_RESPONSE_H
#define FIELDPROOF_HTTP_RESPONSE_H

#include "server/base/arena.h"
#include "server/store/db.h"

#include <stdint.h>

#define RESPONSE_HEADERS_MAX 12

struct response_header {
    const char *name;
    const char *value;
};

/** Takes the next bytes of a body, or with a length of 0 sends at once what it has gathered.
 * Negative: nobody reads any more. */
typedef int response_sink(void *context, const char *bytes, size_t length);

/**
 * Makes a body while it is sent, after the commit, so that it never lies anywhere as a whole. A
 * negative result ends the connection in the middle of the body: the client sees that it is not
 * complete.
 */
typedef int response_producer(void *context, response_sink *sink, void *sink_context);

/** All texts belong to the request's arena or are static. A file is closed with the request. */
struct response {
    int status; /**< 200 unless set */
    const char *content_type;
    const char *text; /**< the body, when there is no file; of a 304 the one that is not sent */
    size_t text_bytes;
    const char *gzip; /**< the body compressed by gzip, for who takes that; NULL: it is done then */
    size_t gzip_bytes;
    const struct db_rows *rows; /**< the body is their only value, which comes with the commit */
    int fd; /**< a file to send instead, from `file_offset`, `file_bytes` long; -1: none */
    int64_t file_offset;
    int64_t file_bytes;
    response_producer *produce; /**< makes the body instead; NULL: does not */
    void *produce_context;      /**< the request's arena's */
    bool holds_secret;          /**< never compressed: the length would tell of it (BREACH) */
    size_t header_count;
    struct response_header headers[RESPONSE_HEADERS_MAX];
};

/** JSON text as the body. */
void response_json(struct response *response, int status, const char *json_text);

/** JSON text as the body, from rows that db_query_at_commit fills. They live as long as the
 * request. */
void response_json_at_commit(struct response *response, int status, const struct db_rows *rows);

/** Adds a header; one past the ceiling is a programmer's error (assert). */
void response_header(struct response *response, const char *name, const char *value);

/** Whether the handler said that the request was a replay: Idempotency-Replayed. */
bool response_is_replay(const struct response *response);

#endif
