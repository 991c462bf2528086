/**
 * multipart/form-data (RFC 7578) as a state machine: bytes in, callbacks out. No sockets, no files,
 * no allocation; the same result however the bytes are cut into pieces.
 */
#ifndef FIELDPROOF_HTTP_MULTIPART_H
#define FIELDPROOF_HTTP_MULTIPART_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stddef.h>

#define MULTIPART_BOUNDARY_MAX      70 /**< RFC 2046, section 5.1.1 */
#define MULTIPART_NAME_MAX          64
#define MULTIPART_MEDIA_TYPE_MAX    64
#define MULTIPART_PARTS_MAX         21
#define MULTIPART_HEADERS_MAX_BYTES 8192
#define MULTIPART_OUTSIDE_MAX_BYTES 1024 /**< preamble and epilogue, each */

enum multipart_error {
    MULTIPART_OK = 0,
    MULTIPART_STOPPED = -1, /**< a callback answered negative */
    MULTIPART_BOUNDARY_INVALID = -2,
    MULTIPART_DELIMITER_INVALID = -3,
    MULTIPART_HEADERS_INVALID = -4,
    MULTIPART_HEADERS_TOO_LARGE = -5,
    MULTIPART_NAME_MISSING = -6,
    MULTIPART_NAME_DUPLICATE = -7,
    MULTIPART_TOO_MANY_PARTS = -8,
    MULTIPART_OUTSIDE_TOO_LARGE = -9,
    MULTIPART_ENCODED = -10, /**< a Content-Transfer-Encoding that would change the bytes */
    MULTIPART_INCOMPLETE = -11,
};

/** What a part says of itself. A file name is deliberately not kept: nothing here becomes a path.
 */
struct multipart_part {
    char name[MULTIPART_NAME_MAX + 1];
    char media_type[MULTIPART_MEDIA_TYPE_MAX +
                    1]; /**< lower case, without parameters; "" when absent */
};

/** Each answers 0 to go on or a negative value to stop. */
struct multipart_callbacks {
    int (*part_begin)(void *context, const struct multipart_part *part);
    int (*part_data)(void *context, const char *bytes, size_t length);
    int (*part_end)(void *context);
};

/** About 11 KB: keep it in the request's arena. Fields are the parser's own. */
struct multipart {
    struct multipart_callbacks callbacks;
    void *context;
    int state;
    int error;
    size_t delimiter_length;
    size_t matched;
    size_t outside_bytes;
    size_t header_length;
    size_t part_count;
    struct multipart_part part;
    char delimiter[MULTIPART_BOUNDARY_MAX + 5]; /**< CR LF - - boundary */
    char headers[MULTIPART_HEADERS_MAX_BYTES + 1];
    char names[MULTIPART_PARTS_MAX][MULTIPART_NAME_MAX + 1];
};

/** Reads the boundary out of a Content-Type's value and starts the parser. */
int multipart_init(struct multipart *parser, const char *content_type,
                   const struct multipart_callbacks *callbacks, void *context) MUST_CHECK;

/** Takes the next bytes. After an error every call answers that error. */
int multipart_feed(struct multipart *parser, const char *bytes, size_t length) MUST_CHECK;

/** After the last byte: MULTIPART_INCOMPLETE unless the final boundary has been seen. */
int multipart_finish(const struct multipart *parser) MUST_CHECK;

/** One sentence for the client. */
const char *multipart_error_sentence(int error);

#endif
