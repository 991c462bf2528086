#include "server/resources/documentation.h"

#include "server/http/contract.h"
#include "server/resources/documentation_files.h"
#include "server/resources/entity.h"

#include <string.h>

int documentation_get_contract(struct request *request, struct response *response)
{
    response_header(response, "Cache-Control", "no-cache");
    response->gzip = contract_gzip;
    response->gzip_bytes = contract_gzip_bytes;
    return entity_answer_tagged(request, contract_text, contract_tag, response);
}

static int send_file(struct request *request, const char *name, struct response *response)
{
    for (size_t i = 0; i < documentation_file_count; i++) {
        const struct documentation_file *file = &documentation_files[i];
        if (strcmp(file->name, name) != 0)
            continue;
        response_header(response, "Cache-Control", "no-cache");
        response_header(
            response, "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response->content_type = file->media_type;
        response->text = file->text;
        response->text_bytes = file->bytes;
        return 0;
    }
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no file of this name.");
}

int documentation_get(struct request *request, struct response *response)
{
    return send_file(request, "index.html", response);
}

int documentation_get_file(struct request *request, struct response *response)
{
    return send_file(request, request_parameter(request, "file"), response);
}
