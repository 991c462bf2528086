#include "server/http/http_head.h"

#include <string.h>
#include <strings.h>

const char *http_head_find(const struct http_head *head, const char *name)
{
    for (size_t i = 0; i < head->header_count; i++)
        if (strcasecmp(head->headers[i].name, name) == 0)
            return head->headers[i].value;
    return NULL;
}

static size_t count_headers(const struct http_head *head, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < head->header_count; i++)
        count += strcasecmp(head->headers[i].name, name) == 0;
    return count;
}

/* Lengths past 15 digits are larger than any ceiling of ours and could overflow somebody's integer.
 */
static int parse_length(const char *text, int64_t *ret)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 15 || text[digits] != '\0')
        return -1;
    int64_t value = 0;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (text[i] - '0');
    *ret = value;
    return 0;
}

static bool is_token(const char *text)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    if (!*text)
        return false;
    for (; *text; text++) {
        bool is_alphanumeric = (*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'z') ||
                               (*text >= 'A' && *text <= 'Z');
        if (!is_alphanumeric && !strchr(others, *text))
            return false;
    }
    return true;
}

static bool has_control_character(const char *value)
{
    for (; *value; value++)
        if (((unsigned char)*value < 0x20 && *value != '\t') || *value == 0x7f)
            return true;
    return false;
}

static const char *check_headers(const struct http_head *head)
{
    for (size_t i = 0; i < head->header_count; i++) {
        if (!is_token(head->headers[i].name))
            return "A header name has a character that is not allowed there.";
        if (has_control_character(head->headers[i].value))
            return "A header value has a control character.";
    }
    size_t hosts = count_headers(head, "Host");
    if (hosts > 1)
        return "The request names its Host more than once.";
    if (hosts == 0 && strcmp(head->version, "1.0") != 0)
        return "The request does not name its Host.";
    const char *host = http_head_find(head, "Host");
    if (host && (!*host || strpbrk(host, " \t,/@?#")))
        return "The Host header is not a host name.";
    if (count_headers(head, "Authorization") > 1 || count_headers(head, "Content-Type") > 1)
        return "Authorization and Content-Type may stand in a request only once.";
    return NULL;
}

static bool is_hexadecimal(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static const char *check_escapes(const char *text)
{
    for (; text && *text; text++) {
        if ((unsigned char)*text <= 0x20 || *text == 0x7f || *text == '#')
            return "The request target has a character that is not allowed there.";
        if (*text == '%' && !(is_hexadecimal(text[1]) && is_hexadecimal(text[2])))
            return "A percent sign in the request target is not followed by two hexadecimal "
                   "digits.";
        if (*text == '%' && text[1] == '0' && text[2] == '0')
            return "The request target has a NUL.";
    }
    return NULL;
}

static const char *check_framing(const struct http_head *head, struct http_framing *framing)
{
    size_t lengths = count_headers(head, "Content-Length");
    size_t encodings = count_headers(head, "Transfer-Encoding");
    if (lengths > 1)
        return "The request gives its Content-Length more than once.";
    if (lengths && encodings)
        return "The request has both Content-Length and Transfer-Encoding.";
    framing->content_length = -1;
    framing->is_chunked = encodings > 0;
    const char *length = http_head_find(head, "Content-Length");
    if (length && parse_length(length, &framing->content_length))
        return "The Content-Length is not a plain number.";
    const char *expect = http_head_find(head, "Expect");
    framing->expects_continue = expect != NULL;
    if (expect && strcasecmp(expect, "100-continue") != 0)
        return "The only thing a request may Expect is 100-continue.";
    return NULL;
}

int http_head_check(const struct http_head *head, struct http_framing *ret_framing,
                    const char **ret_reason)
{
    struct http_framing framing = {.content_length = -1};
    const char *reason = NULL;
    if (head->target[0] != '/')
        reason = "The request target must be a path that starts with '/'.";
    if (!reason)
        reason = check_headers(head);
    if (!reason)
        reason = check_escapes(head->target);
    if (!reason)
        reason = check_escapes(head->query);
    if (!reason)
        reason = check_framing(head, &framing);
    if (reason) {
        *ret_reason = reason;
        return -1;
    }
    *ret_framing = framing;
    return 0;
}

bool http_list_has(const char *value, const char *token)
{
    size_t length = strlen(token);
    while (value && *value) {
        value += strspn(value, " \t,");
        size_t item = strcspn(value, " \t,;");
        if (item == length && strncasecmp(value, token, length) == 0)
            return true;
        value += strcspn(value, ",");
    }
    return false;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int http_percent_decode(const char *text, size_t length, bool plus_is_space, char *ret_text)
{
    size_t out = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '%') {
            if (length - i < 3 || digit_value(text[i + 1]) < 0 || digit_value(text[i + 2]) < 0)
                return -1;
            c = (char)(digit_value(text[i + 1]) * 16 + digit_value(text[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        ret_text[out++] = c;
    }
    ret_text[out] = '\0';
    return http_text_is_clean(ret_text, out, "") ? 0 : -1;
}

/* Length of the well-formed UTF-8 sequence at `text` (Unicode, table 3-7); 0 when there is none. */
static size_t sequence_length(const unsigned char *text, size_t left)
{
    unsigned char lead = text[0];
    size_t length = lead < 0x80   ? 1
                    : lead < 0xc2 ? 0
                    : lead < 0xe0 ? 2
                    : lead < 0xf0 ? 3
                    : lead < 0xf5 ? 4
                                  : 0;
    if (length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    if ((lead == 0xe0 && text[1] < 0xa0) || (lead == 0xed && text[1] > 0x9f) ||
        (lead == 0xf0 && text[1] < 0x90) || (lead == 0xf4 && text[1] > 0x8f))
        return 0;
    return length;
}

bool http_text_is_clean(const char *text, size_t length, const char *allowed)
{
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i < length;) {
        if (bytes[i] == 0x7f || (bytes[i] < 0x20 && (!bytes[i] || !strchr(allowed, bytes[i]))))
            return false;
        size_t step = sequence_length(bytes + i, length - i);
        if (!step)
            return false;
        i += step;
    }
    return true;
}
