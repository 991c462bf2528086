/** The OpenAPI document inside the binary, and what it says of each operation. */
#ifndef FIELDPROOF_HTTP_CONTRACT_H
#define FIELDPROOF_HTTP_CONTRACT_H

#include "server/base/arena.h"
#include "server/http/request.h"
#include "server/http/schema.h"

#define CONTRACT_PARAMETERS_MAX 20

/** A query parameter of an operation. */
struct contract_parameter {
    const char *name;
    bool is_required;
    const struct schema *schema;
};

struct contract_operation {
    const char *operation_id;
    const struct schema *body;    /**< of the JSON body or the JSON part; NULL when there is none */
    const struct schema *element; /**< of a batch's elements, each refused by itself; else NULL */
    const struct schema *document; /**< of a document that a text of the body holds; else NULL */
    const char *json_part; /**< name of the JSON part of a multipart body; NULL without multipart */
    bool takes_any_query;  /**< a query parameter of type object: whatever comes is ignored */
    size_t parameter_count;
    struct contract_parameter parameters[CONTRACT_PARAMETERS_MAX];
};

struct contract;

/** The document as JSON text, made from api-spec/openapi.yaml by the build. */
extern const char contract_text[];
extern const size_t contract_text_bytes;
extern const char contract_gzip[]; /**< the same text, compressed as thoroughly as gzip can */
extern const size_t contract_gzip_bytes;
extern const char contract_tag[]; /**< changes with the text: its entity tag, without quotes */

/**
 * Parses `text` and finds every route's operation: same operationId, path and method. On failure a
 * sentence about it is in *ret_error (in the arena, or static).
 */
int contract_create(struct arena *arena, const char *text, size_t length,
                    const struct route *routes, size_t route_count, const struct contract **ret,
                    const char **ret_error) MUST_CHECK;

/** The operation of the route with that index in the table. */
const struct contract_operation *contract_operation(const struct contract *contract,
                                                    size_t route_index);

/** The operation of that operationId; NULL when no route has it. */
const struct contract_operation *contract_operation_named(const struct contract *contract,
                                                          const char *operation_id);

/** Checks the query string: unknown, repeated, missing and ill-typed parameters are problems. */
int contract_check_query(const struct contract_operation *operation,
                         struct request *request) MUST_CHECK;

#endif
