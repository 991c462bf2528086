/** Writes the answer: status line, headers, body; problems as application/problem+json. */
#ifndef FIELDPROOF_HTTP_REPLY_H
#define FIELDPROOF_HTTP_REPLY_H

#include "server/http/connection.h"
#include "server/http/request.h"
#include "server/http/response.h"

/** Makes the response that tells the client of the request's problem. */
void reply_from_problem(struct request *request, struct response *response);

/** After how many seconds to ask again: of the problem itself, or of its kind; 0: never. */
int reply_retry_after_s(const struct problem *problem);

/** Sends the response. Negative when it did not get out whole. */
int reply_send(const struct request *request, struct connection *connection,
               const struct response *response) MUST_CHECK;

#endif
