#include "server/sweep.h"

#include "server/blobs/blobs.h"
#include "server/complain.h"
#include "server/config.h"
#include "server/store/blob_reference.h"
#include "server/store/migrate.h"

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
    blobs_close(blobs);
    if (result < 0)
        return complain("A file could not be looked at or removed (%s).", strerror(errno));
    if (sweep->has_failed)
        return complain("The database failed; what was not compared with it was kept.");
    printf("%lld files removed (%lld bytes).\n", (long long)removed, (long long)removed_bytes);
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
    int result = sweep_blobs(config, &sweep);
    blob_references_free(&sweep.references);
    db_pool_free(sweep.pool);
    return result;
}

int sweep_run(const struct config *config)
{
    return sweep_all(config) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
