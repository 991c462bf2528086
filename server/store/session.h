/** Sessions, their refresh tokens, and the throttle of log-ins. Queries: session.sql. */
#ifndef FIELDPROOF_STORE_SESSION_H
#define FIELDPROOF_STORE_SESSION_H

#include "server/store/db.h"

/** Names one session of one user. */
struct session_key {
    struct uuid org_id;
    struct uuid user_id;
    struct uuid id;
};

/** The user of a living session. Texts live as long as the rows they came from. */
struct session_user {
    const char *role; /**< NULL: the session is over or the user disabled */
    const char *language;
    const char *name;
};

int session_authorise(struct db *db, struct arena *arena, const struct session_key *key,
                      struct session_user *ret) MUST_CHECK;

/** As session_authorise, in the round trip of the transaction's next query: see db_queue_checked.
 */
int session_authorise_queued(struct db *db, struct arena *arena, const struct session_key *key,
                             db_check *check, void *context) MUST_CHECK;

/** What the rows of session_authorise_queued say. */
void session_read_authorised(const struct db_rows *rows, struct session_user *ret);

/**
 * Opens a session, unless the user was disabled, or the password changed, since it was checked.
 *
 * @param checked_hash the password hash that was checked.
 * @param device_name may be NULL.
 * @param device_id may be NULL.
 */
int session_insert(struct db *db, struct arena *arena, const struct session_key *key,
                   const char *device_name, const char *checked_hash, const struct uuid *device_id,
                   int64_t life_s, bool *ret_inserted) MUST_CHECK;

/** Queues a session for a user whose enrolment was checked in this transaction. */
int session_insert_enrolled(struct db *db, struct arena *arena, const struct session_key *key,
                            const char *device_name, const struct uuid *device_id,
                            int64_t life_s) MUST_CHECK;

/** Queues the end of one session. `reason` is one of the schema's words. */
int session_end(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *id, const char *reason) MUST_CHECK;

/** Queues the end of all sessions of a user but one (NULL: of all). */
int session_end_all(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct uuid *user_id, const char *reason,
                    const struct uuid *but) MUST_CHECK;

int refresh_token_insert(struct db *db, struct arena *arena, const struct session_key *key,
                         const uint8_t token_sha256[32]) MUST_CHECK;

/** What a refresh token that came is good for. */
enum refresh_token_state {
    REFRESH_TOKEN_UNKNOWN,   /**< or its session is over */
    REFRESH_TOKEN_FRESH,     /**< not exchanged yet */
    REFRESH_TOKEN_MAY_RETRY, /**< exchanged a moment ago, and nothing came of it */
    REFRESH_TOKEN_REUSED,    /**< exchanged before: somebody else has it */
};

/** Locks the token's session. `ret` is set unless the token is unknown. */
int refresh_token_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const uint8_t token_sha256[32], int grace_s, struct session_key *ret,
                       enum refresh_token_state *ret_state) MUST_CHECK;

/** Marks every token of the session as exchanged. */
int refresh_token_use(struct db *db, struct arena *arena, const struct session_key *key) MUST_CHECK;

int session_extend(struct db *db, struct arena *arena, const struct session_key *key,
                   int64_t life_s) MUST_CHECK;

/** Who tries: digests, so that the table holds no log-ins and no addresses. */
struct log_in_subjects {
    uint8_t account[32];
    uint8_t address[32];
};

struct log_in_attempts {
    int64_t of_account;
    int64_t of_address;
    int64_t left_s; /**< until the later of both windows ends */
};

/** Counts one more attempt of both; the numbers include it. */
int log_in_throttle_count(struct db *db, struct arena *arena,
                          const struct log_in_subjects *subjects, int64_t window_s,
                          struct log_in_attempts *ret) MUST_CHECK;

/** Queues what a success means for the counts. */
int log_in_throttle_forget(struct db *db, struct arena *arena,
                           const struct log_in_subjects *subjects) MUST_CHECK;

#endif
