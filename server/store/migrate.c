#include "server/store/migrate.h"

#include "server/store/db_internal.h"
#include "server/store/migrations.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Any number will do that nobody else takes: "fieldprf" read as a big-endian integer. */
#define ADVISORY_LOCK "7379536854040080998"

PRINTF_LIKE(2, 3)
static int refuse(struct migrate_report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(report->sentence, sizeof report->sentence, format, arguments);
    va_end(arguments);
    for (char *end = report->sentence; *end; end++)
        if (*end == '\n')
            *end = ' ';
    return MIGRATE_FAILED;
}

static int run(PGconn *pg, const char *sql, struct migrate_report *report)
{
    PGresult *result = PQexec(pg, sql);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return 0;
    return refuse(report, "PostgreSQL refused: %s", PQerrorMessage(pg));
}

static int connect_to(const char *url, PGconn **ret, struct migrate_report *report)
{
    *ret = db_connection_plain(url);
    if (*ret && PQstatus(*ret) == CONNECTION_OK)
        return 0;
    refuse(report, "PostgreSQL does not answer (%s); start it, or correct the database URL.",
           *ret ? PQerrorMessage(*ret) : "out of memory");
    return MIGRATE_UNREACHABLE;
}

/* The applied migration at `row` must be the one this program knows. */
static int compare(const PGresult *applied, int row, struct migrate_report *report)
{
    long number = strtol(PQgetvalue(applied, row, 0), NULL, 10);
    if (number != row + 1)
        return refuse(report, "The database lacks migration %d; restore it from a backup.",
                      row + 1);
    if (row >= migration_count)
        return refuse(
            report,
            "The database's schema (%d) is newer than this program (%d); run the newer program.",
            PQntuples(applied), migration_count);
    if (strcmp(PQgetvalue(applied, row, 1), migrations[row].sha256) != 0)
        return refuse(
            report,
            "Migration %04ld_%s was edited after it had been applied; take the edit back and "
            "write a new migration.",
            number, migrations[row].name);
    return 0;
}

static int read_schema(PGconn *pg, struct migrate_report *report)
{
    PGresult *applied =
        PQexec(pg, "SELECT number, sha256 FROM public.schema_migration ORDER BY number");
    int result = 0;
    if (PQresultStatus(applied) != PGRES_TUPLES_OK)
        result = refuse(report, "PostgreSQL refused: %s", PQerrorMessage(pg));
    for (int row = 0; result == 0 && row < PQntuples(applied); row++)
        result = compare(applied, row, report);
    if (result == 0)
        report->schema = PQntuples(applied);
    PQclear(applied);
    return result;
}

static int record(PGconn *pg, const struct migration *migration, struct migrate_report *report)
{
    char number[16];
    snprintf(number, sizeof number, "%d", migration->number);
    const char *values[] = {number, migration->name, migration->sha256};
    PGresult *result = PQexecParams(
        pg,
        "INSERT INTO public.schema_migration (number, name, sha256) VALUES ($1::integer, $2, $3)",
        3, NULL, values, NULL, NULL, 0);
    bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return is_done ? 0 : refuse(report, "PostgreSQL refused: %s", PQerrorMessage(pg));
}

/* A transaction whose COMMIT is not reached is rolled back when the connection closes. */
static int apply_one(PGconn *pg, const struct migration *migration, struct migrate_report *report)
{
    if (run(pg, "BEGIN", report) < 0 || run(pg, migration->sql, report) < 0 ||
        record(pg, migration, report) < 0 || run(pg, "COMMIT", report) < 0) {
        char reason[MIGRATE_SENTENCE_BYTES];
        snprintf(reason, sizeof reason, "%s", report->sentence);
        return refuse(report, "Migration %04d_%s was not applied. %s", migration->number,
                      migration->name, reason);
    }
    report->applied++;
    report->schema = migration->number;
    return 0;
}

static int role_exists(PGconn *pg, struct migrate_report *report)
{
    PGresult *result = PQexec(pg, "SELECT 1 FROM pg_roles WHERE rolname = 'fieldproof'");
    bool exists = PQntuples(result) == 1;
    PQclear(result);
    return exists ? 0
                  : refuse(report, "The server's role is missing; create it first: CREATE ROLE "
                                   "fieldproof LOGIN NOSUPERUSER NOBYPASSRLS.");
}

static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

/* The server's role may look at the table: it checks the schema before it serves. */
static const char prepare_sql[] =
    "SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(" ADVISORY_LOCK ");"
    "CREATE TABLE IF NOT EXISTS public.schema_migration ("
    " number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,"
    " applied_at timestamptz NOT NULL DEFAULT now());"
    "GRANT SELECT ON public.schema_migration TO fieldproof";

int migrate_apply(const char *owner_url, struct migrate_report *ret)
{
    PGconn *pg;
    *ret = (struct migrate_report){0};
    int result = connect_to(owner_url, &pg, ret);
    if (result < 0)
        goto cleanup;
    PQsetNoticeProcessor(pg, ignore_notice, NULL);
    result = role_exists(pg, ret);
    if (result == 0)
        result = run(pg, prepare_sql, ret);
    if (result == 0)
        result = read_schema(pg, ret);
    for (int i = ret->schema; result == 0 && i < migration_count; i++)
        result = apply_one(pg, &migrations[i], ret);
cleanup:
    PQfinish(pg);
    return result;
}

static int check_role(PGconn *pg, struct migrate_report *report)
{
    int may_bypass = db_connection_may_bypass(pg);
    if (may_bypass < 0)
        return refuse(report, "PostgreSQL refused: %s", PQerrorMessage(pg));
    if (may_bypass > 0)
        return refuse(
            report,
            "The database role %s could bypass row-level security; serve with a role that "
            "is no superuser, has no BYPASSRLS and owns no table (fieldproof).",
            PQuser(pg));
    return 0;
}

static int check_schema(PGconn *pg, struct migrate_report *report)
{
    PGresult *found = PQexec(pg, "SELECT to_regclass('public.schema_migration') IS NOT NULL");
    bool exists = PQntuples(found) == 1 && PQgetvalue(found, 0, 0)[0] == 't';
    PQclear(found);
    if (exists && read_schema(pg, report) < 0)
        return MIGRATE_FAILED;
    if (report->schema < migration_count)
        return refuse(report,
                      "The database's schema (%d) is older than this program (%d); run "
                      "'fieldproof migrate' first.",
                      report->schema, migration_count);
    return 0;
}

int migrate_check(const char *url, struct migrate_report *ret)
{
    PGconn *pg;
    *ret = (struct migrate_report){0};
    int result = connect_to(url, &pg, ret);
    if (result == 0)
        result = check_role(pg, ret);
    if (result == 0)
        result = check_schema(pg, ret);
    PQfinish(pg);
    return result;
}
