/** Users in the database. Queries: user.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_USER_H
#define FIELDPROOF_STORE_USER_H

#include "server/store/db.h"

struct user_row {
    struct uuid org_id;
    struct uuid id;
    const char *log_in;
    const char *name;
    const char *role;
    const char *language;
    const char *phone; /**< may be NULL */
    const char *team;  /**< may be NULL */
    const char *password_hash;
    const uint8_t *content_sha256;
};

/** `ret_taken_by` as in insert_once.h. */
int user_insert(struct db *db, struct arena *arena, const struct user_row *row,
                const char **ret_taken_by) MUST_CHECK;

/** JSON of a user; NULL when there is none, or it is not `only` (NULL: anybody). */
int user_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
             const struct uuid *only, const char **ret_json, int64_t *ret_version) MUST_CHECK;

struct user_filter {
    const char *role;     /**< NULL: any; so are the others */
    const char *part;     /**< of name or log-in */
    const char *disabled; /**< "true", "false" */
    const char *team;
};

/** Starts the parameters of user_list; the page's come after them (resources/page.h). */
void user_list_parameters(struct db_parameters *parameters, struct arena *arena,
                          const struct uuid *org_id, const struct user_filter *filter);

/** Rows of (JSON, name, id). */
int user_list(struct db *db, const struct db_parameters *parameters,
              struct db_rows *ret) MUST_CHECK;

/** Locks a user for a change; its version, or 0 when there is none. */
/**
 * Locks a user who is to be changed, and the administrator who does it; whether that one still may
 * is to be asked afterwards.
 */
int user_lock_with_administrator(struct db *db, struct arena *arena, const struct uuid *org_id,
                                 const struct uuid *id,
                                 const struct uuid *administrator_id) MUST_CHECK;

int user_lock(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
              int64_t *ret_version) MUST_CHECK;

/**
 * @param change JSON with the members to change: log_in, name, role, language, phone, team,
 * disabled.
 * @param password_hash NULL: stays.
 */
int user_update(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *id, const char *change, const char *password_hash) MUST_CHECK;

int user_delete(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *id, bool *ret_was_there) MUST_CHECK;

/** Who wants to log in. */
struct user_credentials {
    bool is_known;
    bool is_disabled;
    struct uuid id;
    const char *password_hash; /**< NULL when nobody has this log-in */
};

int user_by_log_in(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const char *log_in, struct user_credentials *ret) MUST_CHECK;

/** The user with a summary of the organisation, and a tag of both versions. */
int me_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
           const char **ret_json, const char **ret_tag) MUST_CHECK;

#endif
