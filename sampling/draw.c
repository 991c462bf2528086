#include "sampling/draw.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRACTION_BITS 48
#define KEY_SHIFT     8 /* finer than the logarithm, so that great weights lose nothing */

__extension__ typedef unsigned __int128 product;

static bool is_listable(const struct sampling_candidate *candidates, size_t i)
{
    return candidates[i].weight >= 1 && candidates[i].weight <= SAMPLING_WEIGHT_MAX &&
           (i == 0 || strcmp(candidates[i - 1].visit_id, candidates[i].visit_id) < 0);
}

static void write_hex(const uint8_t sha256[SAMPLING_SHA256_BYTES],
                      char ret_digits[2 * SAMPLING_SHA256_BYTES + 1])
{
    for (int i = 0; i < SAMPLING_SHA256_BYTES; i++)
        snprintf(&ret_digits[(size_t)2 * (size_t)i], 3, "%02x", sha256[i]);
}

/* "VISIT WEIGHT SHA256 LENGTH:STRATUM\n" */
static int hash_line(EVP_MD_CTX *hash, const struct sampling_candidate *candidate)
{
    char head[160], digits[2 * SAMPLING_SHA256_BYTES + 1];
    size_t stratum_bytes = strlen(candidate->stratum);
    write_hex(candidate->sha256, digits);
    int length = snprintf(head, sizeof head, "%s %d %s %zu:", candidate->visit_id,
                          (int)candidate->weight, digits, stratum_bytes);
    if (length < 0 || (size_t)length >= sizeof head)
        return -1;
    return EVP_DigestUpdate(hash, head, (size_t)length) == 1 &&
                   EVP_DigestUpdate(hash, candidate->stratum, stratum_bytes) == 1 &&
                   EVP_DigestUpdate(hash, "\n", 1) == 1
               ? 0
               : -1;
}

int sampling_list_sha256(const struct sampling_candidate *candidates, size_t count,
                         uint8_t ret_sha256[SAMPLING_SHA256_BYTES])
{
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    int result = hash && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1 ? 0 : -1;
    for (size_t i = 0; i < count && result == 0; i++)
        result = is_listable(candidates, i) ? hash_line(hash, &candidates[i]) : -1;
    if (result == 0 && EVP_DigestFinal_ex(hash, ret_sha256, NULL) != 1)
        result = -1;
    EVP_MD_CTX_free(hash);
    return result;
}

int sampling_seed(const uint8_t secret[SAMPLING_SECRET_BYTES],
                  const struct sampling_occasion *occasion,
                  const uint8_t list_sha256[SAMPLING_SHA256_BYTES],
                  uint8_t ret_seed[SAMPLING_SHA256_BYTES])
{
    const char *public_value = occasion->public_value ? occasion->public_value : "";
    char digits[2 * SAMPLING_SHA256_BYTES + 1], *message = NULL;
    write_hex(list_sha256, digits);
    int length = asprintf(&message,
                          "fieldproof-sampling-1\nplan %s\nperiod %s\ncandidates %s\n"
                          "public %zu:%s\n",
                          occasion->plan_id, occasion->period_start, digits, strlen(public_value),
                          public_value);
    if (length < 0)
        return -1;
    const uint8_t *seed = HMAC(EVP_sha256(), secret, SAMPLING_SECRET_BYTES,
                               (const uint8_t *)message, (size_t)length, ret_seed, NULL);
    free(message);
    return seed ? 0 : -1;
}

int64_t sampling_minus_log2(uint64_t x)
{
    if (x == UINT64_MAX)
        return 0;
    int whole = 63 - __builtin_clzll(x + 1); /* of log2(x + 1) */
    uint64_t mantissa = (x + 1) << (63 - whole);
    int64_t fraction = 0;
    /* One bit of the logarithm by each squaring of a number between 1 and 2. */
    for (int i = 0; i < FRACTION_BITS; i++) {
        product square = ((product)mantissa * mantissa) >> 63;
        bool is_two_or_more = (square >> 64) != 0;
        fraction = fraction << 1 | is_two_or_more;
        mantissa = (uint64_t)(is_two_or_more ? square >> 1 : square);
    }
    return ((int64_t)(64 - whole) << FRACTION_BITS) - fraction;
}

static int set_key(const uint8_t seed[SAMPLING_SHA256_BYTES], struct sampling_candidate *candidate)
{
    uint8_t code[SAMPLING_SHA256_BYTES];
    uint64_t number = 0;
    if (!HMAC(EVP_sha256(), seed, SAMPLING_SHA256_BYTES, (const uint8_t *)candidate->visit_id,
              strlen(candidate->visit_id), code, NULL))
        return -1;
    for (int i = 0; i < 8; i++)
        number = number << 8 | code[i];
    candidate->key = (sampling_minus_log2(number) << KEY_SHIFT) / candidate->weight;
    return 0;
}

static int compare(const void *left, const void *right)
{
    const struct sampling_candidate *a = left, *b = right;
    int stratum = strcmp(a->stratum, b->stratum);
    if (stratum != 0)
        return stratum;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return strcmp(a->visit_id, b->visit_id);
}

int sampling_draw(const uint8_t seed[SAMPLING_SHA256_BYTES], int size,
                  struct sampling_candidate *candidates, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (set_key(seed, &candidates[i]) < 0)
            return -1;
    if (count > 0)
        qsort(candidates, count, sizeof *candidates, compare);
    for (size_t i = 0; i < count; i++) {
        bool is_first = i == 0 || strcmp(candidates[i - 1].stratum, candidates[i].stratum) != 0;
        candidates[i].place = is_first ? 1 : candidates[i - 1].place + 1;
        candidates[i].is_drawn = candidates[i].place <= size;
    }
    return 0;
}
