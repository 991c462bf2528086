#include "server/resources/passwords.h"

#include "server/app.h"
#include "server/base/turns.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_BYTES ((size_t)19 * 1024 * 1024)
#define PASSES       2
#define AT_ONCE      2
#define TURN_WAIT_S  5

struct passwords {
    struct turns *turns;
    char nobody[crypto_pwhash_STRBYTES]; /**< checked against when a log-in names nobody */
};

static int make_hash(const char *password, char ret_hash[crypto_pwhash_STRBYTES])
{
    return crypto_pwhash_str_alg(ret_hash, password, strlen(password), PASSES, MEMORY_BYTES,
                                 crypto_pwhash_ALG_ARGON2ID13);
}

int passwords_create(struct passwords **ret)
{
    char random[33] = "";
    struct passwords *passwords = calloc(1, sizeof *passwords);
    if (!passwords)
        return -1;
    if (sodium_init() < 0 || turns_create(AT_ONCE, &passwords->turns) < 0)
        goto cleanup;
    for (size_t i = 0; i < sizeof random - 1; i++)
        random[i] = (char)('!' + randombytes_uniform('~' - '!'));
    if (make_hash(random, passwords->nobody) < 0)
        goto cleanup;
    *ret = passwords;
    return 0;
cleanup:
    passwords_free(passwords);
    return -1;
}

void passwords_free(struct passwords *passwords)
{
    if (!passwords)
        return;
    turns_free(passwords->turns);
    free(passwords);
}

static int take_turn(struct request *request)
{
    if (turns_take(request->app->passwords->turns, TURN_WAIT_S * INT64_C(1000)))
        return 0;
    problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                "Too many log-ins at this moment.");
    request->problem.retry_after_s = TURN_WAIT_S;
    return -1;
}

static void end_turn(struct request *request)
{
    turns_give_back(request->app->passwords->turns);
}

static int refuse(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                       "There is not enough memory to check a password right now.");
}

int password_hash(struct request *request, const char *password, const char **ret_hash)
{
    char *hash = arena_alloc(request->arena, crypto_pwhash_STRBYTES);
    if (!hash || take_turn(request) < 0)
        return -1;
    int result = make_hash(password, hash);
    end_turn(request);
    if (result < 0)
        return refuse(request);
    *ret_hash = hash;
    return 0;
}

int password_check(struct request *request, const char *hash, const char *password,
                   bool *ret_matches)
{
    const char *checked = hash ? hash : request->app->passwords->nobody;
    if (take_turn(request) < 0)
        return -1;
    bool matches = crypto_pwhash_str_verify(checked, password, strlen(password)) == 0;
    end_turn(request);
    *ret_matches = matches && hash;
    return 0;
}

/* The salt is the owner's: two owners of one password have different digests. */
static void make_salt(const struct uuid *org_id, const struct uuid *user_id,
                      uint8_t ret_salt[crypto_pwhash_SALTBYTES])
{
    uint8_t ids[32];
    memcpy(ids, org_id->bytes, 16);
    memcpy(ids + 16, user_id->bytes, 16);
    crypto_generichash(ret_salt, crypto_pwhash_SALTBYTES, ids, sizeof ids, NULL, 0);
}

int password_digest(struct request *request, const struct uuid *org_id, const struct uuid *user_id,
                    const char *password, uint8_t ret_digest[32])
{
    uint8_t salt[crypto_pwhash_SALTBYTES], digest[32];
    make_salt(org_id, user_id, salt);
    if (take_turn(request) < 0)
        return -1;
    int result = crypto_pwhash(digest, sizeof digest, password, strlen(password), salt, PASSES,
                               MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    end_turn(request);
    if (result < 0)
        return refuse(request);
    memcpy(ret_digest, digest, sizeof digest);
    return 0;
}
