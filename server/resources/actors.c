#include "server/resources/actors.h"

const struct uuid *actor_own_only(const struct request *request)
{
    return request->actor.role == ROLE_TECHNICIAN ? &request->actor.user_id : NULL;
}

const char *actor_language(const struct request *request)
{
    return request_language(request) == LANGUAGE_CHINESE ? "zh" : "en";
}
