#include "server/http/multipart_header.h"

#include "server/http/http_head.h"

#include <string.h>
#include <strings.h>

/* Reads one ";name=value" with the value as token or quoted string; the rest of the text, or NULL.
 */
static const char *next_parameter(const char *text, char ret_name[32], char *ret_value,
                                  size_t value_size, bool *ret_fits)
{
    text += strspn(text, " \t;");
    size_t name_length = strcspn(text, "= \t;\"");
    if (!name_length || name_length >= 32 || text[name_length] != '=')
        return NULL;
    memcpy(ret_name, text, name_length);
    ret_name[name_length] = '\0';
    text += name_length + 1;
    bool is_quoted = *text == '"';
    text += is_quoted;
    size_t length = 0;
    *ret_fits = true;
    while (*text && (is_quoted ? *text != '"' : !strchr(" \t;\"", *text))) {
        if (is_quoted && *text == '\\' && text[1])
            text++;
        if (length + 1 < value_size)
            ret_value[length++] = *text;
        else
            *ret_fits = false;
        text++;
    }
    ret_value[length] = '\0';
    if (is_quoted && *text++ != '"')
        return NULL;
    text += strspn(text, " \t");
    return *text && *text != ';' ? NULL : text;
}

static bool is_boundary(const char *text)
{
    static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "'()+_,-./:=? ";
    size_t length = strlen(text);
    return length && text[length - 1] != ' ' && strspn(text, allowed) == length;
}

int multipart_header_boundary(const char *content_type, char *ret_boundary)
{
    const char *rest = strchr(content_type, ';');
    bool is_found = false;
    while (rest && *rest) {
        char name[32], value[MULTIPART_BOUNDARY_MAX + 1];
        bool fits;
        rest = next_parameter(rest, name, value, sizeof value, &fits);
        if (!rest || strcasecmp(name, "boundary") != 0)
            continue;
        if (is_found || !fits || !is_boundary(value))
            return -1;
        is_found = true;
        memcpy(ret_boundary, value, sizeof value);
    }
    return is_found && rest ? (int)strlen(ret_boundary) : -1;
}

static int parse_disposition(const char *value, struct multipart_part *part)
{
    size_t type = strcspn(value, "; \t");
    if (type != 9 || strncasecmp(value, "form-data", 9) != 0 || part->name[0])
        return MULTIPART_HEADERS_INVALID;
    bool is_found = false;
    for (const char *rest = value + type; *rest;) {
        char name[32], text[MULTIPART_NAME_MAX + 1];
        bool fits;
        rest = next_parameter(rest, name, text, sizeof text, &fits);
        if (!rest)
            return MULTIPART_HEADERS_INVALID;
        if (strcasecmp(name, "name") != 0)
            continue;
        if (is_found || !fits || !text[0])
            return MULTIPART_NAME_MISSING;
        is_found = true;
        memcpy(part->name, text, sizeof text);
    }
    return is_found ? 0 : MULTIPART_NAME_MISSING;
}

static int parse_media_type(const char *value, struct multipart_part *part)
{
    size_t length = strcspn(value, "; \t");
    if (!length || length > MULTIPART_MEDIA_TYPE_MAX || part->media_type[0])
        return MULTIPART_HEADERS_INVALID;
    for (size_t i = 0; i < length; i++)
        part->media_type[i] =
            value[i] >= 'A' && value[i] <= 'Z' ? (char)(value[i] | 0x20) : value[i];
    return 0;
}

static int parse_line(char *line, struct multipart_part *part)
{
    char *colon = strchr(line, ':');
    if (!colon || colon == line || strcspn(line, " \t") < (size_t)(colon - line))
        return MULTIPART_HEADERS_INVALID;
    *colon = '\0';
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    if (strcasecmp(line, "Content-Disposition") == 0)
        return parse_disposition(value, part);
    if (strcasecmp(line, "Content-Type") == 0)
        return parse_media_type(value, part);
    if (strcasecmp(line, "Content-Transfer-Encoding") == 0 && strcasecmp(value, "binary") != 0 &&
        strcasecmp(value, "8bit") != 0 && strcasecmp(value, "7bit") != 0)
        return MULTIPART_ENCODED;
    return 0;
}

int multipart_header_parse(const char *headers, size_t length, struct multipart_part *ret)
{
    struct multipart_part part = {.name = ""};
    char line[1024];
    for (size_t start = 0; start + 2 < length;) {
        const char *end = memmem(headers + start, length - start, "\r\n", 2);
        size_t line_length = end ? (size_t)(end - headers) - start : sizeof line;
        if (line_length >= sizeof line || !http_text_is_clean(headers + start, line_length, "\t"))
            return MULTIPART_HEADERS_INVALID;
        memcpy(line, headers + start, line_length);
        line[line_length] = '\0';
        int result = parse_line(line, &part);
        if (result)
            return result;
        start += line_length + 2;
    }
    if (!part.name[0])
        return MULTIPART_NAME_MISSING;
    *ret = part;
    return 0;
}
