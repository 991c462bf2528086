#include "sampling/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT 6

static const char *const ids[COUNT] = {
    "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002",
    "00000000-0000-4000-8000-000000000003", "00000000-0000-4000-8000-000000000004",
    "00000000-0000-4000-8000-000000000005", "00000000-0000-4000-8000-000000000006",
};
static const char *const strata[COUNT] = {"北区", "South", "北区", "South", "北区", ""};
static const int32_t weights[COUNT] = {100, 1110, 2130, 1, SAMPLING_WEIGHT_MAX, 7};

static void fill(struct sampling_candidate candidates[COUNT])
{
    for (int i = 0; i < COUNT; i++) {
        candidates[i] = (struct sampling_candidate){
            .visit_id = ids[i], .stratum = strata[i], .weight = weights[i]};
        memset(candidates[i].sha256, i, SAMPLING_SHA256_BYTES);
    }
}

static void assert_hex(const uint8_t bytes[SAMPLING_SHA256_BYTES], const char *expected)
{
    char digits[2 * SAMPLING_SHA256_BYTES + 1];
    for (int i = 0; i < SAMPLING_SHA256_BYTES; i++)
        snprintf(digits + 2 * i, 3, "%02x", bytes[i]);
    assert_string_equal(digits, expected);
}

/* The expected values are script/redraw's: list_sha256, seed_of (secret of 32 times 9), key_of. */
static void test_draw__is_what_the_other_implementation_draws(void **state)
{
    static const struct {
        const char *visit_id;
        int64_t key;
        int32_t place;
        bool is_drawn;
    } expected[COUNT] = {
        {"00000000-0000-4000-8000-000000000006", INT64_C(3007587794026532), 1, true},
        {"00000000-0000-4000-8000-000000000002", INT64_C(60034732762632), 1, true},
        {"00000000-0000-4000-8000-000000000004", INT64_C(123531021027769856), 2, true},
        {"00000000-0000-4000-8000-000000000005", INT64_C(74914943197), 1, true},
        {"00000000-0000-4000-8000-000000000003", INT64_C(13150451727948), 2, true},
        {"00000000-0000-4000-8000-000000000001", INT64_C(1365980927765800), 3, false},
    };
    struct sampling_candidate candidates[COUNT];
    struct sampling_occasion occasion = {ids[0], "2026-11-16", "双色球 03 12 18"};
    uint8_t secret[SAMPLING_SECRET_BYTES], list[SAMPLING_SHA256_BYTES], seed[SAMPLING_SHA256_BYTES];
    (void)state;
    fill(candidates);
    memset(secret, 9, sizeof secret);
    assert_int_equal(sampling_list_sha256(candidates, COUNT, list), 0);
    assert_hex(list, "a6c7f2931b47bf261dcf7c35a5336fc94bb54a9db634e3a00b92cbc20b82c9f7");
    assert_int_equal(sampling_seed(secret, &occasion, list, seed), 0);
    assert_hex(seed, "4c27cb7c9dcfd8c22090cd88a8e6b005a5a40150f63078f5b1cc3d6286c6fca7");
    assert_int_equal(sampling_draw(seed, 2, candidates, COUNT), 0);
    for (int i = 0; i < COUNT; i++) {
        assert_string_equal(candidates[i].visit_id, expected[i].visit_id);
        assert_int_equal(candidates[i].key, expected[i].key);
        assert_int_equal(candidates[i].place, expected[i].place);
        assert_int_equal(candidates[i].is_drawn, expected[i].is_drawn);
    }
    occasion.public_value = NULL;
    assert_int_equal(sampling_seed(secret, &occasion, list, seed), 0);
    assert_hex(seed, "f9005b75733accc46cb44d2dbf2e3bbcfc5fa9dc971c13d8a54503648b511912");
}

static void test_list__is_refused_out_of_order_and_out_of_range(void **state)
{
    struct sampling_candidate candidates[COUNT];
    uint8_t list[SAMPLING_SHA256_BYTES];
    (void)state;
    fill(candidates);
    candidates[2].visit_id = ids[1];
    assert_int_equal(sampling_list_sha256(candidates, COUNT, list), -1);
    fill(candidates);
    candidates[0].weight = 0;
    assert_int_equal(sampling_list_sha256(candidates, COUNT, list), -1);
    candidates[0].weight = SAMPLING_WEIGHT_MAX + 1;
    assert_int_equal(sampling_list_sha256(candidates, COUNT, list), -1);
    assert_int_equal(sampling_list_sha256(candidates, 0, list), 0);
}

static void test_list__tells_every_change(void **state)
{
    struct sampling_candidate candidates[COUNT];
    uint8_t whole[SAMPLING_SHA256_BYTES], changed[SAMPLING_SHA256_BYTES];
    (void)state;
    fill(candidates);
    assert_int_equal(sampling_list_sha256(candidates, COUNT, whole), 0);
    for (int change = 0; change < 4; change++) {
        fill(candidates);
        candidates[3].weight += change == 0;
        candidates[3].sha256[31] ^= change == 1;
        candidates[3].stratum = change == 2 ? "south" : "South";
        assert_int_equal(sampling_list_sha256(candidates, COUNT - (change == 3), changed), 0);
        assert_memory_not_equal(whole, changed, sizeof whole);
    }
}

static void test_logarithm__is_the_logarithm(void **state)
{
    static const uint64_t numbers[] = {
        0, 1, 2, 1000, UINT64_C(1) << 63, UINT64_C(0xfedcba9876543210), UINT64_MAX - 1000000000};
    (void)state;
    assert_int_equal(sampling_minus_log2(UINT64_MAX), 0);
    assert_int_equal(sampling_minus_log2(0), INT64_C(64) << 48);
    assert_int_equal(sampling_minus_log2((UINT64_C(1) << 63) - 1), INT64_C(1) << 48);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        double expected = 64 - log2((double)numbers[i] + 1);
        double got = ldexp((double)sampling_minus_log2(numbers[i]), -48);
        assert_true(fabs(got - expected) < 1e-12);
    }
}

/*
 * Of three visits of weights 1, 2 and 3 one is drawn: each in 1/6, 2/6, 3/6 of many draws. Four
 * standard deviations; the seeds are fixed, so the test always says the same.
 */
static void test_draw__follows_the_weights(void **state)
{
    enum { DRAWS = 30000 };
    int drawn[3] = {0};
    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        uint8_t seed[SAMPLING_SHA256_BYTES] = {(uint8_t)i, (uint8_t)(i >> 8)};
        struct sampling_candidate candidates[3];
        for (int j = 0; j < 3; j++)
            candidates[j] =
                (struct sampling_candidate){.visit_id = ids[j], .stratum = "", .weight = j + 1};
        assert_int_equal(sampling_draw(seed, 1, candidates, 3), 0);
        drawn[candidates[0].weight - 1]++;
    }
    for (int j = 0; j < 3; j++) {
        double odds = (j + 1) / 6.0;
        assert_true(fabs(drawn[j] - DRAWS * odds) < 4 * sqrt(DRAWS * odds * (1 - odds)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draw__is_what_the_other_implementation_draws),
        cmocka_unit_test(test_list__is_refused_out_of_order_and_out_of_range),
        cmocka_unit_test(test_list__tells_every_change),
        cmocka_unit_test(test_logarithm__is_the_logarithm),
        cmocka_unit_test(test_draw__follows_the_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
