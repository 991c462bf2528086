/**
 * Lists, a page at a time: ?limit= and an opaque ?cursor= that holds the sort keys of the last row.
 *
 * The query takes the limit and the keys as its last parameters and orders by the same keys, which
 * end with the id; it selects the item's JSON first and the keys after it:
 *
 *     SELECT customer_json(c), c.name, c.id FROM customer c
 *     WHERE c.org_id = $1::uuid AND ($3::text IS NULL OR (c.name, c.id) > ($3::text, $4::uuid))
 *     ORDER BY c.name, c.id LIMIT $2::integer
 */
#ifndef FIELDPROOF_RESOURCES_PAGE_H
#define FIELDPROOF_RESOURCES_PAGE_H

#include "server/http/route.h"
#include "server/store/db.h"

#define PAGE_KEYS_MAX 4

struct page {
    int limit;
    int key_count;
    bool has_cursor;
    const char *keys[PAGE_KEYS_MAX]; /**< NULL without a cursor */
};

/**
 * Reads limit and cursor.
 *
 * @param kinds one letter a key: 't' text, 'u' UUID, 'i' integer, 'm' moment (RFC 3339, to_char
 * with US microseconds, so that no row of the same millisecond is skipped).
 * @return 0; or -1 with INVALID_PARAMETER.
 */
int page_read(struct request *request, const char *kinds, struct page *ret) MUST_CHECK;

/** Adds the limit, one more than asked for, and then each key, NULL without a cursor. */
void page_add(struct db_parameters *parameters, struct arena *arena, const struct page *page);

/**
 * {"items": […], "next_cursor": …} from rows of (JSON, key…). A last row whose JSON is NULL is no
 * item: the list goes on behind it, though this page may hold fewer items than asked for, or none.
 */
int page_answer(struct request *request, const struct page *page, const struct db_rows *rows,
                struct response *response) MUST_CHECK;

/** Rows of (JSON, moment, id), of what is open or not and of one technician or (NULL) of all. */
typedef int (*page_of_technician_list)(struct db *db, struct arena *arena,
                                       const struct uuid *org_id, const char *open,
                                       const char *technician_id, const struct db_parameters *page,
                                       struct db_rows *ret);

/** Answers a list with ?open= and ?technician_id=; a technician sees their own alone. */
int page_answer_of_technician(struct request *request, page_of_technician_list list,
                              struct response *response) MUST_CHECK;

#endif
