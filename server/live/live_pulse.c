#include "server/live/live_pulse.h"

#include "server/base/clock.h"

#define RETRY_MS 1000

void live_pulse_close(struct live_pulse *pulse)
{
    change_signal_close(pulse->signal);
    pulse->signal = NULL;
    pulse->retry_us = clock_monotonic_us() + (int64_t)RETRY_MS * 1000;
}

int live_pulse_socket(struct live_pulse *pulse)
{
    if (!pulse->signal && clock_monotonic_us() >= pulse->retry_us &&
        change_signal_open(pulse->database_url, &pulse->signal) < 0)
        live_pulse_close(pulse);
    return pulse->signal ? change_signal_socket(pulse->signal) : -1;
}

void live_pulse_receive(struct live_pulse *pulse, change_signal_taker *take, void *context)
{
    if (pulse->signal && change_signal_receive(pulse->signal, take, context) < 0)
        live_pulse_close(pulse);
}

void live_pulse_send(struct live_pulse *pulse, const struct uuid *org_ids, size_t count)
{
    if (pulse->signal && count > 0 && change_signal_send(pulse->signal, org_ids, count) < 0)
        live_pulse_close(pulse);
}
