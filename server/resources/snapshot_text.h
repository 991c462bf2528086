/** What comes back in the cursors of change feeds: they are not signed, so it is looked at before
 * PostgreSQL reads it. */
#ifndef FIELDPROOF_RESOURCES_SNAPSHOT_TEXT_H
#define FIELDPROOF_RESOURCES_SNAPSHOT_TEXT_H

#include <stdbool.h>

/** Whether PostgreSQL reads the text as a snapshot (pg_snapshot) without an error. */
bool snapshot_is_valid(const char *text);

/** Whether it is a time as RFC 3339 writes it. */
bool moment_is_valid(const char *text);

#endif
