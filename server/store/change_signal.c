#include "server/store/change_signal.h"

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/store/db_internal.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MS 5000
#define SENT_MAX  64 /* in one statement */

/* Nothing is lost when a signal is: it wakes early who would look a little later anyway. So nobody
 * waits for the disk for it. */
static const char begin_listening[] = "SET synchronous_commit = off; LISTEN fieldproof_changes";
static const char send_signals[] =
    "SELECT pg_notify('fieldproof_changes', id) FROM unnest($1::text[]) AS id";

struct change_signal {
    PGconn *pg;
};

static int report_loss(const struct change_signal *signal)
{
    LOG(LOG_WARNING, "database_connection_lost", LOG_TEXT("while", "listening"),
        LOG_TEXT("reason", PQerrorMessage(signal->pg)));
    return -1;
}

int change_signal_open(const char *database_url, struct change_signal **ret)
{
    struct change_signal *signal = calloc(1, sizeof *signal);
    if (!signal)
        return -1;
    signal->pg = db_connection_plain(database_url);
    PGresult *result =
        PQstatus(signal->pg) == CONNECTION_OK ? PQexec(signal->pg, begin_listening) : NULL;
    bool listens = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!listens) {
        (void)report_loss(signal);
        change_signal_close(signal);
        return -1;
    }
    *ret = signal;
    return 0;
}

void change_signal_close(struct change_signal *signal)
{
    if (!signal)
        return;
    PQfinish(signal->pg);
    free(signal);
}

int change_signal_socket(const struct change_signal *signal)
{
    return PQsocket(signal->pg);
}

int change_signal_receive(struct change_signal *signal, change_signal_taker *take, void *context)
{
    if (!PQconsumeInput(signal->pg) || PQstatus(signal->pg) != CONNECTION_OK)
        return report_loss(signal);
    for (PGnotify *notify = PQnotifies(signal->pg); notify; notify = PQnotifies(signal->pg)) {
        struct uuid org_id;
        if (notify->be_pid != PQbackendPID(signal->pg) && uuid_parse(notify->extra, &org_id) == 0)
            take(context, &org_id);
        PQfreemem(notify);
    }
    return 0;
}

/* The answer to what was sent, or NULL when it does not come in time. */
static PGresult *await_result(struct change_signal *signal)
{
    int64_t deadline_us = clock_monotonic_us() + (int64_t)ANSWER_MS * 1000;
    while (PQisBusy(signal->pg)) {
        int64_t left_us = deadline_us - clock_monotonic_us();
        struct pollfd socket = {.fd = PQsocket(signal->pg), .events = POLLIN};
        if (left_us <= 0 || poll(&socket, 1, (int)(left_us / 1000) + 1) < 0 ||
            !PQconsumeInput(signal->pg))
            return NULL;
    }
    return PQgetResult(signal->pg);
}

/* "{id,id}": PostgreSQL's text form of an array. */
static void write_array(const struct uuid *org_ids, size_t count,
                        char ret_text[SENT_MAX * UUID_TEXT_BYTES + 2])
{
    char *at = ret_text;
    *at++ = '{';
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *at++ = ',';
        uuid_format(&org_ids[i], at);
        at += UUID_TEXT_BYTES - 1;
    }
    memcpy(at, "}", 2);
}

static int send_some(struct change_signal *signal, const struct uuid *org_ids, size_t count)
{
    char array[SENT_MAX * UUID_TEXT_BYTES + 2];
    const char *parameter = array;
    write_array(org_ids, count, array);
    if (PQsendQueryParams(signal->pg, send_signals, 1, NULL, &parameter, NULL, NULL, 0) != 1)
        return report_loss(signal);
    PGresult *result = await_result(signal);
    bool is_sent = PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    PGresult *end = is_sent ? await_result(signal) : NULL;
    PQclear(end);
    return is_sent && !end ? 0 : report_loss(signal);
}

int change_signal_send(struct change_signal *signal, const struct uuid *org_ids, size_t count)
{
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i += SENT_MAX)
        result = send_some(signal, org_ids + i, count - i < SENT_MAX ? count - i : SENT_MAX);
    return result;
}
