#include "server/resources/account_body.h"

#include "server/resources/content.h"
#include "server/resources/json_fields.h"
#include "server/resources/passwords.h"

#include <sodium.h>
#include <string.h>

static int digest(struct request *request, const json_t *object, const struct user_row *row,
                  const char *password, uint8_t ret_sha256[32])
{
    uint8_t parts[64];
    if (content_sha256(request, object, "password", parts) < 0 ||
        password_digest(request, &row->org_id, &row->id, password, parts + 32) < 0)
        return -1;
    crypto_hash_sha256(ret_sha256, parts, sizeof parts);
    return 0;
}

int account_body_read(struct request *request, const struct uuid *org_id, const json_t *object,
                      const char *role, struct user_row *ret, uint8_t ret_content_sha256[32])
{
    const char *password = json_field_text(object, "password");
    const char *named_role = json_field_text(object, "role");
    struct user_row row = {
        .org_id = *org_id,
        .log_in = json_field_text(object, "log_in"),
        .name = json_field_text(object, "name"),
        .role = named_role ? named_role : role,
        .language = json_field_text(object, "language"),
        .phone = json_field_text(object, "phone"),
        .team = json_field_text(object, "team"),
        .content_sha256 = ret_content_sha256,
    };
    if (!password || !json_field_uuid(object, "id", &row.id) ||
        digest(request, object, &row, password, ret_content_sha256) < 0 ||
        password_hash(request, password, &row.password_hash) < 0)
        return -1;
    *ret = row;
    return 0;
}
