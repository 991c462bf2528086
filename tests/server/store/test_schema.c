#include "store_test.h"

#include "server/store/db_constraints.h"

#include <stdio.h>
#include <string.h>

/* Two organisations with a visit each: a stored photo, an awaited one, a signed sheet, a draft. */
static const char fixture[] =
    "BEGIN; SET LOCAL app.org_id = '%1$s';"
    "INSERT INTO organisation (org_id, slug, name, language, time_zone, content_sha256)"
    " VALUES ('%1$s', '%1$s', 'O', 'en', 'UTC', '');"
    "INSERT INTO app_user (org_id, id, log_in, name, role, language, password_hash, content_sha256)"
    " VALUES ('%1$s', '%1$s', 'u', 'U', 'technician', 'en', 'x', '');"
    "INSERT INTO customer (org_id, id, name, tier, language, content_sha256)"
    " VALUES ('%1$s', '%1$s', 'C', 'gold', 'en', '');"
    "INSERT INTO site (org_id, id, customer_id, name, time_zone, datum, position_given, radius_m,"
    " latitude_deg, longitude_deg, content_sha256)"
    " VALUES ('%1$s', '%1$s', '%1$s', 'S', 'Europe/Berlin', 'wgs84', '{}', 100, 1, 2, '');"
    "INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict)"
    " VALUES ('%1$s', '%1$s', '%1$s', '%1$s', now(), 'accepted');"
    "INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at,"
    " received_at, verdict, content_sha256)"
    " VALUES ('%1$s', '%1$s', '%1$s', '%1$s', '%1$s', 'arrival', now(), now(), now(), 'accepted', "
    "'');"
    "INSERT INTO photo (org_id, id, check_in_id, visit_id, site_id, user_id, role, captured_at, "
    "state,"
    " stored_at, sha256, bytes, small_sha256, medium_sha256, verdict)"
    " VALUES ('%1$s', '%1$s', '%1$s', '%1$s', '%1$s', '%1$s', 'before', now(), 'stored', now(), "
    "'\\x01',"
    " 1, '\\x02', '\\x03', 'accepted');"
    "INSERT INTO photo (org_id, id, check_in_id, visit_id, site_id, user_id, role, captured_at, "
    "state)"
    " VALUES ('%1$s', gen_random_uuid(), '%1$s', '%1$s', '%1$s', '%1$s', 'after', now(), "
    "'awaited');"
    "INSERT INTO visit_sheet (org_id, visit_id, version, state, content, document, document_sha256,"
    " written_by) VALUES ('%1$s', '%1$s', 1, 'signed', '{}', '{}', '\\x01', '%1$s'),"
    " ('%1$s', '%1$s', 2, 'draft', '{}', NULL, NULL, '%1$s');"
    "COMMIT";

struct fixture {
    char own[UUID_TEXT_BYTES];
    char other[UUID_TEXT_BYTES];
    PGconn *server; /**< as fieldproof */
    PGconn *owner;  /**< as fieldproof_owner */
};

static void make_organisation(char ret_id[UUID_TEXT_BYTES])
{
    char sql[8192];
    struct uuid id;
    assert_int_equal(uuid_random(&id), 0);
    uuid_format(&id, ret_id);
    snprintf(sql, sizeof sql, fixture, ret_id);
    store_test_run(store_test_url(), sql);
}

static struct fixture fixture_data;

static int set_up(void **state)
{
    if (store_test_migrate(state) < 0)
        return -1;
    make_organisation(fixture_data.own);
    make_organisation(fixture_data.other);
    fixture_data.server = store_test_connect(store_test_url());
    fixture_data.owner = store_test_connect(store_test_owner_url());
    *state = &fixture_data;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *data = *state;
    PQfinish(data->server);
    PQfinish(data->owner);
    return 0;
}

/* Runs one statement for an organisation ("" for none) and rolls back; SQLSTATE, "" when it worked.
 */
static const char *attempt(PGconn *pg, const char *org_id, const char *sql, char ret_constraint[64],
                           char ret_value[256])
{
    static char sqlstate[6];
    char begin[128];
    snprintf(begin, sizeof begin, "BEGIN; SET LOCAL app.org_id = '%s'", org_id);
    PQclear(PQexec(pg, begin));
    PGresult *result = PQexec(pg, sql);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    snprintf(sqlstate, sizeof sqlstate, "%s", state ? state : "");
    if (ret_constraint)
        snprintf(ret_constraint, 64, "%s", constraint ? constraint : "");
    if (ret_value)
        snprintf(ret_value, 256, "%s",
                 PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : PQcmdTuples(result));
    PQclear(result);
    PQclear(PQexec(pg, "ROLLBACK"));
    return sqlstate;
}

static void assert_refused(PGconn *pg, const char *org_id, const char *sql, const char *constraint)
{
    char found[64];
    if (strcmp(attempt(pg, org_id, sql, found, NULL), "23514") != 0 ||
        strcmp(found, constraint) != 0)
        fail_msg("not refused by %s: %s", constraint, sql);
}

static void assert_value(PGconn *pg, const char *org_id, const char *sql, const char *value)
{
    char found[256];
    const char *state = attempt(pg, org_id, sql, NULL, found);
    if (*state || strcmp(found, value) != 0)
        fail_msg("%s: '%s' (%s), not '%s'", sql, found, state, value);
}

/* Calls `check` for the first column of every row. */
static void for_each(PGconn *pg, const char *sql, void (*check)(PGconn *pg, const char *value))
{
    PGresult *result = PQexec(pg, sql);
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    assert_true(PQntuples(result) > 0);
    for (int i = 0; i < PQntuples(result); i++)
        check(pg, PQgetvalue(result, i, 0));
    PQclear(result);
}

static void test_schema__a_stored_photo_never_changes(void **state)
{
    struct fixture *data = *state;
    static const char *const changes[] = {
        "sha256 = '\\x09'",        "bytes = 2",         "exif = '{\"a\": 1}'",
        "captured_at = now()",     "state = 'awaited'", "stored_at = now()",
        "small_sha256 = '\\x09'",  "role = 'after'",    "caption = 'other'",
        "declared_sha256 = '\\x'", "width_px = 1",      "visit_id = gen_random_uuid()"};
    for (size_t i = 0; i < ARRAY_LENGTH(changes); i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "UPDATE photo SET %s WHERE state = 'stored'", changes[i]);
        assert_refused(data->server, data->own, sql, "photo_stored_is_final");
        assert_refused(data->owner, data->own, sql, "photo_stored_is_final");
    }
}

static void test_schema__a_stored_photo_may_be_judged_again(void **state)
{
    struct fixture *data = *state;
    assert_value(data->server, data->own,
                 "UPDATE photo SET verdict = 'rejected', findings = '[{}]', finding_codes = '{x}',"
                 " review_decision = 'reject' WHERE state = 'stored'",
                 "1");
}

static void test_schema__an_awaited_photo_is_stored_once_and_keeps_its_place(void **state)
{
    struct fixture *data = *state;
    assert_value(
        data->server, data->own,
        "UPDATE photo SET state = 'stored', stored_at = now(), sha256 = '\\x05', bytes = 5,"
        " small_sha256 = '\\x06', medium_sha256 = '\\x07', verdict = 'accepted'"
        " WHERE state = 'awaited'",
        "1");
    assert_refused(
        data->server, data->own,
        "UPDATE photo SET captured_at = now() - interval '1 day' WHERE state = 'awaited'",
        "photo_stored_is_final");
}

static void test_schema__a_signed_sheet_never_changes(void **state)
{
    struct fixture *data = *state;
    static const char *const statements[] = {
        "UPDATE visit_sheet SET content = '{\"a\": 1}' WHERE version = 1",
        "UPDATE visit_sheet SET state = 'draft', document = NULL WHERE version = 1",
        "UPDATE visit_sheet SET document = 'x', pdf_sha256 = '\\x01' WHERE version = 1",
        "UPDATE visit_sheet SET version = 7 WHERE version = 1",
        "DELETE FROM visit_sheet WHERE version = 1"};
    for (size_t i = 0; i < ARRAY_LENGTH(statements); i++) {
        assert_refused(data->server, data->own, statements[i], "visit_sheet_signed_is_final");
        assert_refused(data->owner, data->own, statements[i], "visit_sheet_signed_is_final");
    }
    assert_value(data->server, data->own,
                 "UPDATE visit_sheet SET pdf_sha256 = '\\x01' WHERE version = 1", "1");
    assert_value(data->server, data->own,
                 "UPDATE visit_sheet SET content = '{\"a\": 1}' WHERE version = 2", "1");
    assert_value(data->server, data->own, "DELETE FROM visit_sheet WHERE version = 2", "1");
}

static void test_schema__the_pdf_of_a_signed_sheet_is_named_once(void **state)
{
    struct fixture *data = *state;
    assert_refused(
        data->server, data->own,
        "WITH once AS (SELECT 1) UPDATE visit_sheet SET pdf_sha256 = '\\x01' WHERE version = 1;"
        "UPDATE visit_sheet SET pdf_sha256 = '\\x02' WHERE version = 1",
        "visit_sheet_signed_is_final");
}

static void check_isolation(PGconn *pg, const char *table)
{
    char sql[256], found[256];
    /* A partition is reached through its table alone, whose policies apply then. */
    snprintf(sql, sizeof sql,
             "SELECT relispartition AND NOT has_table_privilege(oid, 'SELECT, INSERT, UPDATE, "
             "DELETE') FROM pg_class WHERE oid = '%s'::regclass",
             table);
    assert_string_equal(attempt(pg, "", sql, NULL, found), "");
    if (strcmp(found, "t") == 0)
        return;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE org_id <> '%s'", table,
             fixture_data.own);
    assert_value(pg, fixture_data.own, sql, "0");
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    assert_value(pg, "", sql, "0");
    snprintf(
        sql, sizeof sql,
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = '%s'::regclass",
        table);
    assert_value(pg, "", sql, "t");
}

/* The directory holds what must be read before an organisation is known: slugs. */
#define TENANT_TABLES                                                                              \
    "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"                   \
    " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"                   \
    " AND a.attname = 'org_id' AND c.relname <> 'organisation_directory' ORDER BY 1"

static void test_schema__a_forgotten_where_shows_nothing_of_others(void **state)
{
    struct fixture *data = *state;
    assert_value(data->server, data->own, "SELECT count(*) FROM photo", "2");
    for_each(data->server, TENANT_TABLES, check_isolation);
}

static void test_schema__the_owner_sees_no_more(void **state)
{
    struct fixture *data = *state;
    assert_value(data->owner, data->own, "SELECT count(*) FROM photo", "2");
    for_each(data->owner, TENANT_TABLES, check_isolation);
}

static void test_schema__no_row_is_written_into_another_organisation(void **state)
{
    struct fixture *data = *state;
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO customer (org_id, id, name, tier, language, content_sha256)"
             " VALUES ('%s', gen_random_uuid(), 'C', 'gold', 'en', '')",
             data->other);
    assert_string_equal(attempt(data->server, data->own, sql, NULL, NULL), "42501");
    snprintf(sql, sizeof sql, "UPDATE customer SET org_id = '%s'", data->other);
    assert_true(*attempt(data->server, data->own, sql, NULL, NULL));
    assert_value(data->server, data->other, "SELECT count(*) FROM customer", "1");
}

static void test_schema__every_other_table_is_known_to_hold_nothing_of_an_organisation(void **state)
{
    struct fixture *data = *state;
    assert_value(data->server, "",
                 "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class c"
                 " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
                 " AND NOT relrowsecurity",
                 "log_in_throttle organisation_directory schema_migration shared_throttle");
}

static void test_schema__the_server_may_not_rewrite_evidence(void **state)
{
    struct fixture *data = *state;
    static const char *const statements[] = {"DELETE FROM photo",
                                             "DELETE FROM check_in",
                                             "UPDATE check_in SET note = 'x'",
                                             "DELETE FROM visit",
                                             "UPDATE signature SET signer_name = 'x'",
                                             "UPDATE review SET reason = 'x'",
                                             "DELETE FROM evidence_view",
                                             "UPDATE evidence_view SET viewed_at = now()",
                                             "UPDATE work_order_event SET reason = 'x'",
                                             "DELETE FROM organisation",
                                             "UPDATE customer_response SET stars = 5",
                                             "DELETE FROM customer_response",
                                             "UPDATE customer_link SET expires_at = now()",
                                             "DELETE FROM customer_link",
                                             "DELETE FROM issued_document",
                                             "UPDATE schema_migration SET sha256 = 'x'",
                                             "TRUNCATE photo",
                                             "ALTER TABLE photo DISABLE ROW LEVEL SECURITY",
                                             "DROP TABLE photo",
                                             "ALTER TABLE photo DISABLE TRIGGER ALL"};
    for (size_t i = 0; i < ARRAY_LENGTH(statements); i++)
        if (strcmp(attempt(data->server, data->own, statements[i], NULL, NULL), "42501") != 0)
            fail_msg("allowed: %s", statements[i]);
}

/* A column of a parent that rows can be deleted from: without an index each delete reads it all. */
static void test_schema__foreign_keys_to_what_can_be_deleted_have_an_index(void **state)
{
    struct fixture *data = *state;
    assert_value(
        data->server, "",
        "SELECT coalesce(string_agg(con.conname, ' '), '') FROM pg_constraint con"
        " WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace"
        " AND has_table_privilege('fieldproof', con.confrelid, 'DELETE')"
        " AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = con.conrelid"
        "   AND (i.indkey::int2[])[0:cardinality(con.conkey) - 1] @> con.conkey"
        "   AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) LIKE '%IS NOT NULL)'))",
        "");
}

static void check_constraint(PGconn *pg, const char *name)
{
    (void)pg;
    if (!db_constraint_named(name))
        fail_msg("no answer to a client for %s", name);
}

static void test_schema__every_foreign_key_and_unique_index_has_an_answer(void **state)
{
    struct fixture *data = *state;
    for_each(data->server,
             "SELECT conname FROM pg_constraint WHERE contype = 'f'"
             " AND connamespace = 'public'::regnamespace",
             check_constraint);
    for_each(
        data->server,
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace",
        check_constraint);
}

static void test_schema__every_answer_is_to_a_constraint_that_exists(void **state)
{
    struct fixture *data = *state;
    for (int i = 0; i < db_constraint_count; i++) {
        char sql[512];
        snprintf(sql, sizeof sql,
                 "SELECT (EXISTS (SELECT FROM pg_constraint WHERE conname = '%1$s')"
                 " OR EXISTS (SELECT FROM pg_trigger WHERE tgname = '%1$s')"
                 " OR to_regclass('%1$s') IS NOT NULL)::text || ' %1$s'",
                 db_constraints[i].name);
        char expected[128];
        snprintf(expected, sizeof expected, "true %s", db_constraints[i].name);
        assert_value(data->server, "", sql, expected);
    }
}

static void test_schema__time_zones_are_names_that_exist(void **state)
{
    struct fixture *data = *state;
    static const char *const good[] = {
        "Europe/Berlin", "Asia/Shanghai",          "UTC",
        "Etc/GMT+5",     "America/Port-au-Prince", "America/Argentina/Buenos_Aires"};
    static const char *const bad[] = {"Mars/Olympus",   "PDT",   "EST5EDT", "Nowhere/Nothing5", "",
                                      "europe/berlin2", "+02:00"};
    char sql[128];
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        snprintf(sql, sizeof sql, "SELECT is_time_zone('%s')", good[i]);
        assert_value(data->server, "", sql, "t");
    }
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++) {
        snprintf(sql, sizeof sql, "SELECT is_time_zone('%s')", bad[i]);
        assert_value(data->server, "", sql, "f");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schema__a_stored_photo_never_changes),
        cmocka_unit_test(test_schema__a_stored_photo_may_be_judged_again),
        cmocka_unit_test(test_schema__an_awaited_photo_is_stored_once_and_keeps_its_place),
        cmocka_unit_test(test_schema__a_signed_sheet_never_changes),
        cmocka_unit_test(test_schema__the_pdf_of_a_signed_sheet_is_named_once),
        cmocka_unit_test(test_schema__a_forgotten_where_shows_nothing_of_others),
        cmocka_unit_test(test_schema__the_owner_sees_no_more),
        cmocka_unit_test(test_schema__no_row_is_written_into_another_organisation),
        cmocka_unit_test(
            test_schema__every_other_table_is_known_to_hold_nothing_of_an_organisation),
        cmocka_unit_test(test_schema__the_server_may_not_rewrite_evidence),
        cmocka_unit_test(test_schema__foreign_keys_to_what_can_be_deleted_have_an_index),
        cmocka_unit_test(test_schema__every_foreign_key_and_unique_index_has_an_answer),
        cmocka_unit_test(test_schema__every_answer_is_to_a_constraint_that_exists),
        cmocka_unit_test(test_schema__time_zones_are_names_that_exist),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
