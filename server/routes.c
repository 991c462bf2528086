#include "server/routes.h"

#include "server/resources/assets.h"
#include "server/resources/audit_claims.h"
#include "server/resources/audit_trail.h"
#include "server/resources/auth.h"
#include "server/resources/board.h"
#include "server/resources/callbacks.h"
#include "server/resources/check_ins.h"
#include "server/resources/checklist_templates.h"
#include "server/resources/contacts.h"
#include "server/resources/corrections.h"
#include "server/resources/csv_lists.h"
#include "server/resources/customer_links.h"
#include "server/resources/customer_responses.h"
#include "server/resources/customers.h"
#include "server/resources/devices.h"
#include "server/resources/documentation.h"
#include "server/resources/enrolments.h"
#include "server/resources/events.h"
#include "server/resources/evidence.h"
#include "server/resources/health.h"
#include "server/resources/imports.h"
#include "server/resources/map_tiles.h"
#include "server/resources/organisations.h"
#include "server/resources/photos.h"
#include "server/resources/places.h"
#include "server/resources/plan.h"
#include "server/resources/policies.h"
#include "server/resources/receipts.h"
#include "server/resources/retakes.h"
#include "server/resources/retention.h"
#include "server/resources/reviews.h"
#include "server/resources/sampling_assessments.h"
#include "server/resources/sampling_draws.h"
#include "server/resources/sampling_plans.h"
#include "server/resources/shared.h"
#include "server/resources/sites.h"
#include "server/resources/sync.h"
#include "server/resources/uploads.h"
#include "server/resources/users.h"
#include "server/resources/visit_file.h"
#include "server/resources/visit_pack.h"
#include "server/resources/visit_sheets.h"
#include "server/resources/visits.h"
#include "server/resources/web_app.h"
#include "server/resources/work_orders.h"
#include "server/resources/work_schedules.h"

#include <string.h>

#define T ROLE_TECHNICIAN
#define D ROLE_DISPATCHER
#define M ROLE_MANAGER
#define A ROLE_ADMINISTRATOR

#define ANYBODY  0u
#define EVERYONE ((unsigned)(T | D | M | A)) /* who has logged in */

#define NONE  TRANSACTION_NONE
#define READ  TRANSACTION_READ
#define WRITE TRANSACTION_WRITE

/* Ceilings of whole bodies. A photo's own ceiling is a setting, and never above this one. */
#define KIB             INT64_C(1024)
#define SMALL_BODY      (64 * KIB)
#define SITE_BODY       (256 * KIB) /* a polygon of 5,000 points */
#define IMPORT_BYTES    (2048 * KIB)
#define SHEET_BYTES     (256 * KIB)
#define SIGNATURE_BYTES (1024 * KIB) /* with the document */
#define SYNC_BYTES      (2048 * KIB)
#define PHOTO_BYTES     (25 * KIB * KIB)
#define VIDEO_BYTES     (1024 * KIB * KIB)
#define CHECK_IN_BYTES  (20 * PHOTO_BYTES + 320 * KIB) /* 20 photos, the JSON, the parts' heads */

/* clang-format off */
const struct route routes[] = {
    /* method  path                operationId             prepare handle                  roles    transaction body  ceiling */
    {"GET",    "/healthz",         "getHealth",            NULL, health_get,               ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/readyz",          "getReadiness",         NULL, health_get_readiness,     ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/metrics",         "getMetrics",           NULL, health_get_metrics,       ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/v1/openapi.json", "getContract",          NULL, documentation_get_contract, ANYBODY, NONE, BODY_NONE, 0},
    {"GET",    "/docs",            "getDocumentation",     NULL, documentation_get,        ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/docs/{file}",     "getDocumentationFile", NULL, documentation_get_file,   ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/",                "openHome",             NULL, web_app_redirect,         ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/app",             "openAppFolder",        NULL, web_app_redirect,         ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/app/",            "openApp",              NULL, web_app_get,              ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/c/{token}",       "openCustomerPage",     NULL, web_app_get_customer_page, ANYBODY, NONE, BODY_NONE, 0},
    {"GET",    "/desk",            "openDesk",             NULL, web_app_get_desk,         ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",    "/app/{file}",      "getAppFile",           NULL, web_app_get_file,         ANYBODY, NONE,  BODY_NONE, 0},

    {"POST",   "/v1/organisations",       "createOrganisation", NULL, organisation_create, ROLE_OPERATOR, NONE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/organisation",        "getOrganisation",    NULL, organisation_show,  EVERYONE, READ,  BODY_NONE, 0},
    {"GET",    "/v1/organisation/policy", "getPolicy",          NULL, policy_show,        EVERYONE, READ,  BODY_NONE, 0},
    {"PATCH",  "/v1/organisation/policy", "changePolicy",       NULL, policy_change,      M | A,    WRITE, BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/organisation/policy/preview", "previewPolicy", NULL, policy_preview,     M | A,    NONE,  BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/auth/log-in",         "logIn",              NULL, auth_log_in,        ANYBODY,  NONE,  BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/auth/enrol",          "enrol",              NULL, auth_enrol,         ANYBODY,  NONE,  BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/auth/refresh",        "refreshToken",       NULL, auth_refresh,       ANYBODY,  NONE,  BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/auth/log-out",        "logOut",             NULL, auth_log_out,       EVERYONE, WRITE, BODY_NONE, 0},
    {"GET",    "/v1/me",                  "getMe",              NULL, auth_me,            EVERYONE, READ,  BODY_NONE, 0},
    {"GET",    "/v1/users",               "listUsers",          NULL, user_list_page,     D | M | A, READ, BODY_NONE, 0},
    {"POST",   "/v1/users",               "createUser",         NULL, user_create,        A,        NONE,  BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/users/{user_id}",     "getUser",            NULL, user_show,          EVERYONE, READ,  BODY_NONE, 0},
    {"PATCH",  "/v1/users/{user_id}",     "changeUser",         NULL, user_change,        A,        NONE,  BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/users/{user_id}",     "deleteUser",         NULL, user_remove,        A,        WRITE, BODY_NONE, 0},
    {"POST",   "/v1/users/{user_id}/enrolments",  "createEnrolment", NULL, enrolment_create, M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/enrolments/{enrolment_id}",   "getEnrolment",    NULL, enrolment_show,   M | A, READ,  BODY_NONE, 0},
    {"DELETE", "/v1/enrolments/{enrolment_id}",   "deleteEnrolment", NULL, enrolment_remove, M | A, WRITE, BODY_NONE, 0},
    {"GET",    "/v1/devices",                     "listDevices",     NULL, device_list_page, T | M | A, READ, BODY_NONE, 0},
    {"DELETE", "/v1/devices/{device_id}",         "deleteDevice",    NULL, device_remove,    M | A, WRITE, BODY_NONE, 0},
    {"POST",   "/v1/devices/{device_id}/restore", "restoreDevice",   NULL, device_bring_back, M | A, WRITE, BODY_NONE, 0},
    {"GET",    "/v1/organisation/retention",         "getRetention",     NULL, retention_show,   M | A, READ,  BODY_NONE, 0},
    {"PUT",    "/v1/organisation/retention",         "changeRetention",  NULL, retention_change, A,     WRITE, BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/organisation/retention/preview", "previewRetention", NULL, retention_try,    A,     READ,  BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/holds",                          "listHolds",        NULL, hold_list_page,   M | A, READ,  BODY_NONE, 0},
    {"PUT",    "/v1/visits/{visit_id}/hold",         "holdVisit",        NULL, hold_put,         M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/visits/{visit_id}/hold",         "releaseVisit",     NULL, hold_remove,      M | A, WRITE, BODY_NONE, 0},
    {"GET",    "/v1/audit-trail",                 "listAuditTrail",  NULL, audit_trail_page, M | A, READ,  BODY_NONE, 0},

    {"GET",    "/v1/work-orders",                             "listWorkOrders",       NULL, csv_work_orders,         EVERYONE,  READ,  BODY_NONE, 0},
    {"POST",   "/v1/work-orders",                             "createWorkOrder",      NULL, work_order_create,       D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/work-orders/{work_order_id}",             "getWorkOrder",         NULL, work_order_show,         EVERYONE,  READ,  BODY_NONE, 0},
    {"PATCH",  "/v1/work-orders/{work_order_id}",             "changeWorkOrder",      NULL, work_order_change,       D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/work-orders/{work_order_id}",             "deleteWorkOrder",      NULL, work_order_remove,       D | M | A, WRITE, BODY_NONE, 0},
    {"POST",   "/v1/work-orders/{work_order_id}/transitions", "transitionWorkOrder",  NULL, work_order_transition,   EVERYONE,  WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/work-orders/{work_order_id}/history",     "listWorkOrderHistory", NULL, work_order_history_page, EVERYONE,  READ,  BODY_NONE, 0},
    {"POST",   "/v1/work-orders/{work_order_id}/on-the-way",  "reportOnTheWay",       NULL, work_order_way,          T,         WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/plan",                                    "getPlan",              NULL, plan_show,               D | M | A, READ,  BODY_NONE, 0},
    {"GET",    "/v1/checklist-templates",                     "listChecklistTemplates",  NULL, checklist_template_list,   D | M | A, READ,  BODY_NONE, 0},
    {"POST",   "/v1/checklist-templates",                     "createChecklistTemplate", NULL, checklist_template_create, D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/checklist-templates/{template_id}",       "getChecklistTemplate",    NULL, checklist_template_show,   D | M | A, READ,  BODY_NONE, 0},
    {"PATCH",  "/v1/checklist-templates/{template_id}",       "changeChecklistTemplate", NULL, checklist_template_change, D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/checklist-templates/{template_id}",       "deleteChecklistTemplate", NULL, checklist_template_delete, D | M | A, WRITE, BODY_NONE, 0},
    {"POST",   "/v1/work-order-batches",                      "createWorkOrderBatch",    NULL, work_order_batch_post,       D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/work-schedules",                          "listWorkSchedules",       NULL, work_schedule_list_page,     D | M | A, READ,  BODY_NONE, 0},
    {"POST",   "/v1/work-schedules",                          "createWorkSchedule",      NULL, work_schedule_create,        D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/work-schedules/{schedule_id}",            "getWorkSchedule",         NULL, work_schedule_show,          D | M | A, READ,  BODY_NONE, 0},
    {"PATCH",  "/v1/work-schedules/{schedule_id}",            "changeWorkSchedule",      NULL, work_schedule_alter,         D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"PUT",    "/v1/work-schedules/{schedule_id}/skips/{date}", "skipWorkScheduleDate",  NULL, work_schedule_skip_date,     D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/work-schedules/{schedule_id}/skips/{date}", "unskipWorkScheduleDate", NULL, work_schedule_unskip_date,  D | M | A, WRITE, BODY_NONE, 0},
    {"POST",   "/v1/work-schedule-previews",                  "previewWorkSchedule",     NULL, work_schedule_preview_dates, D | M | A, READ,  BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/my/day",                                  "getMyDay",             NULL, my_day_show,             T,         READ,  BODY_NONE, 0},
    {"GET",    "/v1/my/changes",                              "getMyChanges",         NULL, my_changes_show,         T,         READ,  BODY_NONE, 0},

    {"POST", "/v1/check-ins",                        "createCheckIn",    check_in_create_prepare, check_in_create, T, WRITE, BODY_JSON_OR_MULTIPART, CHECK_IN_BYTES},
    {"POST", "/v1/sync",                             "syncBatch",        NULL, sync_batch,       T,        NONE,  BODY_JSON, SYNC_BYTES},
    {"GET",  "/v1/check-ins/{check_in_id}",          "getCheckIn",       NULL, check_in_show,    EVERYONE, READ,  BODY_NONE, 0},
    {"GET",  "/v1/photos/{photo_id}",                "getPhoto",         NULL, photo_show,       EVERYONE, READ,  BODY_NONE, 0},
    {"PUT",  "/v1/photos/{photo_id}/content",        "putPhotoContent",  photo_content_prepare, photo_content_put, T, WRITE, BODY_JPEG, PHOTO_BYTES},
    {"GET",  "/v1/photos/{photo_id}/receipt",        "getPhotoReceipt",  NULL, receipt_show,     EVERYONE, READ,  BODY_NONE, 0},
    {"GET",  "/v1/receipt-keys",                     "getReceiptKeys",   NULL, receipt_keys_show, ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",  "/v1/photos/{photo_id}/original",       "getPhotoOriginal", NULL, photo_original,   EVERYONE, WRITE, BODY_NONE, 0},
    {"GET",  "/v1/photos/{photo_id}/medium",         "getPhotoMedium",   NULL, photo_medium,     EVERYONE, WRITE, BODY_NONE, 0},
    {"GET",  "/v1/photos/{photo_id}/small",          "getPhotoSmall",    NULL, photo_small,      EVERYONE, READ,  BODY_NONE, 0},
    {"OPTIONS", "/v1/uploads",                       "getUploadOptions", NULL, upload_options,   ANYBODY,  NONE,  BODY_NONE, 0},
    {"POST",    "/v1/uploads",                       "createUpload",     upload_create_prepare, upload_create, T, NONE, BODY_UPLOAD, VIDEO_BYTES},
    {"HEAD",    "/v1/uploads/{upload_id}",           "getUpload",        NULL, upload_show,      T,        NONE,  BODY_NONE, 0},
    {"PATCH",   "/v1/uploads/{upload_id}",           "patchUpload",      upload_patch_prepare, upload_patch, T, NONE, BODY_UPLOAD, VIDEO_BYTES},
    {"DELETE",  "/v1/uploads/{upload_id}",           "deleteUpload",     NULL, upload_delete,    T,        NONE,  BODY_NONE, 0},
    {"GET",  "/v1/visits/{visit_id}/sheet",          "getSheet",         NULL, visit_sheet_show, EVERYONE, READ,  BODY_NONE, 0},
    {"PUT",  "/v1/visits/{visit_id}/sheet",          "putSheet",         NULL, visit_sheet_put,  T,        WRITE, BODY_JSON, SHEET_BYTES},
    {"POST", "/v1/visits/{visit_id}/signatures",     "signSheet",        NULL, visit_sheet_add_signature, T, WRITE, BODY_JSON, SIGNATURE_BYTES},
    {"GET",  "/v1/visits/{visit_id}/sheet.pdf",      "getSheetPdf",      NULL, visit_sheet_pdf,  EVERYONE, NONE, BODY_NONE, 0},

    {"GET",  "/v1/visits",                   "listVisits",         NULL, csv_visits,            EVERYONE,  READ,  BODY_NONE, 0},
    {"GET",  "/v1/visits/{visit_id}",        "getVisit",           NULL, visit_show,            EVERYONE,  WRITE, BODY_NONE, 0},
    {"POST", "/v1/visits/{visit_id}/reviews", "reviewVisit",       NULL, review_visit,          M,         WRITE, BODY_JSON, SMALL_BODY},
    {"GET",  "/v1/visits/{visit_id}/views",  "listEvidenceViews",  NULL, visit_view_list_page,  M | A,     READ,  BODY_NONE, 0},
    {"GET",  "/v1/visits/{visit_id}/pack",   "getVisitPack",       NULL, visit_pack_download,   M | A,     NONE,  BODY_NONE, 0},
    {"GET",  "/v1/visits/{visit_id}/file",   "getVisitFile",       NULL, visit_file_show,       D | M | A, WRITE, BODY_NONE, 0},
    {"POST", "/v1/visits/{visit_id}/callbacks",    "createCallback",   NULL, callback_create,           D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"POST", "/v1/visits/{visit_id}/pack-tickets", "createPackTicket", NULL, visit_pack_ticket_create,   M | A,   WRITE, BODY_JSON, SMALL_BODY},
    {"GET",  "/v1/packs/{token}",                  "downloadPack",     NULL, visit_pack_ticket_download, ANYBODY, NONE,  BODY_NONE, 0},
    {"GET",  "/v1/evidence",                 "listEvidence",       NULL, csv_evidence,          D | M | A, READ,  BODY_NONE, 0},
    {"GET",  "/v1/audit-queue",              "listAuditQueue",     NULL, csv_audit_queue,       D | M | A, READ,  BODY_NONE, 0},
    {"POST", "/v1/audit-queue/claims",       "claimAuditPhotos",   NULL, audit_claim_create,    M,         WRITE, BODY_JSON, SMALL_BODY},
    {"POST", "/v1/photos/{photo_id}/reviews", "reviewPhoto",       NULL, review_photo,          M,         WRITE, BODY_JSON, SMALL_BODY},
    {"GET",  "/v1/retakes",                  "listRetakes",        NULL, retake_list_page,      EVERYONE,  READ,  BODY_NONE, 0},
    {"GET",  "/v1/corrections",              "listCorrections",    NULL, correction_list_page,  EVERYONE,  READ,  BODY_NONE, 0},
    {"POST", "/v1/visits/{visit_id}/corrections",   "requestCorrection",  NULL, correction_create, M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/corrections/{correction_id}",   "withdrawCorrection", NULL, correction_remove, M | A, WRITE, BODY_NONE, 0},
    {"GET",  "/v1/board",                "getBoard",           NULL, board_show,            D | M | A, READ,  BODY_NONE, 0},
    {"GET",  "/v1/events",               "followEvents",       NULL, event_stream_open,     D | M | A, NONE,  BODY_NONE, 0},
    {"GET",  "/v1/reports/evidence",         "getEvidenceReport",  NULL, csv_evidence_report,   M | A,     READ,  BODY_NONE, 0},
    {"GET",  "/v1/reports/service",          "getServiceReport",   NULL, csv_service_report,    M | A,     READ,  BODY_NONE, 0},

    {"GET",    "/v1/sampling-plans",                   "listSamplingPlans",  NULL, sampling_plan_list_page,  D | M | A, READ,  BODY_NONE, 0},
    {"POST",   "/v1/sampling-plans",                   "createSamplingPlan", NULL, sampling_plan_create,     M | A,     WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/sampling-plans/{plan_id}",         "getSamplingPlan",    NULL, sampling_plan_show,       D | M | A, READ,  BODY_NONE, 0},
    {"DELETE", "/v1/sampling-plans/{plan_id}",         "endSamplingPlan",    NULL, sampling_plan_remove,     M | A,     WRITE, BODY_NONE, 0},
    {"GET",    "/v1/sampling-plans/{plan_id}/draws",   "listSamplingDraws",  NULL, sampling_draw_list_page,  D | M | A, READ,  BODY_NONE, 0},
    {"POST",   "/v1/sampling-plans/{plan_id}/draws",   "drawSample",         NULL, sampling_draw_create,     M,         WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/sampling-draws/{draw_id}",         "getSamplingDraw",    NULL, sampling_draw_show,       D | M | A, READ,  BODY_NONE, 0},
    {"GET",    "/v1/sampling-draws/{draw_id}/visits",  "listSampledVisits",  NULL, sampling_draw_visit_page, D | M | A, READ,  BODY_NONE, 0},
    {"GET",    "/v1/sampling-draws/{draw_id}/published", "getPublishedDraw", NULL, sampling_draw_download,   D | M | A, READ,  BODY_NONE, 0},
    {"POST",   "/v1/sampling-draws/{draw_id}/visits/{visit_id}/assessments", "assessSampledVisit", NULL, sampling_assessment_create, M, WRITE, BODY_JSON, SMALL_BODY},

    {"GET",    "/v1/visits/{visit_id}/links",            "listVisitLinks",      NULL, customer_link_list_of_visit,         EVERYONE, READ,  BODY_NONE, 0},
    {"POST",   "/v1/visits/{visit_id}/links",            "createVisitLink",     NULL, customer_link_create_for_visit,      EVERYONE, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/work-orders/{work_order_id}/links",  "listWorkOrderLinks",  NULL, customer_link_list_of_work_order,    EVERYONE, READ,  BODY_NONE, 0},
    {"POST",   "/v1/work-orders/{work_order_id}/links",  "createWorkOrderLink", NULL, customer_link_create_for_work_order, EVERYONE, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE", "/v1/links/{link_id}",                    "revokeLink",          NULL, customer_link_remove,                EVERYONE, WRITE, BODY_NONE, 0},
    {"GET",    "/v1/customer-responses",                 "listCustomerResponses", NULL, customer_response_list_page,       D | M | A, READ, BODY_NONE, 0},
    {"POST",   "/v1/customer-responses/{response_id}/handlings", "handleCustomerResponse", NULL, customer_response_handle, D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",    "/v1/shared/{token}",                     "getShared",           NULL, shared_show,                         ANYBODY,  NONE,  BODY_NONE, 0},
    {"GET",    "/v1/shared/{token}/sheet.pdf",           "getSharedSheetPdf",   NULL, shared_sheet_pdf,                    ANYBODY,  NONE,  BODY_NONE, 0},
    {"GET",    "/v1/shared/{token}/documents",           "getSharedDocuments", NULL, shared_document_list,                ANYBODY,  NONE,  BODY_NONE, 0},
    {"GET",    "/v1/shared/{token}/photos/{photo_id}/medium", "getSharedPhotoMedium", NULL, shared_photo_medium,           ANYBODY,  NONE,  BODY_NONE, 0},
    {"GET",    "/v1/shared/{token}/photos/{photo_id}/small",  "getSharedPhotoSmall",  NULL, shared_photo_small,            ANYBODY,  NONE,  BODY_NONE, 0},
    {"POST",   "/v1/shared/{token}/rating",              "rateShared",          NULL, customer_response_rate,              ANYBODY,  NONE,  BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/shared/{token}/complaints",          "complainShared",      NULL, customer_response_complain,          ANYBODY,  NONE,  BODY_JSON, SMALL_BODY},
    {"POST",   "/v1/shared/{token}/decision",            "decideShared",        NULL, customer_response_decide,            ANYBODY,  NONE,  BODY_JSON, SMALL_BODY},

    {"GET",     "/v1/customers",               "listCustomers",  NULL, customer_list,   EVERYONE,  READ,  BODY_NONE, 0},
    {"POST",    "/v1/customers",               "createCustomer", NULL, customer_create, D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",     "/v1/customers/{customer_id}", "getCustomer",    NULL, customer_show,   EVERYONE,  READ,  BODY_NONE, 0},
    {"PATCH",   "/v1/customers/{customer_id}", "changeCustomer", NULL, customer_change, D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE",  "/v1/customers/{customer_id}", "deleteCustomer", NULL, customer_delete, D | M | A, WRITE, BODY_NONE, 0},

    {"GET",     "/v1/contacts",                "listContacts",   NULL, contact_list,    EVERYONE,  READ,  BODY_NONE, 0},
    {"POST",    "/v1/contacts",                "createContact",  NULL, contact_create,  D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",     "/v1/contacts/{contact_id}",   "getContact",     NULL, contact_show,    EVERYONE,  READ,  BODY_NONE, 0},
    {"PATCH",   "/v1/contacts/{contact_id}",   "changeContact",  NULL, contact_change,  D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE",  "/v1/contacts/{contact_id}",   "deleteContact",  NULL, contact_delete,  D | M | A, WRITE, BODY_NONE, 0},

    {"GET",     "/v1/sites",                   "listSites",      NULL, site_list,       EVERYONE,  READ,  BODY_NONE, 0},
    {"POST",    "/v1/sites",                   "createSite",     NULL, site_create,     D | M | A, WRITE, BODY_JSON, SITE_BODY},
    {"GET",     "/v1/sites/{site_id}",         "getSite",        NULL, site_show,       EVERYONE,  READ,  BODY_NONE, 0},
    {"PATCH",   "/v1/sites/{site_id}",         "changeSite",     NULL, site_change,     D | M | A, WRITE, BODY_JSON, SITE_BODY},
    {"DELETE",  "/v1/sites/{site_id}",         "deleteSite",     NULL, site_delete,     D | M | A, WRITE, BODY_NONE, 0},

    {"GET",     "/v1/sites/{site_id}/check-ins",     "listSiteCheckIns", NULL, site_check_in_list_page, D | M | A, READ, BODY_NONE, 0},
    {"POST",    "/v1/sites/{site_id}/fence-preview", "previewFence",     NULL, site_fence_preview,      D | M | A, READ, BODY_JSON, SITE_BODY},
    {"GET",     "/v1/visits/{visit_id}/track",       "getVisitTrack",    NULL, visit_track_show,        D | M | A, READ, BODY_NONE, 0},
    {"GET",     "/v1/map",                           "getMap",           NULL, map_show,                D | M | A, NONE, BODY_NONE, 0},

    {"GET",     "/v1/assets",                  "listAssets",     NULL, asset_list,      EVERYONE,  READ,  BODY_NONE, 0},
    {"POST",    "/v1/assets",                  "createAsset",    NULL, asset_create,    D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"GET",     "/v1/assets/{asset_id}",       "getAsset",       NULL, asset_show,      EVERYONE,  READ,  BODY_NONE, 0},
    {"PATCH",   "/v1/assets/{asset_id}",       "changeAsset",    NULL, asset_change,    D | M | A, WRITE, BODY_JSON, SMALL_BODY},
    {"DELETE",  "/v1/assets/{asset_id}",       "deleteAsset",    NULL, asset_delete,    D | M | A, WRITE, BODY_NONE, 0},

    {"POST",    "/v1/imports/customers",       "importCustomers", NULL, import_customers, D | M | A, WRITE, BODY_CSV, IMPORT_BYTES},
    {"POST",    "/v1/imports/sites",           "importSites",    NULL, import_sites,    D | M | A, WRITE, BODY_CSV, IMPORT_BYTES},
    {"POST",    "/v1/imports/assets",          "importAssets",   NULL, import_assets,   D | M | A, WRITE, BODY_CSV, IMPORT_BYTES},
    {"POST",    "/v1/imports/work-orders",     "importWorkOrders", NULL, import_work_orders, D | M | A, WRITE, BODY_CSV, IMPORT_BYTES},
};
/* clang-format on */

const size_t route_count = ARRAY_LENGTH(routes);

static void print_roles(unsigned roles, FILE *out)
{
    static const struct {
        unsigned role;
        const char *name;
    } names[] = {
        {ROLE_TECHNICIAN, "technician"}, {ROLE_DISPATCHER, "dispatcher"},
        {ROLE_MANAGER, "manager"},       {ROLE_ADMINISTRATOR, "administrator"},
        {ROLE_OPERATOR, "operator"},
    };
    const char *separator = "";
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        if (!(roles & names[i].role))
            continue;
        fprintf(out, "%s%s", separator, names[i].name);
        separator = ",";
    }
    fputs(roles ? "" : "-", out);
}

void routes_print(FILE *out)
{
    static const char *const transactions[] = {"none", "read", "write"};
    static const char *const bodies[] = {"none", "json", "json-or-multipart",
                                         "jpeg", "csv",  "upload"};
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        fprintf(out, "%s\t%s\t%s\t", route->method, route->path, route->operation_id);
        print_roles(route->roles, out);
        fprintf(out, "\t%s\t%s\t%lld\n", transactions[route->transaction], bodies[route->body],
                (long long)route->body_ceiling_bytes);
    }
}
