#include "server/store/blob_reference.h"

#include "server/base/hex.h"
#include "server/store/db_apart.h"
#include "server/store/organisation.h"
#include "server/store/queries.h"
#include "server/store/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGESTS_MAX ((size_t)100 * 1000 * 1000)

/* The keys of the last row of a page; the next one begins after it. */
struct place {
    bool is_set;
    char id[UUID_TEXT_BYTES];
    char version[16];
};

static int add(struct blob_references *references, const char *text)
{
    if (references->count == references->capacity) {
        size_t capacity = references->capacity ? 2 * references->capacity : 4096;
        void *digests = capacity > DIGESTS_MAX ? NULL : realloc(references->digests, capacity * 32);
        if (!digests)
            return -1;
        references->digests = digests;
        references->capacity = capacity;
    }
    return hex_decode(text, references->digests[references->count++], 32);
}

/* Rows of (id, version, digest…). */
static int add_page(struct blob_references *references, const struct db_rows *rows, int columns,
                    struct place *place)
{
    for (int row = 0; row < rows->count; row++)
        for (int column = 2; column < columns; column++)
            if (!db_is_null(rows, row, column) && add(references, db_value(rows, row, column)) < 0)
                return -1;
    if (rows->count > 0) {
        place->is_set = true;
        snprintf(place->id, sizeof place->id, "%s", db_value(rows, rows->count - 1, 0));
        snprintf(place->version, sizeof place->version, "%s", db_value(rows, rows->count - 1, 1));
    }
    return 0;
}

/** Where the reading of one query stands. */
struct reading {
    const struct uuid *org_id;
    const struct query *query;
    int columns;
    struct place place;
    struct blob_references *references;
};

/* One page in a transaction and an arena of its own, so that memory does not grow with the pages.
 * How many rows it had. */
static int read_page(struct db *db, struct arena *arena, void *context)
{
    struct reading *reading = context;
    struct place *place = &reading->place;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, reading->org_id);
    db_add_text(&parameters, place->is_set ? place->id : NULL);
    db_add_text(&parameters, place->is_set ? place->version : NULL);
    if (db_query(db, reading->query, &parameters, &rows) < 0 ||
        add_page(reading->references, &rows, reading->columns, place) < 0)
        return -1;
    return rows.count;
}

static int read_all(struct db_pool *pool, const struct uuid *org_id, const struct query *query,
                    int columns, struct blob_references *references)
{
    struct reading reading = {
        .org_id = org_id, .query = query, .columns = columns, .references = references};
    int count;
    do
        count = db_run_apart(pool, org_id, true, read_page, &reading);
    while (count > 0);
    return count;
}

struct finding {
    const struct uuid *org_id;
    bool is_known;
};

static int find(struct db *db, struct arena *arena, void *context)
{
    struct finding *finding = context;
    const char *json = NULL;
    int64_t version;
    if (organisation_get(db, arena, finding->org_id, &json, &version) < 0)
        return -1;
    finding->is_known = json != NULL;
    return 0;
}

static int find_organisation(struct db_pool *pool, const struct uuid *org_id, bool *ret_is_known)
{
    struct finding finding = {.org_id = org_id};
    if (db_run_apart(pool, org_id, true, find, &finding) < 0)
        return -1;
    *ret_is_known = finding.is_known;
    return 0;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, 32);
}

int blob_references_load(struct db_pool *pool, const struct uuid *org_id,
                         struct blob_references *ret)
{
    struct blob_references references = {0};
    if (find_organisation(pool, org_id, &references.organisation_is_known) < 0 ||
        read_all(pool, org_id, &query_blob_references_of_photos, 5, &references) < 0 ||
        read_all(pool, org_id, &query_blob_references_of_sheets, 3, &references) < 0) {
        blob_references_free(&references);
        return -1;
    }
    if (references.count > 0)
        qsort(references.digests, references.count, 32, compare);
    *ret = references;
    return 0;
}

bool blob_references_have(const struct blob_references *references, const uint8_t sha256[32])
{
    return references->count > 0 &&
           bsearch(sha256, references->digests, references->count, 32, compare);
}

void blob_references_free(struct blob_references *references)
{
    free(references->digests);
    *references = (struct blob_references){0};
}
