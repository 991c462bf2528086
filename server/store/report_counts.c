#include "server/store/report_counts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Visits shorter than a day, nearly all, are counted by their minutes; longer ones are sorted. */
#define SHORT_MINUTES 1440

struct long_visit {
    int64_t minutes;
    int64_t visits;
};

struct times {
    int32_t short_visits[SHORT_MINUTES]; /**< how many took as many minutes as the index says */
    struct long_visit *long_visits;
    size_t long_count;
};

static int64_t read_number(const char **at)
{
    char *end;
    int64_t number = strtoll(*at, &end, 10);
    *at = end + (*end == ':' || *end == ' ');
    return number;
}

static size_t count_long(const char *text)
{
    size_t count = 0;
    while (text && *text) {
        count += read_number(&text) >= SHORT_MINUTES;
        read_number(&text);
    }
    return count;
}

static void add_times(struct times *times, const char *text, int sign)
{
    while (text && *text) {
        int64_t minutes = read_number(&text);
        int64_t visits = sign * read_number(&text);
        if (minutes >= 0 && minutes < SHORT_MINUTES)
            times->short_visits[minutes] += (int32_t)visits;
        else
            times->long_visits[times->long_count++] = (struct long_visit){minutes, visits};
    }
}

static int by_minutes(const void *one, const void *other)
{
    const struct long_visit *a = one, *b = other;
    return (a->minutes > b->minutes) - (a->minutes < b->minutes);
}

/* The least time that `tenths` of ten visits did not exceed: nearest rank. */
static int64_t time_of_rank(const struct times *times, int64_t visits, int tenths)
{
    int64_t below = 0;
    for (int64_t minutes = 0; minutes < SHORT_MINUTES; minutes++) {
        below += times->short_visits[minutes];
        if (10 * below >= tenths * visits)
            return minutes;
    }
    for (size_t i = 0; i < times->long_count; i++) {
        bool is_last = i + 1 == times->long_count ||
                       times->long_visits[i + 1].minutes > times->long_visits[i].minutes;
        below += times->long_visits[i].visits;
        if (is_last && 10 * below >= tenths * visits)
            return times->long_visits[i].minutes;
    }
    return 0;
}

int report_times_add_up(struct arena *arena, const char *added, const char *less,
                        struct report_times *ret)
{
    size_t long_count = count_long(added) + count_long(less);
    struct times times = {
        .long_visits = arena_alloc(arena, (long_count + 1) * sizeof *times.long_visits),
    };
    int64_t visits = 0;
    if (!times.long_visits)
        return -1;
    add_times(&times, added, 1);
    add_times(&times, less, -1);
    qsort(times.long_visits, times.long_count, sizeof *times.long_visits, by_minutes);
    for (size_t i = 0; i < SHORT_MINUTES; i++)
        visits += times.short_visits[i];
    for (size_t i = 0; i < times.long_count; i++)
        visits += times.long_visits[i].visits;
    *ret = (struct report_times){.visits = visits};
    if (visits > 0) {
        ret->median_minutes = time_of_rank(&times, visits, 5);
        ret->p90_minutes = time_of_rank(&times, visits, 9);
    }
    return 0;
}

struct findings {
    struct arena *arena;
    struct report_finding *list;
    size_t count;
    size_t capacity;
};

/* There are a few dozen codes at most. NULL: no memory. */
static struct report_finding *finding_of(struct findings *findings, const char *code, size_t length)
{
    for (size_t i = 0; i < findings->count; i++)
        if (strncmp(findings->list[i].code, code, length) == 0 &&
            findings->list[i].code[length] == '\0')
            return &findings->list[i];
    if (findings->count == findings->capacity) {
        size_t capacity = findings->capacity * 2 + 8;
        struct report_finding *list = arena_alloc(findings->arena, capacity * sizeof *list);
        if (!list)
            return NULL;
        if (findings->count > 0)
            memcpy(list, findings->list, findings->count * sizeof *list);
        findings->list = list;
        findings->capacity = capacity;
    }
    struct report_finding *added = &findings->list[findings->count];
    *added = (struct report_finding){.code = arena_copy(findings->arena, code, length)};
    if (!added->code)
        return NULL;
    findings->count++;
    return added;
}

static int add_findings(struct findings *findings, const char *text, int sign)
{
    while (text && *text) {
        size_t length = strcspn(text, ":");
        struct report_finding *finding = finding_of(findings, text, length);
        if (!finding)
            return -1;
        text += length + (text[length] == ':');
        finding->photos += sign * read_number(&text);
        finding->visits += sign * read_number(&text);
    }
    return 0;
}

static int by_number(const void *one, const void *other)
{
    const struct report_finding *a = one, *b = other;
    if (a->photos != b->photos)
        return a->photos < b->photos ? 1 : -1;
    if (a->visits != b->visits)
        return a->visits < b->visits ? 1 : -1;
    return strcmp(a->code, b->code);
}

int report_findings_add_up(struct arena *arena, const char *added, const char *less,
                           struct report_finding **ret, size_t *ret_count)
{
    struct findings findings = {.arena = arena};
    size_t count = 0;
    if (add_findings(&findings, added, 1) < 0 || add_findings(&findings, less, -1) < 0)
        return -1;
    for (size_t i = 0; i < findings.count; i++)
        if (findings.list[i].photos != 0 || findings.list[i].visits != 0)
            findings.list[count++] = findings.list[i];
    if (count > 1)
        qsort(findings.list, count, sizeof *findings.list, by_number);
    *ret = findings.list;
    *ret_count = count;
    return 0;
}
