/**
 * Log lines: one JSON object a line on standard error, written with a single write().
 *
 * Never log secrets (tokens, passwords, signatures), positions or bodies; ids and numbers are
 * enough to find them.
 */
#ifndef FIELDPROOF_BASE_LOG_H
#define FIELDPROOF_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

#define LOG_FIELDS_MAX 16

/** One field: a text when `text` is set, the number otherwise. */
struct log_field {
    const char *name;
    const char *text;
    int64_t number;
};

#define LOG_TEXT(field_name, value)                                                                \
    (struct log_field)                                                                             \
    {                                                                                              \
        .name = (field_name), .text = (value) ? (value) : ""                                       \
    }
#define LOG_NUMBER(field_name, value)                                                              \
    (struct log_field)                                                                             \
    {                                                                                              \
        .name = (field_name), .number = (int64_t)(value)                                           \
    }

/** Ends a list of fields. */
#define LOG_END                                                                                    \
    (struct log_field)                                                                             \
    {                                                                                              \
        .name = 0                                                                                  \
    }

/** Writes {"time", "level", "event", fields…}. `fields` ends with LOG_END; a long line is cut. */
void log_write(enum log_level level, const char *event, const struct log_field *fields);

#define LOG(level, event, ...)                                                                     \
    log_write((level), (event), (const struct log_field[]){__VA_ARGS__, LOG_END})

#endif
