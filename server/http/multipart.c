#include "server/http/multipart.h"

#include "server/http/multipart_header.h"

#include <string.h>

enum state {
    STATE_PREAMBLE,
    STATE_AFTER_DELIMITER, /* right behind a boundary */
    STATE_AFTER_DASH,      /* "-" of the final boundary's "--" */
    STATE_PADDING,         /* white space a transport may add behind a boundary */
    STATE_DELIMITER_LF,
    STATE_HEADERS,
    STATE_DATA,
    STATE_EPILOGUE,
};

int multipart_init(struct multipart *parser, const char *content_type,
                   const struct multipart_callbacks *callbacks, void *context)
{
    memset(parser, 0, sizeof *parser);
    parser->callbacks = *callbacks;
    parser->context = context;
    memcpy(parser->delimiter, "\r\n--", 4);
    int length = multipart_header_boundary(content_type, parser->delimiter + 4);
    if (length < 0)
        return MULTIPART_BOUNDARY_INVALID;
    parser->delimiter_length = 4 + (size_t)length;
    parser->state = STATE_PREAMBLE;
    parser->matched = 2; /* the first boundary may open the body, without a line break before it */
    return 0;
}

static int count_outside(struct multipart *parser, size_t length)
{
    parser->outside_bytes += length;
    return parser->outside_bytes > MULTIPART_OUTSIDE_MAX_BYTES ? MULTIPART_OUTSIDE_TOO_LARGE : 0;
}

/* Bytes that turned out not to belong to a delimiter. */
static int emit(struct multipart *parser, const char *bytes, size_t length)
{
    if (!length)
        return 0;
    if (parser->state == STATE_PREAMBLE)
        return count_outside(parser, length);
    return parser->callbacks.part_data(parser->context, bytes, length) < 0 ? MULTIPART_STOPPED : 0;
}

static int delimiter_complete(struct multipart *parser)
{
    bool ends_part = parser->state == STATE_DATA;
    parser->state = STATE_AFTER_DELIMITER;
    parser->matched = 0;
    if (ends_part && parser->callbacks.part_end(parser->context) < 0)
        return MULTIPART_STOPPED;
    return 0;
}

/* How many bytes come before the first place where a delimiter begins, or may do so at the end. */
static size_t count_plain(const struct multipart *parser, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;
    while ((at = memchr(at, '\r', (size_t)(end - at)))) {
        size_t rest = (size_t)(end - at);
        if (memcmp(at, parser->delimiter,
                   rest < parser->delimiter_length ? rest : parser->delimiter_length) == 0)
            return (size_t)(at - bytes);
        at++;
    }
    return length;
}

/*
 * Takes bytes up to the end of a delimiter and says how many. A carriage return stands only at the
 * start of the delimiter, so that after a mismatch nothing but the present byte can start another.
 */
static int take_data(struct multipart *parser, const char *bytes, size_t length, size_t *ret_taken)
{
    size_t taken = 0;
    while (taken < length) {
        if (parser->matched == 0) {
            size_t plain = count_plain(parser, bytes + taken, length - taken);
            int result = emit(parser, bytes + taken, plain);
            if (result)
                return result;
            taken += plain;
            if (taken == length)
                break;
        }
        if (bytes[taken] == parser->delimiter[parser->matched]) {
            taken++;
            if (++parser->matched < parser->delimiter_length)
                continue;
            *ret_taken = taken;
            return delimiter_complete(parser);
        }
        size_t not_delimiter = parser->matched;
        parser->matched = 0;
        int result = emit(parser, parser->delimiter, not_delimiter);
        if (result)
            return result;
        if (bytes[taken] != '\r') {
            result = emit(parser, bytes + taken, 1);
            if (result)
                return result;
            taken++;
        }
    }
    *ret_taken = taken;
    return 0;
}

static int begin_part(struct multipart *parser)
{
    if (parser->part_count == MULTIPART_PARTS_MAX)
        return MULTIPART_TOO_MANY_PARTS;
    parser->headers[parser->header_length] = '\0';
    int result = multipart_header_parse(parser->headers, parser->header_length, &parser->part);
    if (result)
        return result;
    for (size_t i = 0; i < parser->part_count; i++)
        if (strcmp(parser->names[i], parser->part.name) == 0)
            return MULTIPART_NAME_DUPLICATE;
    memcpy(parser->names[parser->part_count++], parser->part.name, sizeof parser->part.name);
    parser->state = STATE_DATA;
    parser->matched = 0;
    return parser->callbacks.part_begin(parser->context, &parser->part) < 0 ? MULTIPART_STOPPED : 0;
}

static int take_header_byte(struct multipart *parser, char c)
{
    if (parser->header_length == MULTIPART_HEADERS_MAX_BYTES)
        return MULTIPART_HEADERS_TOO_LARGE;
    parser->headers[parser->header_length++] = c;
    size_t length = parser->header_length;
    if (length == 2 && memcmp(parser->headers, "\r\n", 2) == 0)
        return MULTIPART_NAME_MISSING;
    if (length >= 4 && memcmp(parser->headers + length - 4, "\r\n\r\n", 4) == 0)
        return begin_part(parser);
    return 0;
}

static int take_byte(struct multipart *parser, char c)
{
    switch (parser->state) {
    case STATE_AFTER_DELIMITER:
        if (c == '-') {
            parser->state = STATE_AFTER_DASH;
            return 0;
        }
        parser->state = STATE_PADDING;
        return take_byte(parser, c);
    case STATE_PADDING:
        if (c == ' ' || c == '\t')
            return count_outside(parser, 1);
        parser->state = STATE_DELIMITER_LF;
        return c == '\r' ? 0 : MULTIPART_DELIMITER_INVALID;
    case STATE_DELIMITER_LF:
        parser->state = STATE_HEADERS;
        parser->header_length = 0;
        return c == '\n' ? 0 : MULTIPART_DELIMITER_INVALID;
    case STATE_AFTER_DASH:
        parser->state = STATE_EPILOGUE;
        parser->outside_bytes = 0;
        return c == '-' ? 0 : MULTIPART_DELIMITER_INVALID;
    case STATE_HEADERS:
        return take_header_byte(parser, c);
    default:
        return count_outside(parser, 1);
    }
}

int multipart_feed(struct multipart *parser, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length && !parser->error;) {
        if (parser->state == STATE_PREAMBLE || parser->state == STATE_DATA) {
            size_t taken = 0;
            parser->error = take_data(parser, bytes + i, length - i, &taken);
            i += taken;
        } else {
            parser->error = take_byte(parser, bytes[i++]);
        }
    }
    return parser->error;
}

int multipart_finish(const struct multipart *parser)
{
    if (parser->error)
        return parser->error;
    return parser->state == STATE_EPILOGUE ? 0 : MULTIPART_INCOMPLETE;
}

const char *multipart_error_sentence(int error)
{
    switch (error) {
    case MULTIPART_BOUNDARY_INVALID:
        return "The Content-Type names no boundary of 1 to 70 allowed characters.";
    case MULTIPART_DELIMITER_INVALID:
        return "A boundary is followed by something other than a line break.";
    case MULTIPART_HEADERS_INVALID:
        return "The headers of a part cannot be read.";
    case MULTIPART_HEADERS_TOO_LARGE:
        return "The headers of a part are longer than 8192 bytes.";
    case MULTIPART_NAME_MISSING:
        return "A part has no name of 1 to 64 characters.";
    case MULTIPART_NAME_DUPLICATE:
        return "Two parts have the same name.";
    case MULTIPART_TOO_MANY_PARTS:
        return "The body has more than 21 parts.";
    case MULTIPART_OUTSIDE_TOO_LARGE:
        return "There are more than 1024 bytes outside of the parts.";
    case MULTIPART_ENCODED:
        return "Parts must be sent as they are, without a Content-Transfer-Encoding.";
    case MULTIPART_INCOMPLETE:
        return "The body ends before its final boundary.";
    default:
        return "The multipart body cannot be read.";
    }
}
