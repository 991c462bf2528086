#include "server/resources/transaction.h"

#include "server/app.h"
#include "server/http/dispatch.h"
#include "server/store/db.h"

int transaction_run(struct request *request, const struct uuid *org_id, transaction_work *work,
                    void *context)
{
    struct db *db;
    if (db_begin(request->app->db_pool, request->arena, &request->problem, org_id, false, &db) < 0)
        return -1;
    dispatch_name_actor(request, db);
    request->db = db;
    int result = work(request, context);
    request->db = NULL;
    if (result == 0)
        return db_commit(db);
    db_rollback(db);
    return result;
}
