#include "server/resources/work_order_states.h"

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
