#include "server/store/db_constraints.h"

#include "server/base/macros.h"

#include <string.h>

const struct db_constraint db_constraints[] = {
    {"organisation_directory_pkey", PROBLEM_DUPLICATE, "/slug",
     "Another organisation has this slug."},
    {"organisation_directory_org_id_key", PROBLEM_CONTENT_CONFLICT, "/id", "This id is taken."},
    {"app_user_log_in", PROBLEM_DUPLICATE, "/log_in", "Another user has this log-in."},
    {"customer_code", PROBLEM_DUPLICATE, "/code", "Another customer has this code."},
    {"site_code", PROBLEM_DUPLICATE, "/code", "Another site has this code."},
    {"site_check", PROBLEM_INVALID_FIELD, "/radius_m",
     "A site has either a radius or a polygon, not both."},
    {"asset_barcode", PROBLEM_DUPLICATE, "/barcode", "Another asset has this barcode."},
    {"work_order_number", PROBLEM_DUPLICATE, "/number", "Another work order has this number."},
    {"work_order_check", PROBLEM_INVALID_FIELD, "/window_ends_at",
     "The window ends before it starts."},
    {"signature_sheet", PROBLEM_SHEET_SIGNED, "/sheet_version",
     "This version of the sheet has been signed already."},
    {"retake_open_photo", PROBLEM_STATE_CONFLICT, "", "This photo is to be taken again already."},
    {"visit_sheet_signed_is_final", PROBLEM_SHEET_SIGNED, "", "A signed sheet never changes."},
    {"photo_stored_is_final", PROBLEM_CONTENT_CONFLICT, "", "A stored photo never changes."},

    /* Foreign keys: the field that names something unknown, and who refers. */
    {"organisation_directory_org_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/org_id", "An organisation"},
    {"app_user_org_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/org_id", "A user"},
    {"session_org_id_user_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/user_id", "A log-in"},
    {"refresh_token_org_id_session_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/session_id", "A log-in"},
    {"customer_org_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/org_id", "A customer"},
    {"customer_org_id_service_manager_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/service_manager_id",
     "A customer"},
    {"contact_org_id_customer_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/customer_id", "A contact"},
    {"site_org_id_customer_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/customer_id", "A site"},
    {"asset_org_id_site_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/site_id", "An asset"},
    {"work_order_org_id_customer_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/customer_id",
     "A work order"},
    {"work_order_org_id_site_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/site_id", "A work order"},
    {"work_order_org_id_created_by_fkey", PROBLEM_UNKNOWN_REFERENCE, "/created_by", "A work order"},
    {"work_order_assignee_org_id_work_order_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/work_order_id",
     "A work order"},
    {"work_order_assignee_org_id_user_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/assignee_ids",
     "A work order"},
    {"checklist_item_org_id_work_order_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/work_order_id",
     "A checklist"},
    {"checklist_item_org_id_asset_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/checklist", "A checklist"},
    {"work_order_event_org_id_work_order_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/work_order_id",
     "A work order's history"},
    {"work_order_event_org_id_actor_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/actor_id",
     "A work order's history"},
    {"visit_org_id_site_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/site_id", "A visit"},
    {"visit_org_id_technician_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/technician_id", "A visit"},
    {"visit_work_order_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A visit"},
    {"visit_work_order_org_id_work_order_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/work_order_ids",
     "A visit"},
    {"check_in_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A check-in"},
    {"check_in_org_id_site_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/site_id", "A check-in"},
    {"check_in_org_id_user_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/user_id", "A check-in"},
    {"scan_org_id_check_in_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/check_in_id", "A scan"},
    {"scan_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A scan"},
    {"scan_org_id_asset_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/scans", "A scan"},
    {"photo_org_id_check_in_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/check_in_id", "A photo"},
    {"photo_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A photo"},
    {"photo_org_id_site_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/site_id", "A photo"},
    {"photo_org_id_user_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/user_id", "A photo"},
    {"photo_org_id_work_order_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/photos", "A photo"},
    {"photo_org_id_retake_of_fkey", PROBLEM_UNKNOWN_REFERENCE, "/photos", "A photo"},
    {"visit_sheet_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A visit sheet"},
    {"visit_sheet_org_id_written_by_fkey", PROBLEM_UNKNOWN_REFERENCE, "/written_by",
     "A visit sheet"},
    {"signature_org_id_visit_id_sheet_version_fkey", PROBLEM_UNKNOWN_REFERENCE, "/sheet_version",
     "A signature"},
    {"signature_org_id_collected_by_fkey", PROBLEM_UNKNOWN_REFERENCE, "/collected_by",
     "A signature"},
    {"review_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A review"},
    {"review_org_id_photo_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/photo_id", "A review"},
    {"review_org_id_reviewer_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/reviewer_id", "A review"},
    {"retake_org_id_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/id", "A retake"},
    {"retake_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id", "A retake"},
    {"retake_org_id_photo_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/photo_id", "A retake"},
    {"retake_org_id_answered_by_photo_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/answered_by_photo_id",
     "A retake"},
    {"retake_org_id_technician_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/technician_id", "A retake"},
    {"retake_org_id_requested_by_fkey", PROBLEM_UNKNOWN_REFERENCE, "/requested_by", "A retake"},
    {"evidence_view_org_id_user_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/user_id",
     "The record of who looked at what"},
    {"evidence_view_org_id_visit_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/visit_id",
     "The record of who looked at what"},
    {"evidence_view_org_id_photo_id_fkey", PROBLEM_UNKNOWN_REFERENCE, "/photo_id",
     "The record of who looked at what"},
};

const int db_constraint_count = ARRAY_LENGTH(db_constraints);

const struct db_constraint *db_constraint_named(const char *name)
{
    for (int i = 0; i < db_constraint_count; i++)
        if (strcmp(db_constraints[i].name, name) == 0)
            return &db_constraints[i];
    return NULL;
}
