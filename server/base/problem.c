#include "server/base/problem.h"

static const struct problem_info infos[PROBLEM_TYPES] = {
#define X(name, code, status, retryable, title) {code, status, retryable, title},
    PROBLEMS(X)
#undef X
};

const struct problem_info *problem_info(enum problem_type type)
{
    return &infos[type];
}

/* An exhausted arena must not turn an error into no error: a static sentence stands in. */
PRINTF_LIKE(2, 0)
static const char *sentence(struct arena *arena, const char *format, va_list arguments)
{
    const char *text = arena_vprintf(arena, format, arguments);
    return text ? text : "The request needs more memory than one request may have.";
}

int problem_set(struct problem *problem, struct arena *arena, enum problem_type type,
                const char *format, ...)
{
    if (problem->is_set)
        return -1;
    va_list arguments;
    va_start(arguments, format);
    problem->detail = sentence(arena, format, arguments);
    va_end(arguments);
    problem->is_set = true;
    problem->type = type;
    return -1;
}

int problem_add(struct problem *problem, struct arena *arena, enum problem_type type,
                const char *pointer, const char *rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *detail = sentence(arena, format, arguments);
    va_end(arguments);
    if (!problem->is_set) {
        problem->is_set = true;
        problem->type = type;
        problem->detail = detail;
    }
    if (problem->error_count < PROBLEM_ERRORS_MAX && problem->type == type) {
        const char *place = arena_strdup(arena, pointer);
        problem->errors[problem->error_count++] =
            (struct problem_error){place ? place : "", rule, detail};
    }
    return -1;
}
