#include "server/resources/sync_order.h"

#include "server/resources/json_fields.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_operation(const json_t *operation, const char *name)
{
    const char *text = json_field_text(operation, "operation");
    return text && strcmp(text, name) == 0;
}

static const char *text_in(const json_t *operation, const char *object, const char *name)
{
    return json_field_text(json_field(operation, object), name);
}

static int64_t version_in(const json_t *operation, const char *name)
{
    return json_integer_value(json_field(json_field(operation, "body"), name));
}

/* An arrival takes a work order past this; afterwards the step would be refused, or say nothing. */
static bool precedes_arrival(const json_t *operation)
{
    const char *to = text_in(operation, "body", "to");
    return is_operation(operation, "reportOnTheWay") || (to && strcmp(to, "accepted") == 0);
}

struct sync_item sync_order_item(const json_t *operation, size_t index)
{
    struct sync_item item = {.json = operation, .index = index, .stage = SYNC_AFTERWARDS};
    (void)json_field_time_ms(operation, "queued_at", &item.queued_at_ms);
    if (is_operation(operation, "createCheckIn")) {
        item.stage = SYNC_CHECK_IN;
        (void)json_field_time_ms(json_field(operation, "body"), "captured_at", &item.rank);
    } else if (is_operation(operation, "putSheet")) {
        item.stage = SYNC_SHEET;
        item.rank = version_in(operation, "version") % INT32_MAX * 2;
    } else if (is_operation(operation, "signSheet")) {
        item.stage = SYNC_SHEET;
        item.rank = version_in(operation, "sheet_version") % INT32_MAX * 2 + 1;
    } else if (precedes_arrival(operation)) {
        item.stage = SYNC_BEFORE_ARRIVAL;
    }
    return item;
}

static int compare(const void *left, const void *right)
{
    const struct sync_item *a = left, *b = right;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->queued_at_ms != b->queued_at_ms)
        return a->queued_at_ms < b->queued_at_ms ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

void sync_order_sort(struct sync_item *items, size_t count)
{
    qsort(items, count, sizeof *items, compare);
}

static bool same_id(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

static const char *visit_of(const json_t *operation)
{
    const char *id = text_in(operation, "parameters", "visit_id");
    return id ? id : text_in(operation, "body", "visit_id");
}

static bool concerns_work_order(const json_t *operation, const char *id)
{
    size_t i;
    const json_t *named;
    if (same_id(text_in(operation, "parameters", "work_order_id"), id))
        return true;
    json_array_foreach(json_field(json_field(operation, "body"), "work_order_ids"), i, named)
    {
        if (same_id(json_string_value(named), id))
            return true;
    }
    return false;
}

static bool is_needed(const struct sync_item *item, const json_t *earlier)
{
    if (item->stage == SYNC_CHECK_IN)
        return false;
    if (item->stage == SYNC_SHEET)
        return same_id(visit_of(item->json), visit_of(earlier));
    const char *work_order = text_in(item->json, "parameters", "work_order_id");
    return work_order && concerns_work_order(earlier, work_order);
}

const struct sync_item *sync_order_waits_for(const struct sync_item *item,
                                             const struct sync_item *earlier, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (earlier[i].is_unsettled && is_needed(item, earlier[i].json))
            return &earlier[i];
    return NULL;
}
