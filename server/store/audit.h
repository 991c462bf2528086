/** The audit trail. Queries: audit.sql; changes of rows are recorded by triggers. */
#ifndef FIELDPROOF_STORE_AUDIT_H
#define FIELDPROOF_STORE_AUDIT_H

#include "server/store/db.h"

/** Somebody did something that changes no row. */
struct audit_note {
    const char *action;
    const char *entity_kind;
    const struct uuid *entity_id;
    const char *entity_name; /**< may be NULL */
};

/** Queues the note, by the person of this transaction (db_act_as). */
int audit_note(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct audit_note *note) MUST_CHECK;

/** Somebody logged in or tried to. */
struct audit_log_in {
    const struct uuid *user_id;    /**< NULL: nobody has this log-in */
    const struct uuid *session_id; /**< NULL: it failed */
    const char *device_name;       /**< may be NULL */
    const char *address;
    const char *failure; /**< why; NULL: it did not fail */
};

/** A list that was taken away as a file. */
struct audit_export {
    const char *entity_kind; /**< as in the contract */
    const char *name;        /**< of the list */
    const char *filters;     /**< JSON [{field, from, to}] */
    int64_t rows;
};

int audit_export(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct audit_export *export) MUST_CHECK;

/** Queues it. */
int audit_log_in(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct audit_log_in *log_in) MUST_CHECK;

/** NULL asks for nothing. */
struct audit_filter {
    const char *actor_id;
    const char *entity_id;
    const char *entity_kind;
    const char *action;
    const char *from;
    const char *to;
};

/** Rows of (JSON, moment, id), newest first. `limits` are the page's parameters. */
int audit_list(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct audit_filter *filter, const struct db_parameters *limits,
               struct db_rows *ret) MUST_CHECK;

#endif
