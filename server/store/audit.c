#include "server/store/audit.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int audit_note(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct audit_note *note)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, note->action);
    db_add_text(&parameters, note->entity_kind);
    db_add_uuid(&parameters, arena, note->entity_id);
    db_add_text(&parameters, note->entity_name);
    return db_queue(db, &query_audit_note, &parameters);
}

int audit_export(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct audit_export *export)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, export->entity_kind);
    db_add_text(&parameters, export->name);
    db_add_text(&parameters, export->filters);
    db_add_integer(&parameters, arena, export->rows);
    return db_queue(db, &query_audit_export, &parameters);
}

int audit_log_in(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct audit_log_in *log_in)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_optional_uuid(&parameters, arena, log_in->user_id);
    db_add_optional_uuid(&parameters, arena, log_in->session_id);
    db_add_text(&parameters, log_in->device_name);
    db_add_text(&parameters, log_in->address);
    db_add_text(&parameters, log_in->failure ? "log_in_failed" : "logged_in");
    db_add_text(&parameters, log_in->failure);
    return db_queue(db, &query_audit_log_in, &parameters);
}

int audit_list(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct audit_filter *filter, const struct db_parameters *limits,
               struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, filter->actor_id);
    db_add_text(&parameters, filter->entity_id);
    db_add_text(&parameters, filter->entity_kind);
    db_add_text(&parameters, filter->action);
    db_add_text(&parameters, filter->from);
    db_add_text(&parameters, filter->to);
    db_add_all(&parameters, limits);
    return db_query_by_values(db, &query_audit_list, &parameters, ret);
}
