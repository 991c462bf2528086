/**
 * The secrets of a sampling plan's periods, and the commitment to all of them: a chain of SHA-256.
 *
 * The chain begins at a random root. Hashed SAMPLING_CHAIN_LENGTH times it is the commitment, which
 * is published before the first period begins. The secret of period n (counted from 1) is the link
 * that gives the commitment when it is hashed n times: whoever knows it can check it, and learns
 * nothing of the secrets of later periods. It does tell those of all earlier ones, so periods are
 * drawn in their order.
 */
#ifndef FIELDPROOF_SAMPLING_CHAIN_H
#define FIELDPROOF_SAMPLING_CHAIN_H

#include <stdint.h>

#define SAMPLING_SECRET_BYTES 32
/** Periods of a plan: 23 years of weeks. */
#define SAMPLING_CHAIN_LENGTH 1200

/** What is published before the plan begins. 0, or -1 when the hash cannot be had. */
__attribute__((warn_unused_result)) int
sampling_chain_commitment(const uint8_t root[SAMPLING_SECRET_BYTES],
                          uint8_t ret_commitment[SAMPLING_SECRET_BYTES]);

/** The secret of a period, from 1. 0, or -1 past the end of the chain. */
__attribute__((warn_unused_result)) int
sampling_chain_secret(const uint8_t root[SAMPLING_SECRET_BYTES], int period,
                      uint8_t ret_secret[SAMPLING_SECRET_BYTES]);

#endif
