/**
 * Bytes with placeholders, each of which is a valid value of its kind, so that a template can be
 * made by ordinary tools:
 *
 *   ffffffff-ffff-4fff-bfff-fffffffffff0 … f   a fresh random UUID, the same wherever the same one
 * stands 2000-01-01T00:00:00.000Z                   the present time 999999 six random digits,
 * others at each place
 *
 * They keep their width, so a Content-Length stays true.
 */
#ifndef FIELDPROOF_BENCH_TEMPLATE_H
#define FIELDPROOF_BENCH_TEMPLATE_H

#include <stddef.h>
#include <stdint.h>

#define TEMPLATE_PLACES_MAX 64

struct template_place {
    int kind; /**< private */
    int which;
    size_t at;
};

struct template
{
    char *bytes;
    size_t length;
    int place_count;
    struct template_place places[TEMPLATE_PLACES_MAX];
};

/** Reads a file and finds its placeholders; ends the program with a sentence when it cannot. */
void template_read(const char *path, struct template *ret);

/** xorshift128+; not for secrets. Seeded from the kernel. */
struct template_random {
    uint64_t state[2];
};
void template_random_seed(struct template_random *random);

/** Writes fresh values into `bytes`, a copy of the template's. */
void template_fill(const struct template *template, struct template_random *random, char *bytes);

/** Monotonic, microseconds. */
int64_t template_now_us(void);

/** Ends the program: prints "NAME: WHAT: " and what errno says. */
void template_die(const char *what) __attribute__((noreturn));

#endif
