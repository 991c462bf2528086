#include "server/store/evidence.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

/* By what a list is looked up; each query takes the parameters of those before it, too. */
enum narrowed { BY_TIME, BY_CUSTOMER, BY_TEAM, BY_FINDING, BY_FINDING_OF_CUSTOMER, OF_FEW };

static const struct query *const visit_queries[] = {
    [BY_TIME] = &query_visit_list,
    [BY_CUSTOMER] = &query_visit_list_of_customer,
    [BY_TEAM] = &query_visit_list_of_team,
    [BY_FINDING] = &query_visit_list_with_finding,
    [BY_FINDING_OF_CUSTOMER] = &query_visit_list_with_finding_of_customer,
    [OF_FEW] = &query_visit_list_of_few,
};

static const struct query *const photo_queries[] = {
    [BY_TIME] = &query_evidence_list,
    [BY_CUSTOMER] = &query_evidence_list_of_customer,
    [BY_TEAM] = &query_evidence_list_of_team,
    [BY_FINDING] = &query_evidence_list_with_finding,
    [BY_FINDING_OF_CUSTOMER] = &query_evidence_list_with_finding_of_customer,
};

static enum narrowed narrow(const struct evidence_filter *filter, struct db_parameters *parameters)
{
    bool are_few = filter->work_order_id || filter->correction;
    enum narrowed narrowed = are_few               ? OF_FEW
                             : filter->finding     ? BY_FINDING
                             : filter->team        ? BY_TEAM
                             : filter->customer_id ? BY_CUSTOMER
                                                   : BY_TIME;
    const char *const values[] = {filter->customer_id, filter->team, filter->finding,
                                  filter->work_order_id, filter->correction};
    int count = are_few ? (int)(sizeof values / sizeof *values) : (int)narrowed;
    for (int i = 0; i < count; i++)
        db_add_text(parameters, values[i]);
    return narrowed == BY_FINDING && filter->customer_id ? BY_FINDING_OF_CUSTOMER : narrowed;
}

int visit_list(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct evidence_filter *filter, const struct db_parameters *page,
               struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, filter->site_id);
    db_add_text(&parameters, filter->technician_id);
    db_add_text(&parameters, filter->from);
    db_add_text(&parameters, filter->to);
    db_add_text(&parameters, filter->verdict);
    db_add_text(&parameters, filter->reviewed);
    db_add_text(&parameters, filter->is_signed);
    db_add_text(&parameters, filter->corrected);
    db_add_text(&parameters, filter->concern);
    db_add_text(&parameters, filter->first_day);
    db_add_text(&parameters, filter->last_day);
    db_add_all(&parameters, page);
    enum narrowed narrowed = narrow(filter, &parameters);
    return db_query_by_values(db, visit_queries[narrowed], &parameters, ret);
}

/* What both lists of photos begin with. */
static struct db_parameters photo_parameters(struct arena *arena, const struct uuid *org_id,
                                             const char *language,
                                             const struct evidence_filter *filter,
                                             const struct db_parameters *page)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, language);
    db_add_text(&parameters, filter->site_id);
    db_add_text(&parameters, filter->technician_id);
    db_add_text(&parameters, filter->from);
    db_add_text(&parameters, filter->to);
    db_add_text(&parameters, filter->verdict);
    db_add_text(&parameters, filter->reviewed);
    db_add_text(&parameters, filter->role);
    db_add_all(&parameters, page);
    return parameters;
}

int evidence_list_by_risk(struct db *db, struct arena *arena, const struct uuid *org_id,
                          const char *language, const struct evidence_filter *filter,
                          const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = photo_parameters(arena, org_id, language, filter, page);
    const struct query *query = &query_evidence_list_by_risk;
    if (filter->finding)
        query = filter->customer_id ? &query_evidence_list_by_risk_with_finding_of_customer
                                    : &query_evidence_list_by_risk_with_finding;
    else if (filter->customer_id)
        query = &query_evidence_list_by_risk_of_customer;
    if (filter->customer_id || filter->finding)
        db_add_text(&parameters, filter->customer_id);
    if (filter->finding)
        db_add_text(&parameters, filter->finding);
    return db_query_by_values(db, query, &parameters, ret);
}

int evidence_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const char *language, const struct evidence_filter *filter,
                  const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = photo_parameters(arena, org_id, language, filter, page);
    db_add_text(&parameters, filter->decision);
    db_add_text(&parameters, filter->first_day);
    db_add_text(&parameters, filter->last_day);
    enum narrowed narrowed = narrow(filter, &parameters);
    return db_query_by_values(db, photo_queries[narrowed], &parameters, ret);
}

int evidence_views(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *visit_id, const struct db_parameters *page,
                   bool *ret_visit_exists, struct db_rows *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
    struct db_rows visits;
    if (db_query(db, &query_visit_exists, &parameters, &visits) < 0)
        return -1;
    *ret_visit_exists = visits.count > 0;
    db_add_all(&parameters, page);
    return db_query(db, &query_evidence_views, &parameters, ret);
}
