/** What the route table says of an operation. The table itself is server/routes.c. */
#ifndef FIELDPROOF_HTTP_ROUTE_H
#define FIELDPROOF_HTTP_ROUTE_H

#include "server/http/request.h"
#include "server/http/response.h"

/** What happens around the handler. */
enum route_transaction {
    TRANSACTION_NONE, /**< the handler touches no database, or runs its own transactions */
    TRANSACTION_READ,
    TRANSACTION_WRITE,
};

enum route_body {
    BODY_NONE,
    BODY_JSON,
    BODY_JSON_OR_MULTIPART, /**< JSON, or multipart with one JSON part and binary parts named by ids
                             */
    BODY_JPEG,              /**< raw image bytes to a file */
    BODY_CSV,
    BODY_UPLOAD, /**< a piece of a file, streamed to where it is kept; what comes before a break
                    stays */
};

/** 0: the handler's response is sent after the commit. Negative: rolled back (or, with
 * `request->keeps_refusal`, committed), and `request->problem` is set. */
typedef int route_handler(struct request *request, struct response *response);

struct route {
    const char *method;
    const char *path;         /**< template: "/v1/check-ins/{check_in_id}" */
    const char *operation_id; /**< the operation in api-spec/openapi.yaml */
    route_handler
        *prepare; /**< runs before the transaction, when the body is complete; may be NULL. Of a
                     BODY_UPLOAD: before the body is read, and sets request->body.stream */
    route_handler *handle;
    unsigned roles; /**< enum role bits; 0: anybody, without a token */
    enum route_transaction transaction;
    enum route_body body;
    int64_t body_ceiling_bytes; /**< of the whole body, as Content-Length counts it */
};

#endif
