#include "server/resources/actors.h"

const struct uuid *actor_own_only(const struct request *request)
{
    return request->actor.role == ROLE_TECHNICIAN ? &request->actor.user_id : NULL;
}

const char *actor_language(const struct request *request)
{
    return request_language(request) == LANGUAGE_CHINESE ? "zh" : "en";
}

int actor_narrow_technician(struct request *request, const char **technician_id)
{
    const struct uuid *own = actor_own_only(request);
    struct uuid asked;
    if (!own)
        return 1;
    if (*technician_id && (uuid_parse(*technician_id, &asked) < 0 || !uuid_equal(&asked, own)))
        return 0;
    char *text = arena_alloc(request->arena, UUID_TEXT_BYTES);
    if (!text)
        return -1;
    uuid_format(own, text);
    *technician_id = text;
    return 1;
}
