/** The head of a request as it came over the wire, and the rules it must keep before anything looks
 * at it. */
#ifndef FIELDPROOF_HTTP_HTTP_HEAD_H
#define FIELDPROOF_HTTP_HTTP_HEAD_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_HEADERS_MAX 64

struct http_header {
    const char *name;
    const char *value;
};

struct http_head {
    const char *method;
    const char *target;  /**< the request target up to '?', not decoded */
    const char *query;   /**< after '?', not decoded; NULL when there is none */
    const char *version; /**< "1.0" or "1.1" */
    size_t header_count;
    struct http_header headers[HTTP_HEADERS_MAX];
};

/** What the head says of the body that follows. */
struct http_framing {
    int64_t content_length; /**< -1: not given */
    bool is_chunked;
    bool expects_continue;
};

/** The first header of that name (any case); NULL when absent. */
const char *http_head_find(const struct http_head *head, const char *name);

/**
 * Refuses every head that two parsers could read differently (RFC 9112): Content-Length together
 * with Transfer-Encoding, repeated or signed lengths, no or two Hosts, an absolute target, a '%'
 * that starts no pair of digits, control characters. On refusal *ret_reason is a static sentence.
 */
int http_head_check(const struct http_head *head, struct http_framing *ret_framing,
                    const char **ret_reason) MUST_CHECK;

/** Whether a comma-separated header value lists `token` (any case). */
bool http_list_has(const char *value, const char *token);

/**
 * Decodes percent-escapes of `length` bytes into `ret_text` (length + 1 bytes are enough). Negative
 * for a bare '%', and for what decodes to NUL, a control character or ill-formed UTF-8.
 */
int http_percent_decode(const char *text, size_t length, bool plus_is_space,
                        char *ret_text) MUST_CHECK;

/** True when the text is well-formed UTF-8 without control characters other than those in
 * `allowed`. */
bool http_text_is_clean(const char *text, size_t length, const char *allowed);

#endif
