/**
 * A request within a request: one operation of a batch, judged exactly as if it had come by itself:
 * the same schema, ceiling, right, handler and transaction.
 */
#ifndef FIELDPROOF_HTTP_SUBREQUEST_H
#define FIELDPROOF_HTTP_SUBREQUEST_H

#include "server/http/connection.h"
#include "server/http/dispatch.h"

struct subrequest {
    struct request request; /**< of an arena of its own: what one took, the next one has again */
    struct response response;
    struct connection connection; /**< of the parent's headers only Accept-Language */
};

/** What is asked; everything must live until subrequest_close. */
struct subrequest_call {
    const char *operation_id;
    const json_t *parameters; /**< object of the texts that stand in the path; NULL: none */
    const json_t *body;
    const char *place; /**< JSON pointer to the element of the batch: "/operations/3" */
};

/**
 * A subrequest that has the parent's actor, time and id, to be run and then closed.
 * @return NULL when there is no memory.
 */
struct subrequest *subrequest_open(const struct request *parent, size_t memory_bytes);

/**
 * Carries it out. The response is whole in any case: what was refused has a problem as its body,
 * and pointers into the operation's body begin with `place`/body.
 */
void subrequest_run(const struct dispatcher *dispatcher, struct subrequest *subrequest,
                    const struct subrequest_call *call);

/** Makes the problem that request.problem is into the response. */
void subrequest_refuse(struct subrequest *subrequest);

/** Frees it with its arena, and so the response. Accepts NULL. */
void subrequest_close(struct subrequest *subrequest);

#endif
