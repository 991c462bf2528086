/** Phones and other devices that people log in on. Queries: device.sql. */
#ifndef FIELDPROOF_STORE_DEVICE_H
#define FIELDPROOF_STORE_DEVICE_H

#include "server/store/db.h"

struct device_row {
    struct uuid org_id;
    struct uuid id;
    struct uuid user_id;
    const char *own_id; /**< what it calls itself */
    const char *name;   /**< may be NULL, as the others below */
    const char *model;
    const char *platform;
};

/**
 * The user logs in on it, which ends what was logged in on it before; nothing happens to one that
 * is revoked.
 *
 * @param enrolment_id of the code that lets it in; made after the revocation, it restores the
 *        device. NULL: a password does not.
 */
int device_log_in(struct db *db, struct arena *arena, const struct device_row *row,
                  const struct uuid *enrolment_id, bool *ret_is_revoked) MUST_CHECK;

/** Revokes it and ends its sessions. */
int device_revoke(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *id, const struct uuid *revoked_by,
                  bool *ret_was_there) MUST_CHECK;

/** Takes a revocation back; what was logged in on it stays ended. */
int device_restore(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *id, bool *ret_was_there) MUST_CHECK;

/** Starts the parameters of device_list; the page's come after them. `user_id` may be NULL. */
void device_list_parameters(struct db_parameters *parameters, struct arena *arena,
                            const struct uuid *org_id, const char *user_id);

/** Rows of (JSON, moment, id), newest first. */
int device_list(struct db *db, const struct db_parameters *parameters,
                struct db_rows *ret) MUST_CHECK;

#endif
