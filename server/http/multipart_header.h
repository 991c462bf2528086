/** The headers of a multipart body and of its parts: pure text functions. */
#ifndef FIELDPROOF_HTTP_MULTIPART_HEADER_H
#define FIELDPROOF_HTTP_MULTIPART_HEADER_H

#include "server/http/multipart.h"

/**
 * The boundary parameter of a multipart Content-Type into `ret_boundary` (MULTIPART_BOUNDARY_MAX +
 * 1 bytes). Its length, or negative when there is none or it breaks RFC 2046.
 */
int multipart_header_boundary(const char *content_type, char *ret_boundary) MUST_CHECK;

/** Reads header lines, each ended by CR LF, up to the empty one. A multipart_error. */
int multipart_header_parse(const char *headers, size_t length,
                           struct multipart_part *ret) MUST_CHECK;

#endif
