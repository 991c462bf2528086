/**
 * Live changes for the manager's desk, one hub a process. A thread of its own reads what changed in
 * the organisations that somebody follows (server/store/desk_change.h) and hands it to their
 * streams. It looks when this process committed something, when another process signals, and once a
 * second in any case: a signal makes it quick, the look makes it certain.
 */
#ifndef FIELDPROOF_LIVE_LIVE_H
#define FIELDPROOF_LIVE_LIVE_H

#include "server/store/db.h"
#include "server/store/desk_change.h"

struct live;
struct live_stream;

struct live_config {
    const char *database_url; /**< for the connection that listens */
    struct db_pool *db_pool;  /**< outlives the hub, which listens to its commits */
    int streams_max;
    int streams_per_organisation;
};

/** Starts the thread that listens and looks. Negative: there is no memory, thread or descriptor. */
int live_create(const struct live_config *config, struct live **ret) MUST_CHECK;

/** Ends every stream and refuses new ones; for a server that is about to stop. Accepts NULL. */
void live_end_streams(struct live *live);

/** No stream may be left. Accepts NULL. */
void live_free(struct live *live);

/** How many streams are open. */
int live_stream_count(struct live *live);

/** Whose stream it is. */
struct live_owner {
    struct uuid org_id;
    struct uuid user_id;
    struct uuid session_id;
};

enum live_refusal {
    LIVE_FULL = -1,              /**< the process has as many as it may have */
    LIVE_ORGANISATION_FULL = -2, /**< the organisation has */
    LIVE_AWAY = -3,              /**< stopping, or PostgreSQL does not answer */
};

/**
 * Joins the organisation's changes: from now on none is missed. A session with many streams loses
 * its oldest. May wait a moment for the organisation's first look.
 *
 * @return 0 or a live_refusal
 */
int live_join(struct live *live, const struct live_owner *owner,
              struct live_stream **ret) MUST_CHECK;
void live_leave(struct live_stream *stream);

/** Changes of one look, shared by all streams of an organisation. */
struct live_batch {
    const char *json;              /**< {"changes": …} */
    struct desk_position position; /**< with them, everything up to here is told */
};

enum live_end {
    LIVE_OPEN,
    LIVE_SESSION_ENDED, /**< or its user's role or right to log in changed: ask again */
    LIVE_REPLACED,      /**< by newer streams of the same session */
    LIVE_LAGGING,       /**< it did not take what there was: begin from its position */
    LIVE_STOPPING,
};

/**
 * Waits until there are changes that this stream was not given, or it is ended, or `wait_ms` are
 * over (`*ret` is NULL then).
 *
 * @param[out] ret to be given back by live_release
 */
enum live_end live_next(struct live_stream *stream, int wait_ms, const struct live_batch **ret);
void live_release(const struct live_batch *batch);

#endif
