/** What a client takes of content codings (RFC 9110, section 12.5.3). */
#ifndef FIELDPROOF_HTTP_ACCEPT_ENCODING_H
#define FIELDPROOF_HTTP_ACCEPT_ENCODING_H

/**
 * How much the Accept-Encoding field value `accepted` (NULL: not sent) wants the content coding
 * `coding`, such as "gzip": from 0, not at all, to 1000. "*" speaks for a coding that is not named.
 */
int accept_encoding_weight(const char *accepted, const char *coding);

#endif
