#include "store_test.h"

#include "server/store/migrate.h"
#include "server/store/migrations.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* As the owner: the tests' doctoring of what was applied, and its undoing. */
#define BREAK_HASH   "UPDATE schema_migration SET sha256 = 'x' WHERE number = 1"
#define BREAK_NUMBER "UPDATE schema_migration SET number = 900 WHERE number = 1"
#define FORGET_LATER                                                                               \
    "CREATE TABLE kept_migration AS SELECT * FROM schema_migration WHERE number > 1;"              \
    "DELETE FROM schema_migration WHERE number > 1"
#define REMEMBER_LATER                                                                             \
    "INSERT INTO schema_migration SELECT * FROM kept_migration; DROP TABLE kept_migration"
#define ADD_NEWER                                                                                  \
    "INSERT INTO schema_migration (number, name, sha256)"                                          \
    " SELECT max(number) + 1, 'newer', 'x' FROM schema_migration"
#define REMOVE_NEWER "DELETE FROM schema_migration WHERE name = 'newer'"

static char *repair_hash(char sql[256])
{
    snprintf(sql, 256, "UPDATE schema_migration SET number = 1, sha256 = '%s' WHERE name = '%s'",
             migrations[0].sha256, migrations[0].name);
    return sql;
}

static void assert_check(const char *sentence)
{
    struct migrate_report report;
    assert_int_equal(migrate_check(store_test_url(), &report), MIGRATE_FAILED);
    if (!strstr(report.sentence, sentence))
        fail_msg("'%s' does not say '%s'", report.sentence, sentence);
}

static void test_migrate__again_applies_nothing(void **state)
{
    (void)state;
    struct migrate_report report;
    assert_int_equal(migrate_apply(store_test_owner_url(), &report), 0);
    assert_int_equal(report.applied, 0);
    assert_int_equal(report.schema, migration_count);
    assert_int_equal(migrate_check(store_test_url(), &report), 0);
}

static void test_migrate__an_edited_migration_is_refused(void **state)
{
    (void)state;
    char sql[256];
    struct migrate_report report;
    store_test_run(store_test_owner_url(), BREAK_HASH);
    assert_check("was edited");
    assert_int_equal(migrate_apply(store_test_owner_url(), &report), MIGRATE_FAILED);
    store_test_run(store_test_owner_url(), repair_hash(sql));
}

static void test_migrate__a_gap_is_refused(void **state)
{
    (void)state;
    char sql[256];
    store_test_run(store_test_owner_url(), BREAK_NUMBER);
    assert_check("lacks migration 1");
    store_test_run(store_test_owner_url(), repair_hash(sql));
}

static void test_migrate__an_older_schema_is_not_served(void **state)
{
    (void)state;
    store_test_run(store_test_owner_url(), FORGET_LATER);
    assert_check("run 'fieldproof migrate' first");
    store_test_run(store_test_owner_url(), REMEMBER_LATER);
}

static void test_migrate__a_newer_schema_is_neither_served_nor_migrated(void **state)
{
    (void)state;
    struct migrate_report report;
    store_test_run(store_test_owner_url(), ADD_NEWER);
    assert_check("newer than this program");
    assert_int_equal(migrate_apply(store_test_owner_url(), &report), MIGRATE_FAILED);
    store_test_run(store_test_owner_url(), REMOVE_NEWER);
}

/* What was applied is still there, so that the second migration, which creates, fails. */
static void test_migrate__a_failed_migration_leaves_nothing(void **state)
{
    (void)state;
    struct migrate_report report;
    store_test_run(store_test_owner_url(), FORGET_LATER);
    assert_int_equal(migrate_apply(store_test_owner_url(), &report), MIGRATE_FAILED);
    assert_non_null(strstr(report.sentence, "was not applied"));
    assert_int_equal(report.applied, 0);
    store_test_run(store_test_owner_url(), REMEMBER_LATER);
    assert_int_equal(migrate_check(store_test_url(), &report), 0);
}

static void test_migrate__does_not_serve_with_a_role_that_could_bypass(void **state)
{
    (void)state;
    struct migrate_report report;
    assert_int_equal(migrate_check(store_test_owner_url(), &report), MIGRATE_FAILED);
    assert_non_null(strstr(report.sentence, "could bypass row-level security"));
}

static void test_migrate__says_that_postgresql_does_not_answer(void **state)
{
    (void)state;
    struct migrate_report report;
    assert_int_equal(migrate_apply("host=/nonexistent dbname=x", &report), MIGRATE_UNREACHABLE);
    assert_int_equal(migrate_check("host=/nonexistent dbname=x", &report), MIGRATE_UNREACHABLE);
    assert_non_null(strstr(report.sentence, "does not answer"));
    assert_null(strchr(report.sentence, '\n'));
}

static void *apply(void *result)
{
    struct migrate_report report;
    *(int *)result = migrate_apply(store_test_owner_url(), &report);
    return NULL;
}

static void test_migrate__two_at_once_wait_for_each_other(void **state)
{
    (void)state;
    pthread_t threads[4];
    int results[4] = {-9, -9, -9, -9};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, apply, &results[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(results[i], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_migrate__again_applies_nothing),
        cmocka_unit_test(test_migrate__an_edited_migration_is_refused),
        cmocka_unit_test(test_migrate__a_gap_is_refused),
        cmocka_unit_test(test_migrate__an_older_schema_is_not_served),
        cmocka_unit_test(test_migrate__a_newer_schema_is_neither_served_nor_migrated),
        cmocka_unit_test(test_migrate__a_failed_migration_leaves_nothing),
        cmocka_unit_test(test_migrate__does_not_serve_with_a_role_that_could_bypass),
        cmocka_unit_test(test_migrate__says_that_postgresql_does_not_answer),
        cmocka_unit_test(test_migrate__two_at_once_wait_for_each_other),
    };
    return cmocka_run_group_tests(tests, store_test_migrate, NULL);
}
