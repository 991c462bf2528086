#include "server/sweep.h"

#include "server/blobs/blobs.h"
#include "server/blobs/upload_file.h"
#include "server/complain.h"
#include "server/config.h"
#include "server/store/blob_reference.h"
#include "server/store/desk_change.h"
#include "server/store/migrate.h"
#include "server/store/organisation.h"
#include "server/store/phone_changes.h"
#include "server/store/retention.h"
#include "server/store/upload.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATABASE_WAIT_MS 5000

struct sweep {
    struct db_pool *pool;
    bool has_references;
    bool has_failed;
    struct uuid org_id; /**< whose references these are */
    struct blob_references references;
    struct retention_removed retention;
};

static int load(struct sweep *sweep, const struct uuid *org_id)
{
    char name[UUID_TEXT_BYTES];
    if (sweep->has_references && uuid_equal(&sweep->org_id, org_id))
        return 0;
    blob_references_free(&sweep->references);
    sweep->has_references = false;
    if (blob_references_load(sweep->pool, org_id, &sweep->references) < 0)
        return -1;
    sweep->has_references = true;
    sweep->org_id = *org_id;
    uuid_format(org_id, name);
    if (!sweep->references.organisation_is_known)
        printf("%s: this database knows no such organisation; its files are kept.\n", name);
    return 0;
}

/* Whatever is not known for certain is kept. */
static bool is_unreferenced(void *context, const struct uuid *org_id, const uint8_t sha256[32])
{
    struct sweep *sweep = context;
    if (sweep->has_failed || load(sweep, org_id) < 0) {
        sweep->has_failed = true;
        return false;
    }
    return sweep->references.organisation_is_known &&
           !blob_references_have(&sweep->references, sha256);
}

/* Whatever is not known for certain is kept. */
static bool is_awaited(void *context, const struct uuid *id)
{
    struct sweep *sweep = context;
    bool is_awaited = true;
    if (sweep->has_failed || upload_is_awaited(sweep->pool, &sweep->org_id, id, &is_awaited) < 0)
        sweep->has_failed = true;
    return sweep->has_failed || is_awaited;
}

/* The rows first: a file without a row is nobody's, a row without its file would begin anew. */
static int sweep_uploads(struct blobs *blobs, struct sweep *sweep)
{
    int64_t rows = 0, files = 0, bytes = 0;
    int result = organisation_next(sweep->pool, true, &sweep->org_id);
    while (result > 0) {
        int64_t expired = 0, removed = 0, removed_bytes = 0;
        if (upload_remove_expired(sweep->pool, &sweep->org_id, &expired) < 0 ||
            upload_files_sweep(blobs, &sweep->org_id, is_awaited, sweep, &removed, &removed_bytes) <
                0)
            return -1;
        rows += expired;
        files += removed;
        bytes += removed_bytes;
        result = organisation_next(sweep->pool, false, &sweep->org_id);
    }
    if (result == 0 && !sweep->has_failed)
        printf("%lld expired uploads forgotten, files of %lld uploads removed (%lld bytes).\n",
               (long long)rows, (long long)files, (long long)bytes);
    return result;
}

typedef int forget(struct db_pool *pool, const struct uuid *org_id, int64_t *ret_removed);

static int sweep_changes(struct sweep *sweep, forget *forget_of, const char *whose)
{
    int64_t removed = 0;
    int result = organisation_next(sweep->pool, true, &sweep->org_id);
    while (result > 0) {
        int64_t of_this_one = 0;
        if (forget_of(sweep->pool, &sweep->org_id, &of_this_one) < 0)
            return complain("The database failed while old changes were forgotten.");
        removed += of_this_one;
        result = organisation_next(sweep->pool, false, &sweep->org_id);
    }
    if (result == 0)
        printf("%lld changes that every %s has seen forgotten.\n", (long long)removed, whose);
    return result;
}

/* Before the blobs: what is taken off its rows is nobody's by then. */
static int sweep_retention(struct sweep *sweep)
{
    struct retention_removed removed = {0};
    int result = organisation_next(sweep->pool, true, &sweep->org_id);
    while (result > 0) {
        if (retention_remove(sweep->pool, &sweep->org_id, &removed) < 0)
            return complain("The database failed while retention rules were applied.");
        result = organisation_next(sweep->pool, false, &sweep->org_id);
    }
    sweep->retention = removed;
    return result;
}

static void report_retention(const struct retention_removed *removed)
{
    printf("%lld originals (%lld bytes) and thumbnails of %lld photos taken off their rows by "
           "retention rules.\n",
           (long long)removed->originals, (long long)removed->original_bytes,
           (long long)removed->thumbnails);
}

static int sweep_blobs(const struct config *config, struct sweep *sweep)
{
    struct blobs *blobs;
    int64_t removed, removed_bytes;
    if (blobs_open(config->data_dir, &blobs) < 0)
        return complain("The photos' folder %s cannot be used; correct FIELDPROOF_DATA_DIR or its "
                        "rights.",
                        config->data_dir);
    int result = blobs_sweep(blobs, (int)config->sweep_age_s, is_unreferenced, sweep, &removed,
                             &removed_bytes);
    sweep->has_references = false; /* org_id is about to become another */
    if (result == 0 && !sweep->has_failed)
        printf("%lld files removed (%lld bytes).\n", (long long)removed, (long long)removed_bytes);
    if (result == 0 && !sweep->has_failed)
        result = sweep_uploads(blobs, sweep);
    blobs_close(blobs);
    if (result < 0)
        return complain("A file could not be looked at or removed (%s).", strerror(errno));
    if (sweep->has_failed)
        return complain("The database failed; what was not compared with it was kept.");
    return 0;
}

static int sweep_all(const struct config *config)
{
    const struct db_pool_config pool = {
        .url = config->database_url, .connections = 1, .wait_ms = DATABASE_WAIT_MS};
    struct sweep sweep = {0};
    struct migrate_report report;
    if (!config->database_url)
        return complain("No database is named; set %s.", "FIELDPROOF_DATABASE_URL");
    if (migrate_check(config->database_url, &report) < 0)
        return complain("%s", report.sentence);
    if (db_pool_create(&pool, &sweep.pool) < 0)
        return complain("There is no memory for the database connections.");
    int result = sweep_retention(&sweep);
    if (result == 0)
        result = sweep_blobs(config, &sweep);
    if (result == 0)
        result = sweep_changes(&sweep, phone_changes_forget, "phone");
    if (result == 0)
        result = sweep_changes(&sweep, desk_changes_forget, "desk");
    if (result == 0)
        report_retention(&sweep.retention);
    blob_references_free(&sweep.references);
    db_pool_free(sweep.pool);
    return result;
}

int sweep_run(const struct config *config)
{
    return sweep_all(config) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
