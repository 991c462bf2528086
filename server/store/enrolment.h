/** Codes by which phones are let in without a password. Queries: enrolment.sql. */
#ifndef FIELDPROOF_STORE_ENROLMENT_H
#define FIELDPROOF_STORE_ENROLMENT_H

#include "server/store/db.h"

/** Whether there is such a user, and whether a phone may be enrolled for them. */
int enrolment_subject(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *user_id, bool *ret_is_known,
                      bool *ret_may_enrol) MUST_CHECK;

struct enrolment_row {
    struct uuid org_id;
    struct uuid id;
    struct uuid user_id;
    const uint8_t *code_sha256;
    const struct uuid *created_by;
    const uint8_t *content_sha256;
    int64_t life_s;
};

/** `ret_taken_by` as in insert_once.h. */
int enrolment_insert(struct db *db, struct arena *arena, const struct enrolment_row *row,
                     const char **ret_taken_by) MUST_CHECK;

/** JSON and state of an enrolment; both NULL when there is none. */
int enrolment_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *id, const char **ret_json, const char **ret_state) MUST_CHECK;

/** Locks the enrolment of a code, and says whose it is. */
int enrolment_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const uint8_t code_sha256[32], bool *ret_is_known, struct uuid *ret_id,
                   struct uuid *ret_user_id) MUST_CHECK;

/** What a code is good for, for one device. */
struct enrolment_use {
    const char *state;  /**< "open", "used", "expired", "revoked" */
    bool may_enrol;     /**< the user still is a technician, and not disabled */
    bool is_lost_reply; /**< used by this very device a moment ago, and nothing came of it */
};

/** Within the lock. */
int enrolment_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *id, const struct uuid *device_id,
                   struct enrolment_use *ret) MUST_CHECK;

/** Queues that the device used it for a session. */
int enrolment_mark_used(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct uuid *id, const struct uuid *session_id,
                        const struct uuid *device_id) MUST_CHECK;

/** Nothing happens to one that was used or revoked before. */
int enrolment_revoke(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const struct uuid *id, const struct uuid *revoked_by) MUST_CHECK;

#endif
