/**
 * In which order the operations of a batch are carried out, and which of them wait for another.
 *
 * A phone's queue may hold them in any order. Carried out are: transitions to what precedes an
 * arrival; check-ins, by the phone's clock; sheets and signatures, by version, a sheet before its
 * signature; the other transitions. Among equals the time decides at which the phone queued them,
 * then the batch's own order.
 *
 * Reads operations that nobody has checked: what is missing sorts first.
 */
#ifndef FIELDPROOF_RESOURCES_SYNC_ORDER_H
#define FIELDPROOF_RESOURCES_SYNC_ORDER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum sync_stage {
    SYNC_BEFORE_ARRIVAL,
    SYNC_CHECK_IN,
    SYNC_SHEET,
    SYNC_AFTERWARDS,
};

/** One operation of a batch. */
struct sync_item {
    const json_t *json; /**< the element as it came */
    size_t index;       /**< in the batch */
    enum sync_stage stage;
    int64_t rank;         /**< within the stage */
    int64_t queued_at_ms; /**< by the phone's clock; 0: it does not say */
    bool is_unsettled;    /**< it is to be sent again: others may have to wait for it */
};

/** What the order depends on, read from the element at `index`. */
struct sync_item sync_order_item(const json_t *operation, size_t index);

/** Sorts `count` items into the order in which they are to be carried out. */
void sync_order_sort(struct sync_item *items, size_t count);

/**
 * The operation among `earlier` that has to succeed before `item` can be judged: an unsettled one
 * of the same visit (sheets and signatures) or of the same work order (transitions). NULL: none.
 * A check-in waits for nothing: late ones are judged as such.
 */
const struct sync_item *sync_order_waits_for(const struct sync_item *item,
                                             const struct sync_item *earlier, size_t count);

#endif
