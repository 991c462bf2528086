#include "server/store/db_constraints.h"
#include "server/store/db_internal.h"

#include "server/base/log.h"

#include <stdio.h>
#include <string.h>

#define RETRY_AFTER_S 2

void db_error_unavailable(struct problem *problem, struct arena *arena, const char *detail)
{
    if (problem->is_set)
        return;
    problem_set(problem, arena, PROBLEM_UNAVAILABLE, "%s", detail);
    problem->retry_after_s = RETRY_AFTER_S;
}

struct failure {
    const char *sqlstate;
    const char *constraint;
    const char *table;
    const char *sql; /**< of the query that failed; "" when it was one of our own */
    struct problem *problem;
    struct arena *arena;
};

static const char *field_of(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    return text ? text : "";
}

static bool is_class(const struct failure *failure, const char *class)
{
    return strncmp(failure->sqlstate, class, 2) == 0;
}

static bool is_one_of(const struct failure *failure, const char *const *states)
{
    for (; *states; states++)
        if (strcmp(failure->sqlstate, *states) == 0)
            return true;
    return false;
}

static bool contains_words(const char *sql, const char *verb, const char *table)
{
    char words[128];
    snprintf(words, sizeof words, "%s %s", verb, table);
    size_t length = strlen(words);
    for (const char *at = strstr(sql, words); at; at = strstr(at + 1, words))
        if (!strchr("abcdefghijklmnopqrstuvwxyz_", at[length]) || !at[length])
            return true;
    return false;
}

/*
 * PostgreSQL reports both sides of a foreign key alike, but for words in the server's own language.
 * A statement that writes the referring table names something unknown; any other one would take
 * away something that is referred to.
 */
static bool writes_referring_table(const struct failure *failure)
{
    return contains_words(failure->sql, "INSERT INTO", failure->table) ||
           contains_words(failure->sql, "UPDATE", failure->table);
}

static bool report_foreign_key(const struct failure *failure)
{
    const struct db_constraint *constraint = db_constraint_named(failure->constraint);
    if (!constraint)
        return false;
    if (writes_referring_table(failure))
        problem_add(failure->problem, failure->arena, PROBLEM_UNKNOWN_REFERENCE,
                    constraint->pointer, "unknown_reference", "Nothing has the id given at %s.",
                    constraint->pointer);
    else
        problem_set(failure->problem, failure->arena, PROBLEM_REFERENCED,
                    "%s still refers to this.",
                    sentence_in(failure->problem->language, constraint->what));
    return true;
}

static bool report_unique(const struct failure *failure)
{
    const struct db_constraint *constraint = db_constraint_named(failure->constraint);
    if (constraint && constraint->type == PROBLEM_UNAVAILABLE) {
        db_error_unavailable(failure->problem, failure->arena, constraint->what);
        failure->problem->is_overtaken = true;
        return true;
    }
    if (constraint) {
        problem_add(failure->problem, failure->arena, constraint->type, constraint->pointer,
                    "unique", "%s", constraint->what);
        return true;
    }
    size_t length = strlen(failure->constraint);
    if (length < 5 || strcmp(failure->constraint + length - 5, "_pkey") != 0)
        return false;
    problem_add(failure->problem, failure->arena, PROBLEM_CONTENT_CONFLICT, "/id", "unique",
                "This id is taken.");
    return true;
}

/* "customer_tier_check" is the rule of /tier. */
static bool report_column_check(const struct failure *failure)
{
    size_t prefix = strlen(failure->table), length = strlen(failure->constraint);
    if (length < prefix + 8 || strncmp(failure->constraint, failure->table, prefix) != 0 ||
        strcmp(failure->constraint + length - 6, "_check") != 0)
        return false;
    const char *pointer = arena_printf(failure->arena, "/%.*s", (int)(length - prefix - 7),
                                       failure->constraint + prefix + 1);
    problem_add(failure->problem, failure->arena, PROBLEM_INVALID_FIELD, pointer ? pointer : "",
                "check", "This value is not allowed.");
    return true;
}

static bool report_check(const struct failure *failure)
{
    const struct db_constraint *constraint = db_constraint_named(failure->constraint);
    if (!constraint)
        return report_column_check(failure);
    problem_add(failure->problem, failure->arena, constraint->type, constraint->pointer, "check",
                "%s", constraint->what);
    return true;
}

static bool report_constraint(const struct failure *failure)
{
    if (strcmp(failure->sqlstate, "23503") == 0)
        return report_foreign_key(failure);
    if (strcmp(failure->sqlstate, "23505") == 0)
        return report_unique(failure);
    if (strcmp(failure->sqlstate, "23514") == 0)
        return report_check(failure);
    return false;
}

/* What passes by itself: conflicts of concurrent transactions, restarts, fail-over, want of room.
 */
static bool report_passing(const struct failure *failure)
{
    static const char *const states[] = {
        "40001", /* serialization_failure */
        "40P01", /* deadlock_detected */
        "55P03", /* lock_not_available */
        "57014", /* query_canceled: the statement's time was up */
        "57P01", /* admin_shutdown */
        "57P02", /* crash_shutdown */
        "57P03", /* cannot_connect_now */
        "57P05", /* idle_session_timeout */
        "25006", /* read_only_sql_transaction: the other side became a standby */
        "25P03", /* idle_in_transaction_session_timeout */
        "53200", /* out_of_memory */
        "53300", /* too_many_connections */
        "58030", /* io_error */
        NULL};
    if (!is_class(failure, "08") && !is_one_of(failure, states))
        return false;
    db_error_unavailable(failure->problem, failure->arena,
                         "The database could not do this right now.");
    failure->problem->is_overtaken = is_class(failure, "40");
    return true;
}

static bool report_known(const struct failure *failure)
{
    if (is_class(failure, "23"))
        return report_constraint(failure);
    if (strcmp(failure->sqlstate, "53100") == 0) {
        problem_set(failure->problem, failure->arena, PROBLEM_STORAGE_FULL,
                    "The database has no room left.");
        return true;
    }
    if (is_class(failure, "22")) {
        problem_set(failure->problem, failure->arena, PROBLEM_INVALID_FIELD,
                    "A value cannot be stored: it has the wrong form or is out of range.");
        return true;
    }
    return report_passing(failure);
}

void db_error_report(const PGresult *result, const struct query *query, struct problem *problem,
                     struct arena *arena)
{
    struct failure failure = {
        .sqlstate = field_of(result, PG_DIAG_SQLSTATE),
        .constraint = field_of(result, PG_DIAG_CONSTRAINT_NAME),
        .table = field_of(result, PG_DIAG_TABLE_NAME),
        .sql = query ? query->sql : "",
        .problem = problem,
        .arena = arena,
    };
    bool is_known = report_known(&failure);
    /* A broken rule of the data is the client's business; its values stay out of the log. */
    if (!is_known || !is_class(&failure, "23"))
        LOG(is_known ? LOG_WARNING : LOG_ERROR, "query_failed",
            LOG_TEXT("query", query ? query->name : ""), LOG_TEXT("sqlstate", failure.sqlstate),
            LOG_TEXT("constraint", failure.constraint),
            LOG_TEXT("reason",
                     is_class(&failure, "22") ? "" : field_of(result, PG_DIAG_MESSAGE_PRIMARY)));
    if (!is_known)
        problem_set(problem, arena, PROBLEM_INTERNAL, "The server failed.");
}
