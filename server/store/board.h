/** The board of a day in the database. Query: board.sql. */
#ifndef FIELDPROOF_STORE_BOARD_H
#define FIELDPROOF_STORE_BOARD_H

#include "server/store/db.h"

#define BOARD_IDS_MAX 50

struct board_ids {
    size_t count;
    struct uuid ids[BOARD_IDS_MAX];
};

/** What of a board is asked for. */
struct board_parts {
    const char *day; /**< "2026-11-22"; NULL: today */
    bool is_whole;   /**< the rest does not matter then */
    struct board_ids work_orders;
    struct board_ids visits; /**< of the technicians that are wanted */
    bool retakes;
};

/** The board as JSON, in the arena. */
int board_get(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct board_parts *parts, const char **ret_json) MUST_CHECK;

#endif
