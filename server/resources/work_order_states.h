/** The state machine of work orders: one table of who may move which state to which. */
#ifndef FIELDPROOF_RESOURCES_WORK_ORDER_STATES_H
#define FIELDPROOF_RESOURCES_WORK_ORDER_STATES_H

#include "server/http/request.h"

#include <stdbool.h>

/** One step. A check-in's arrival also moves new, assigned and accepted to on_site, by itself. */
struct work_order_step {
    const char *from;
    const char *to;
    unsigned roles;       /**< enum role bits */
    bool needs_reason;    /**< somebody will ask why */
    bool needs_assignees; /**< nobody can be sent out who is not named */
};

/** The table; docs/work-orders.md shows the same, and a test compares the two. */
extern const struct work_order_step work_order_steps[];
extern const size_t work_order_step_count;

/** The step, or NULL when there is no such step for anybody. */
const struct work_order_step *work_order_step_find(const char *from, const char *to);

/**
 * Whether a technician gets a work order from one state to the other by several steps or an
 * arrival: what is refused now may then succeed once they have come.
 */
bool work_order_state_is_ahead(const char *from, const char *to);

#endif
