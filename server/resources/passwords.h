/**
 * Passwords as argon2id hashes.
 *
 * Parameters: 19 MiB, 2 passes, as OWASP's Password Storage Cheat Sheet recommends. Each hash in
 * the making takes those 19 MiB, so that only a few are made at once and the others wait their
 * turn.
 */
#ifndef FIELDPROOF_RESOURCES_PASSWORDS_H
#define FIELDPROOF_RESOURCES_PASSWORDS_H

#include "server/http/request.h"

struct passwords;

/** Fails when libsodium cannot be initialised, or there is no memory for one hash. */
int passwords_create(struct passwords **ret) MUST_CHECK;

/** Accepts NULL. */
void passwords_free(struct passwords *passwords);

/* The functions below set UNAVAILABLE when their turn does not come in a few seconds. */

/** The hash to store, in the arena. */
int password_hash(struct request *request, const char *password, const char **ret_hash) MUST_CHECK;

/**
 * Whether the password is the one of `hash`. NULL for nobody's: never matches, and takes as long.
 */
int password_check(struct request *request, const char *hash, const char *password,
                   bool *ret_matches) MUST_CHECK;

/**
 * A digest that tells one password from another as slowly as its hash does, always the same for one
 * owner. For the content digests of creates, which a plain one would make easy to guess from.
 */
int password_digest(struct request *request, const struct uuid *org_id, const struct uuid *user_id,
                    const char *password, uint8_t ret_digest[32]) MUST_CHECK;

#endif
