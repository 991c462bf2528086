/**
 * One connection to PostgreSQL that tells the other server processes of changes (NOTIFY) and hears
 * of theirs (LISTEN). A signal names an organisation and nothing else: what changed stands in
 * desk_change. It is sent apart from the transaction that changed something, because PostgreSQL
 * lets only one transaction at a time commit with a NOTIFY, and keeps the others waiting while it
 * writes to disk.
 */
#ifndef FIELDPROOF_STORE_CHANGE_SIGNAL_H
#define FIELDPROOF_STORE_CHANGE_SIGNAL_H

#include "server/base/uuid.h"

#include <stddef.h>

struct change_signal;

/** Connects and listens. Negative: PostgreSQL does not answer, which is logged. Blocks for at most
 * a few seconds. */
int change_signal_open(const char *database_url, struct change_signal **ret) MUST_CHECK;
void change_signal_close(struct change_signal *signal);

/** The descriptor that becomes readable when a signal has come. */
int change_signal_socket(const struct change_signal *signal);

typedef void change_signal_taker(void *context, const struct uuid *org_id);

/** Hands over what has come from other processes. Negative: the connection is lost. */
int change_signal_receive(struct change_signal *signal, change_signal_taker *take,
                          void *context) MUST_CHECK;

/** Tells the other processes; the same organisation twice is told once. Negative: the connection is
 * lost, or PostgreSQL did not answer within seconds. */
int change_signal_send(struct change_signal *signal, const struct uuid *org_ids,
                       size_t count) MUST_CHECK;

#endif
