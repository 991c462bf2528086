/** What a user is created from: a body of createUser, or the administrator of createOrganisation.
 */
#ifndef FIELDPROOF_RESOURCES_ACCOUNT_BODY_H
#define FIELDPROOF_RESOURCES_ACCOUNT_BODY_H

#include "server/store/user.h"

#include "server/http/request.h"

/**
 * Reads the object and hashes its password, which takes a moment: no transaction may be open.
 *
 * The content's digest never holds the password as such, see password_digest(). `role` is that of
 * an object that names none.
 *
 * @param[out] ret_content_sha256 what the row's `content_sha256` refers to; outlives the row.
 */
int account_body_read(struct request *request, const struct uuid *org_id, const json_t *object,
                      const char *role, struct user_row *ret,
                      uint8_t ret_content_sha256[32]) MUST_CHECK;

#endif
