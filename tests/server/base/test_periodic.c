#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/periodic.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>

#define A_DAY_S 86400

struct seen {
    sem_t times;
    char name[16];
    atomic_bool has_ended;
};

static void look(struct periodic *periodic, void *context)
{
    struct seen *seen = context;
    (void)periodic;
    prctl(PR_GET_NAME, seen->name);
    sem_post(&seen->times);
}

static struct periodic *started(int64_t pause_s, periodic_work *work, struct seen *seen)
{
    struct periodic *periodic = NULL;
    sem_init(&seen->times, 0, 0);
    assert_int_equal(periodic_start("test", pause_s, work, seen, &periodic), 0);
    return periodic;
}

static void test_periodic__works_now_and_ends_in_a_pause(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct periodic *periodic = started(A_DAY_S, look, &seen);
    sem_wait(&seen.times);
    periodic_stop(periodic);
    assert_string_equal(seen.name, "clock-test");
    assert_int_equal(sem_trywait(&seen.times), -1);
}

static void test_periodic__works_again_after_every_pause(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct periodic *periodic = started(0, look, &seen);
    for (int i = 0; i < 3; i++)
        sem_wait(&seen.times);
    periodic_stop(periodic);
}

static void work_until_stopped(struct periodic *periodic, void *context)
{
    struct seen *seen = context;
    sem_post(&seen->times);
    while (!periodic_is_stopping(periodic)) {
    }
    seen->has_ended = true;
}

static void test_periodic__tells_the_work_to_end_and_waits_for_it(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct periodic *periodic = started(A_DAY_S, work_until_stopped, &seen);
    sem_wait(&seen.times);
    assert_false(seen.has_ended);
    periodic_stop(periodic);
    assert_true(seen.has_ended);
}

static void test_periodic__stopping_nothing_is_nothing(void **state)
{
    (void)state;
    periodic_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periodic__works_now_and_ends_in_a_pause),
        cmocka_unit_test(test_periodic__works_again_after_every_pause),
        cmocka_unit_test(test_periodic__tells_the_work_to_end_and_waits_for_it),
        cmocka_unit_test(test_periodic__stopping_nothing_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
