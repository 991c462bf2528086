/** The hub's connection for signals: kept open, opened again when it was lost. */
#ifndef FIELDPROOF_LIVE_LIVE_PULSE_H
#define FIELDPROOF_LIVE_LIVE_PULSE_H

#include "server/store/change_signal.h"

struct live_pulse {
    const char *database_url;
    struct change_signal *signal; /**< NULL: not connected */
    int64_t retry_us;             /**< not connected: when to try again */
};

/** The descriptor to wait for, -1 without a connection. Tries to connect when it is time to. */
int live_pulse_socket(struct live_pulse *pulse);

/** Hands over what other processes signalled; loses the connection when it is broken. */
void live_pulse_receive(struct live_pulse *pulse, change_signal_taker *take, void *context);

/** Tells the other processes, if they can be told now: their own looks find it otherwise. */
void live_pulse_send(struct live_pulse *pulse, const struct uuid *org_ids, size_t count);

void live_pulse_close(struct live_pulse *pulse);

#endif
