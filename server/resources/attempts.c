#include "server/resources/attempts.h"

#include "server/app.h"
#include "server/config.h"
#include "server/resources/client_address.h"

#include <ctype.h>
#include <sodium.h>

/* Many technicians may share one office's address. */
#define ADDRESS_ATTEMPTS_FACTOR 10

/* "kind NUL a NUL b" in lower case. */
static void digest_subject(const char *kind, const char *a, const char *b, uint8_t ret_sha256[32])
{
    const char *parts[] = {kind, a, b};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
        for (const char *c = parts[i];; c++) {
            unsigned char lower = (unsigned char)tolower((unsigned char)*c);
            crypto_hash_sha256_update(&state, &lower, 1);
            if (!*c)
                break;
        }
    crypto_hash_sha256_final(&state, ret_sha256);
}

void attempts_name(const struct request *request, const char *kind, const char *a, const char *b,
                   struct log_in_subjects *ret)
{
    digest_subject(kind, a, b, ret->account);
    client_address_digest(request, "address", ret->address);
}

int attempts_count(struct request *request, const struct log_in_subjects *subjects,
                   struct log_in_attempts *ret)
{
    return log_in_throttle_count(request->db, request->arena, subjects,
                                 request->app->config->log_in_window_s, ret);
}

int attempts_check(struct request *request, const struct log_in_attempts *attempts)
{
    int64_t allowed = request->app->config->log_in_attempts;
    if (attempts->of_account <= allowed &&
        attempts->of_address <= allowed * ADDRESS_ATTEMPTS_FACTOR)
        return 0;
    int64_t left_s = attempts->left_s > 0 ? attempts->left_s : 1;
    problem_set(&request->problem, request->arena, PROBLEM_TOO_MANY_REQUESTS,
                "Too many log-ins were tried; wait %lld seconds.", (long long)left_s);
    request->problem.retry_after_s = (int)left_s;
    return -1;
}
