#include "server/base/turns.h"

#include "server/base/clock.h"

#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

struct turns {
    sem_t free;
};

int turns_create(unsigned at_once, struct turns **ret)
{
    struct turns *turns = malloc(sizeof *turns);
    if (!turns || sem_init(&turns->free, 0, at_once) < 0) {
        free(turns);
        return -1;
    }
    *ret = turns;
    return 0;
}

void turns_free(struct turns *turns)
{
    if (!turns)
        return;
    sem_destroy(&turns->free);
    free(turns);
}

bool turns_take(struct turns *turns, int64_t wait_ms)
{
    const struct timespec deadline = clock_deadline(wait_ms);
    while (sem_clockwait(&turns->free, CLOCK_MONOTONIC, &deadline) < 0)
        if (errno != EINTR)
            return false;
    return true;
}

void turns_give_back(struct turns *turns)
{
    sem_post(&turns->free);
}
