/** One HTTP/1.1 answer as it comes in; only those with a Content-Length, or 204 and 304. */
#ifndef FIELDPROOF_BENCH_HTTP_ANSWER_H
#define FIELDPROOF_BENCH_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#define HTTP_ANSWER_HEAD_MAX 8192

struct http_answer {
    char head[HTTP_ANSWER_HEAD_MAX + 1]; /**< and the first bytes of the body */
    size_t kept;
    size_t received;
    size_t expected; /**< head and body; 0 until the head is there */
    int status;
    bool closes;
};

/** Takes the next bytes. @return 1 when the answer is complete, 0 before, -1 if it cannot be read.
 */
int http_answer_take(struct http_answer *answer, const char *bytes, size_t length)
    __attribute__((warn_unused_result));

#endif
