/** Receives a body whole, to memory or to staging files, before anything else happens with it. */
#ifndef FIELDPROOF_HTTP_BODY_H
#define FIELDPROOF_HTTP_BODY_H

#include "server/http/connection.h"
#include "server/http/contract.h"
#include "server/http/request.h"

#include <openssl/types.h>

/** Of the JSON where it may come with files. */
#define BODY_JSON_PART_MAX_BYTES ((int64_t)256 * 1024)
#define BODY_PATH_BYTES          4096

/** Where binary bodies are kept while they arrive. */
struct body_staging {
    void *context;
    /** A new empty file open for reading and writing; -1 failed, -2 no room. */
    int (*stage)(void *context, int *ret_fd, char ret_path[BODY_PATH_BYTES]);
};

struct body_source {
    struct connection *connection;
    const struct contract_operation *operation;
    const struct body_staging *staging;
    const EVP_MD *sha256;
    int64_t file_ceiling_bytes; /**< of each file */
    int file_count_ceiling;     /**< at most REQUEST_FILES_MAX */
};

/** The most bytes that the JSON of a route's body may have. */
int64_t body_json_ceiling(const struct route *route);

/** Whether this request carries files: then it is worth asking early who sends it. */
bool body_has_files(const struct request *request);

/** All that can be refused before a byte of the body is read. Sets a problem on failure. */
int body_check(struct request *request, const struct http_framing *framing) MUST_CHECK;

/** Receives the body that the route wants and checks it against the contract. Sets a problem on
 * failure. After body_check. */
int body_receive(struct request *request, const struct body_source *source) MUST_CHECK;

#endif
