#include "server/base/log.h"

#include "server/base/clock.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 4096
#define TEXT_BYTES 1024 /* of one field, so that one long text cannot push out the others */

struct line {
    char text[LINE_BYTES];
    size_t length;
};

static void put(struct line *line, const char *bytes, size_t length)
{
    size_t room = sizeof line->text - 2 - line->length; /* the closing brace and the newline */
    if (length <= room) {
        memcpy(line->text + line->length, bytes, length);
        line->length += length;
    }
}

static void put_text(struct line *line, const char *text)
{
    put(line, text, strlen(text));
}

static void put_quoted(struct line *line, const char *text)
{
    put_text(line, "\"");
    for (size_t i = 0; text[i] != '\0' && i < TEXT_BYTES; i++) {
        char escaped[8];
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            snprintf(escaped, sizeof escaped, "\\u%04x", c);
        else
            snprintf(escaped, sizeof escaped, "%c", c);
        put_text(line, escaped);
    }
    put_text(line, "\"");
}

static void put_field(struct line *line, const struct log_field *field)
{
    char number[24];
    put_text(line, ",");
    put_quoted(line, field->name);
    put_text(line, ":");
    snprintf(number, sizeof number, "%" PRId64, field->number);
    if (field->text)
        put_quoted(line, field->text);
    else
        put_text(line, number);
}

static void write_whole(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(STDERR_FILENO, bytes, length);
        if (written < 0 && errno != EINTR)
            return; /* nowhere left to say it */
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
    static const char *const levels[] = {"debug", "info", "warning", "error"};
    struct line line = {.length = 0};
    char now[CLOCK_TEXT_BYTES];
    clock_format_rfc3339(clock_now_ms(), now);
    put_text(&line, "{\"time\":");
    put_quoted(&line, now);
    put_field(&line, &LOG_TEXT("level", levels[level]));
    put_field(&line, &LOG_TEXT("event", event));
    for (size_t i = 0; i < LOG_FIELDS_MAX && fields[i].name; i++)
        put_field(&line, &fields[i]);
    memcpy(line.text + line.length, "}\n", 2);
    write_whole(line.text, line.length + 2);
}
