#include "server/resources/work_order_states.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#define T        ROLE_TECHNICIAN
#define OFFICE   ((unsigned)(ROLE_DISPATCHER | ROLE_MANAGER | ROLE_ADMINISTRATOR))
#define ANYONE   (OFFICE | T)
#define MANAGERS ((unsigned)(ROLE_MANAGER | ROLE_ADMINISTRATOR))

/* clang-format off */
const struct work_order_step work_order_steps[] = {
    /* from           to             roles     reason  assignees */
    {"new",         "assigned",    OFFICE,   false,  true},
    {"assigned",    "accepted",    ANYONE,   false,  false},
    {"assigned",    "on_site",     ANYONE,   false,  false},
    {"accepted",    "on_site",     ANYONE,   false,  false},
    {"accepted",    "assigned",    ANYONE,   true,   true},
    {"accepted",    "unresolved",  ANYONE,   true,   false},
    {"on_site",     "done",        ANYONE,   false,  false},
    {"on_site",     "partly_done", ANYONE,   false,  false},
    {"on_site",     "unresolved",  ANYONE,   true,   false},
    {"partly_done", "on_site",     ANYONE,   false,  false},
    {"unresolved",  "on_site",     ANYONE,   false,  false},
    {"done",        "assigned",    OFFICE,   true,   true},
    {"partly_done", "assigned",    OFFICE,   true,   true},
    {"unresolved",  "assigned",    OFFICE,   true,   true},
    {"done",        "closed",      OFFICE,   false,  false},
    {"partly_done", "closed",      OFFICE,   false,  false},
    {"unresolved",  "closed",      OFFICE,   false,  false},
    {"closed",      "assigned",    MANAGERS, true,   true},
    {"new",         "cancelled",   OFFICE,   true,   false},
    {"assigned",    "cancelled",   OFFICE,   true,   false},
    {"accepted",    "cancelled",   OFFICE,   true,   false},
    {"on_site",     "cancelled",   OFFICE,   true,   false},
    {"cancelled",   "new",         OFFICE,   true,   false},
};
/* clang-format on */

const size_t work_order_step_count = ARRAY_LENGTH(work_order_steps);

const struct work_order_step *work_order_step_find(const char *from, const char *to)
{
    for (size_t i = 0; i < work_order_step_count; i++)
        if (strcmp(work_order_steps[i].from, from) == 0 && strcmp(work_order_steps[i].to, to) == 0)
            return &work_order_steps[i];
    return NULL;
}

/* The step leaves `from` or what a step already taken leads to. */
static bool follows(const struct work_order_step *step, const char *from, uint64_t taken)
{
    if (strcmp(step->from, from) == 0)
        return true;
    for (size_t i = 0; i < work_order_step_count; i++)
        if (taken & (UINT64_C(1) << i) && strcmp(work_order_steps[i].to, step->from) == 0)
            return true;
    return false;
}

bool work_order_state_is_ahead(const char *from, const char *to)
{
    static_assert(ARRAY_LENGTH(work_order_steps) <= 64, "a bit for each step");
    uint64_t taken = 0, before;
    if (strcmp(from, "new") == 0) /* nothing but an arrival leads a technician out of it */
        from = "on_site";
    if (strcmp(from, to) == 0)
        return true;
    do {
        before = taken;
        for (size_t i = 0; i < work_order_step_count; i++)
            if (work_order_steps[i].roles & T && follows(&work_order_steps[i], from, taken))
                taken |= UINT64_C(1) << i;
    } while (taken != before);
    for (size_t i = 0; i < work_order_step_count; i++)
        if (taken & (UINT64_C(1) << i) && strcmp(work_order_steps[i].to, to) == 0)
            return true;
    return false;
}
