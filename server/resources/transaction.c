#include "server/resources/transaction.h"

#include "server/app.h"
#include "server/http/dispatch.h"
#include "server/store/db.h"

static int run(struct request *request, const struct uuid *org_id, bool is_read_only,
               transaction_work *work, void *context)
{
    struct db *db;
    if (db_begin(request->app->db_pool, request->arena, &request->problem, org_id, is_read_only,
                 &db) < 0)
        return -1;
    if (!is_read_only)
        dispatch_name_actor(request, db);
    request->db = db;
    int result = work(request, context);
    request->db = NULL;
    if (result == 0)
        return db_commit(db);
    if (request->keeps_refusal)
        return db_commit(db) < 0 ? -1 : result;
    db_rollback(db);
    return result;
}

int transaction_run(struct request *request, const struct uuid *org_id, transaction_work *work,
                    void *context)
{
    return run(request, org_id, false, work, context);
}

int transaction_read(struct request *request, const struct uuid *org_id, transaction_work *work,
                     void *context)
{
    return run(request, org_id, true, work, context);
}
