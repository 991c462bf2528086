/**
 * Customers, contacts, sites, assets and templates in the database: tables that are read and
 * written alike. Queries: customer.sql, contact.sql, site.sql, asset.sql, checklist_template.sql.
 * Rows go in as JSON objects whose members are the table's columns, and come out in the contract's
 * shape.
 */
#ifndef FIELDPROOF_STORE_MASTER_DATA_H
#define FIELDPROOF_STORE_MASTER_DATA_H

#include "server/store/db.h"

/** The queries of one table. */
struct master_table {
    const struct query *insert;
    const struct query *content; /**< the digest an id is taken by */
    const struct query *get;
    const struct query *lock; /**< get, and keep the row for a change */
    const struct query *change;
    const struct query *remove;
    const struct query *list;
};

extern const struct master_table master_customers;
extern const struct master_table master_contacts;
extern const struct master_table master_sites;
extern const struct master_table master_assets;
extern const struct master_table master_checklist_templates;

struct master_key {
    struct uuid org_id;
    struct uuid id;
};

/** One row as the contract shows it. */
struct master_entity {
    const char *json; /**< NULL: there is no such row */
    int64_t version;
};

/**
 * Creates a row once.
 *
 * @param row JSON object of the columns.
 * @param content_sha256 what tells a replay from other content.
 * @param[out] ret_taken_by NULL: inserted; else the digest the id is taken by (insert_once.h).
 */
int master_data_insert(struct db *db, struct arena *arena, const struct master_table *table,
                       const struct master_key *key, const char *row,
                       const uint8_t content_sha256[32], const char **ret_taken_by) MUST_CHECK;

int master_data_get(struct db *db, struct arena *arena, const struct master_table *table,
                    const struct master_key *key, struct master_entity *ret) MUST_CHECK;

/** As master_data_get; nobody else changes the row until this transaction ends. */
int master_data_lock(struct db *db, struct arena *arena, const struct master_table *table,
                     const struct master_key *key, struct master_entity *ret) MUST_CHECK;

/**
 * Changes the columns that are members of `row`; null empties one. The version counts only what
 * makes a difference.
 */
int master_data_change(struct db *db, struct arena *arena, const struct master_table *table,
                       const struct master_key *key, const char *row) MUST_CHECK;

/** REFERENCED when something still refers to the row. */
int master_data_delete(struct db *db, struct arena *arena, const struct master_table *table,
                       const struct master_key *key, bool *ret_existed) MUST_CHECK;

/** Whether the IANA database knows the time zone, exactly as written. */
int time_zone_is_known(struct db *db, const char *name, bool *ret_is_known) MUST_CHECK;

#endif
