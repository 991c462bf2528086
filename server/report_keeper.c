#include "server/report_keeper.h"

#include "server/base/log.h"
#include "server/base/periodic.h"
#include "server/store/organisation.h"
#include "server/store/report.h"

#include <stdlib.h>

struct report_keeper {
    struct db_pool *pool;
    int64_t pause_s;
    struct periodic *periodic;
    bool has_failed; /**< at the last look */
};

/* One that fails keeps nobody else from being counted. */
static void refresh_organisation(struct report_keeper *keeper, struct periodic *periodic,
                                 const struct uuid *organisation)
{
    bool has_more = true;
    while (has_more && !periodic_is_stopping(periodic))
        if (report_refresh(keeper->pool, organisation, &has_more) < 0) {
            keeper->has_failed = true;
            return;
        }
}

static void refresh_all(struct report_keeper *keeper, struct periodic *periodic)
{
    struct uuid organisation;
    int result = organisation_next(keeper->pool, true, &organisation);
    while (result > 0) {
        refresh_organisation(keeper, periodic, &organisation);
        result = periodic_is_stopping(periodic)
                     ? 0
                     : organisation_next(keeper->pool, false, &organisation);
    }
    if (result < 0)
        keeper->has_failed = true;
}

/* An outage is logged once. */
static void look(struct periodic *periodic, void *context)
{
    struct report_keeper *keeper = context;
    bool had_failed = keeper->has_failed;
    keeper->has_failed = false;
    refresh_all(keeper, periodic);
    if (keeper->has_failed && !had_failed)
        LOG(LOG_WARNING, "reports_not_kept", LOG_NUMBER("retry_s", keeper->pause_s));
}

int report_keeper_start(struct db_pool *pool, int pause_s, struct report_keeper **ret)
{
    struct report_keeper *keeper = calloc(1, sizeof *keeper);
    if (!keeper)
        return -1;
    keeper->pool = pool;
    keeper->pause_s = pause_s;
    if (periodic_start("reports", pause_s, look, keeper, &keeper->periodic) < 0) {
        free(keeper);
        return -1;
    }
    *ret = keeper;
    return 0;
}

void report_keeper_stop(struct report_keeper *keeper)
{
    if (!keeper)
        return;
    periodic_stop(keeper->periodic);
    free(keeper);
}
