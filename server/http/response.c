#include "server/http/response.h"

#include <assert.h>
#include <string.h>

void response_json(struct response *response, int status, const char *json_text)
{
    response->status = status;
    response->content_type = "application/json";
    response->text = json_text;
    response->text_bytes = strlen(json_text);
}

void response_json_at_commit(struct response *response, int status, const struct db_rows *rows)
{
    response->status = status;
    response->rows = rows;
}

void response_header(struct response *response, const char *name, const char *value)
{
    assert(response->header_count < RESPONSE_HEADERS_MAX);
    response->headers[response->header_count++] = (struct response_header){name, value};
}

bool response_is_replay(const struct response *response)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcmp(response->headers[i].name, "Idempotency-Replayed") == 0)
            return true;
    return false;
}
