/**
 * Drawing lots among visits, by weight and without replacement, so that anybody who has the
 * published list draws the same ones. docs/sampling.md specifies every byte; script/redraw is a
 * second implementation, and a test compares the two.
 *
 * Method: Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (Information
 * Processing Letters 97, 2006), in its logarithmic form: each visit gets the key -log2(u) / weight,
 * u uniform in (0, 1], and the smallest keys are drawn. Everything is computed with integers.
 */
#ifndef FIELDPROOF_SAMPLING_DRAW_H
#define FIELDPROOF_SAMPLING_DRAW_H

#include "sampling/chain.h"

#include <stdbool.h>
#include <stddef.h>

#define SAMPLING_SHA256_BYTES 32
#define SAMPLING_WEIGHT_MAX   1000000

/** A visit that may be drawn. Texts are the caller's. */
struct sampling_candidate {
    const char *visit_id; /**< UUID as text, lower case */
    const char *stratum;  /**< whose lots these are: a team, a technician, or "" for all */
    int32_t weight;       /**< 1..SAMPLING_WEIGHT_MAX; twice the weight, twice the odds */
    uint8_t sha256[SAMPLING_SHA256_BYTES]; /**< of the visit's evidence as it is when drawn */
    int row;                               /**< the caller's own */
    int64_t key;                           /**< set by sampling_draw; less than 2^63 */
    int32_t place;                         /**< set by sampling_draw: 1 is drawn first */
    bool is_drawn;                         /**< set by sampling_draw */
};

/** What the seed is made of beside the secret. Texts are the caller's. */
struct sampling_occasion {
    const char *plan_id;      /**< UUID as text, lower case */
    const char *period_start; /**< "2026-11-16" */
    const char *public_value; /**< randomness from outside, or NULL: none */
};

/**
 * The digest of the list.
 *
 * @param candidates in ascending order of their ids, none twice.
 * @return 0; or -1 when they are not, when a weight is out of range, or without a hash.
 */
__attribute__((warn_unused_result)) int
sampling_list_sha256(const struct sampling_candidate *candidates, size_t count,
                     uint8_t ret_sha256[SAMPLING_SHA256_BYTES]);

/** The seed of one draw. 0, or -1 without a hash. */
__attribute__((warn_unused_result)) int
sampling_seed(const uint8_t secret[SAMPLING_SECRET_BYTES], const struct sampling_occasion *occasion,
              const uint8_t list_sha256[SAMPLING_SHA256_BYTES],
              uint8_t ret_seed[SAMPLING_SHA256_BYTES]);

/**
 * Draws the `size` first of every stratum.
 *
 * @param[in,out] candidates whose weights have passed sampling_list_sha256; afterwards sorted by
 * stratum, then place.
 * @return 0, or -1 without a hash (the order is then unspecified).
 */
__attribute__((warn_unused_result)) int sampling_draw(const uint8_t seed[SAMPLING_SHA256_BYTES],
                                                      int size,
                                                      struct sampling_candidate *candidates,
                                                      size_t count);

/** -log2((x + 1) / 2^64) in units of 2^-48, x uniform: 0 .. 2^54. */
int64_t sampling_minus_log2(uint64_t x);

#endif
