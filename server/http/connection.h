/** One request's side of a civetweb connection: the only place, with edge.c, that knows civetweb.
 */
#ifndef FIELDPROOF_HTTP_CONNECTION_H
#define FIELDPROOF_HTTP_CONNECTION_H

#include "server/http/http_head.h"
#include "server/http/watch.h"

struct mg_connection;

struct connection {
    struct mg_connection *civetweb;
    struct watch *watch;
    const char *peer_address;
    int peer_port;
    int server_port;
    struct http_head head;
    struct http_framing framing;
    bool is_head_request; /**< the reply has no body */
    bool must_close;      /**< no further request on this connection */
    int body_error;       /**< a connection_error: no more of the body will come */
    int64_t body_read_bytes;
    int64_t sent_bytes;
};

/** Copies the parsed head; texts stay civetweb's and live as long as the request. */
void connection_open(struct connection *connection, struct mg_connection *civetweb,
                     struct watch *watch);

/** Ends the connection after this reply. */
void connection_close_after(struct connection *connection);

enum connection_error {
    CONNECTION_ENDED = -1, /**< by the peer */
    CONNECTION_SLOW = -2,  /**< stalled, or too slow */
};

/** Puts the reading of the body under watch, and invites it when the client waits for that. */
int connection_body_begin(struct connection *connection, struct watch_entry *entry) MUST_CHECK;

/** Reads up to `size` bytes; 0 at the end of the body; a connection_error after the last bytes of a
 * broken one. */
int connection_body_read(struct connection *connection, struct watch_entry *entry, char *bytes,
                         size_t size) MUST_CHECK;

/** Ends the watch. A connection that it has cut is closed after the answer. */
void connection_body_end(struct connection *connection, struct watch_entry *entry);

/** Reads and forgets the rest of a refused body for a short time, so that the peer gets to read the
 * reply. */
void connection_drain(struct connection *connection);

/** Writes everything or answers negative. */
int connection_write(struct connection *connection, const char *bytes, size_t length) MUST_CHECK;

/** Writes a part of a file. */
int connection_write_file(struct connection *connection, int fd, int64_t offset,
                          int64_t length) MUST_CHECK;

#endif
