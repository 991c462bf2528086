#include "server/base/problem.h"

#include <string.h>

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
PRINTF_LIKE(3, 0)
static const char *detail_of(enum language language, struct arena *arena, const char *format,
                             va_list arguments)
{
    const char *text;
    if (strcmp(format, "%s") == 0)
        text = arena_strdup(arena, sentence_in(language, va_arg(arguments, const char *)));
    else
        text = arena_vprintf(arena, sentence_in(language, format), arguments);
    return text ? text
                : sentence_in(language, "The request needs more memory than one request may have.");
}

void problem_clear(struct problem *problem)
{
    *problem = (struct problem){.language = problem->language};
}

int problem_set(struct problem *problem, struct arena *arena, enum problem_type type,
                const char *format, ...)
{
    if (problem->is_set)
        return -1;
    va_list arguments;
    va_start(arguments, format);
    problem->detail = detail_of(problem->language, arena, format, arguments);
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
    const char *detail = detail_of(problem->language, arena, format, arguments);
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
