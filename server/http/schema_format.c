#include "server/http/schema_format.h"

#include "server/base/clock.h"
#include "server/base/hex.h"
#include "server/base/uuid.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_uuid(const char *text)
{
    struct uuid uuid;
    return uuid_parse(text, &uuid) == 0 && !uuid_is_nil(&uuid);
}

static bool is_date_time(const char *text)
{
    int64_t time_ms;
    return clock_parse_rfc3339(text, &time_ms) == 0;
}

static bool is_date(const char *text)
{
    char date_time[CLOCK_TEXT_BYTES];
    if (strlen(text) != 10)
        return false;
    snprintf(date_time, sizeof date_time, "%sT00:00:00Z", text);
    return is_date_time(date_time);
}

static bool is_sha256(const char *text)
{
    uint8_t bytes[32];
    return hex_decode(text, bytes, sizeof bytes) == 0 && !strpbrk(text, "ABCDEF");
}

/* One @ with something around it and a dot behind: whether it is anybody's only a mail can tell. */
static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');
    return at && at != text && !strchr(at + 1, '@') && strchr(at + 1, '.') && at[1] != '.' &&
           text[strlen(text) - 1] != '.' && !strpbrk(text, " \t\n,;<>\"");
}

/* The form of an IANA name; whether it exists PostgreSQL knows. */
static bool is_time_zone(const char *text)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    size_t length = strlen(text);
    return length && length <= 64 && strspn(text, allowed) == length && text[0] != '/' &&
           !strstr(text, "//") && text[length - 1] != '/';
}

/* Hours and minutes of a day. */
static bool is_clock(const char *text)
{
    static const char digits[] = "0123456789";
    if (strlen(text) != 5 || text[2] != ':' || strspn(text, digits) != 2 ||
        strspn(text + 3, digits) != 2)
        return false;
    return (text[0] - '0') * 10 + text[1] - '0' < 24 && text[3] < '6';
}

static bool is_uri(const char *text)
{
    size_t scheme = strcspn(text, ":");
    return scheme && text[scheme] == ':' && text[scheme + 1] && !strpbrk(text, " \t\n<>\"");
}

static bool is_uri_reference(const char *text)
{
    return *text && !strpbrk(text, " \t\n<>\"");
}

static bool is_slug(const char *text)
{
    size_t length = strlen(text);
    return length && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length &&
           text[0] != '-' && text[length - 1] != '-';
}

static bool is_anything(const char *text)
{
    return text != NULL;
}

const struct schema_format *schema_format_find(const char *name)
{
    static const struct schema_format formats[] = {
        {"binary", "bytes", is_anything},
        {"clock", "a time of day like 09:30", is_clock},
        {"date", "a date like 2026-05-04", is_date},
        {"date-time", "an RFC 3339 time like 2026-05-04T07:31:22.417Z", is_date_time},
        {"double", "a number", is_anything},
        {"email", "an e-mail address", is_email},
        {"int32", "an integer", is_anything},
        {"int64", "an integer", is_anything},
        {"password", "a password", is_anything},
        {"sha256", "a SHA-256 in 64 lower-case hexadecimal digits", is_sha256},
        {"slug", "lower-case letters, digits and inner hyphens", is_slug},
        {"time-zone", "an IANA time zone like Asia/Shanghai", is_time_zone},
        {"uri", "a URI", is_uri},
        {"uri-reference", "a URI reference", is_uri_reference},
        {"uuid", "a UUID of 36 characters, not the nil one", is_uuid},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool schema_format_is_same(const struct schema_format *format, const char *one, const char *other)
{
    return format && format->matches == is_uuid ? strcasecmp(one, other) == 0
                                                : strcmp(one, other) == 0;
}
