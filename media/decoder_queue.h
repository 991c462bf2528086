/** The line in which photos wait for a decoder. Not thread-safe by itself: the pool's lock guards
 * it. Private to media/. */
#ifndef FIELDPROOF_MEDIA_DECODER_QUEUE_H
#define FIELDPROOF_MEDIA_DECODER_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct decoder_slot;

/** A photo that waits its turn, on the stack of the thread that sent it. */
struct decoder_waiter {
    struct decoder_waiter *next;
    pthread_cond_t wake;
    struct decoder_slot *slot; /**< given by who had it before; NULL until then */
};

struct decoder_queue {
    struct decoder_waiter *first;
    struct decoder_waiter **last_link; /**< where the next waiter is hung in */
    uint32_t length;
};

void decoder_queue_init(struct decoder_queue *queue);

/** At the end, or in front: a photo whose decoder was killed has waited its turn already. */
void decoder_queue_join(struct decoder_queue *queue, struct decoder_waiter *waiter, bool in_front);

/** Nothing happens when it is not in line. */
void decoder_queue_leave(struct decoder_queue *queue, struct decoder_waiter *waiter);

/** Gives the slot to who waits longest and wakes that thread. @return false when nobody waits. */
bool decoder_queue_give(struct decoder_queue *queue, struct decoder_slot *slot);

/** Wakes all who wait, without a slot. */
void decoder_queue_wake_all(struct decoder_queue *queue);

#endif
