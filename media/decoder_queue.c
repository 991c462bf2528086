#include "media/decoder_queue.h"

#include <stddef.h>

void decoder_queue_init(struct decoder_queue *queue)
{
    queue->first = NULL;
    queue->last_link = &queue->first;
    queue->length = 0;
}

void decoder_queue_join(struct decoder_queue *queue, struct decoder_waiter *waiter, bool in_front)
{
    queue->length++;
    if (in_front && queue->first != NULL) {
        waiter->next = queue->first;
        queue->first = waiter;
        return;
    }
    waiter->next = NULL;
    *queue->last_link = waiter;
    queue->last_link = &waiter->next;
}

void decoder_queue_leave(struct decoder_queue *queue, struct decoder_waiter *waiter)
{
    struct decoder_waiter **link = &queue->first;
    while (*link != NULL && *link != waiter)
        link = &(*link)->next;
    if (*link == NULL)
        return;
    *link = waiter->next;
    if (queue->last_link == &waiter->next)
        queue->last_link = link;
    queue->length--;
}

bool decoder_queue_give(struct decoder_queue *queue, struct decoder_slot *slot)
{
    struct decoder_waiter *waiter = queue->first;
    if (waiter == NULL)
        return false;
    decoder_queue_leave(queue, waiter);
    waiter->slot = slot;
    (void)pthread_cond_signal(&waiter->wake);
    return true;
}

void decoder_queue_wake_all(struct decoder_queue *queue)
{
    for (struct decoder_waiter *waiter = queue->first; waiter != NULL; waiter = waiter->next)
        (void)pthread_cond_signal(&waiter->wake);
}
