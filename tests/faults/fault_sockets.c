/* Commits, replies and the start of decoders, in place of libpq's and the C library's. */
#include "fault_rule.h"

#include <dlfcn.h>
#include <errno.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* Between handing COMMIT to libpq and its leaving; a transaction stays on one thread. */
static _Thread_local const PGconn *committing;

static bool is_tcp(int fd)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    return getsockname(fd, (struct sockaddr *)&address, &length) == 0 &&
           (address.ss_family == AF_INET || address.ss_family == AF_INET6);
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
    struct fault_call call = {.class = FAULT_REPLY};
    if (!fault_is_active() || fault_is_decoder() || !is_tcp(fd))
        return REAL(send)(fd, bytes, length, flags);
    snprintf(call.name, sizeof call.name, "%.*s", length < 12 ? (int)length : 12,
             (const char *)bytes);
    enum fault_action action = fault_begin(&call);
    if (action == FAULT_FAIL)
        return -1;
    size_t portion = action == FAULT_SHORT && length > 1 ? length / 2 : length;
    return fault_end(&call, REAL(send)(fd, bytes, portion, flags));
}

int PQsendQueryParams(PGconn *pg, const char *sql, int count, const Oid *types,
                      const char *const *values, const int *lengths, const int *formats,
                      int result_format)
{
    struct fault_call call = {.class = FAULT_COMMIT_SEND};
    if (!fault_is_active() || strcmp(sql, "COMMIT") != 0)
        return REAL(PQsendQueryParams)(pg, sql, count, types, values, lengths, formats,
                                       result_format);
    if (fault_begin(&call) == FAULT_FAIL)
        return 0;
    committing = pg;
    int result =
        REAL(PQsendQueryParams)(pg, sql, count, types, values, lengths, formats, result_format);
    return fault_end(&call, result) == 1;
}

int PQflush(PGconn *pg)
{
    struct fault_call call = {.class = FAULT_COMMIT_SENT};
    if (!fault_is_active() || committing != pg)
        return REAL(PQflush)(pg);
    if (fault_begin(&call) == FAULT_FAIL) {
        shutdown(PQsocket(pg), SHUT_RDWR); /* nothing of it has left */
        return -1;
    }
    int result = REAL(PQflush)(pg);
    if (result != 0)
        return result;
    committing = NULL;
    if (fault_end(&call, 0) == 0)
        return 0;
    shutdown(PQsocket(pg), SHUT_RDWR); /* PostgreSQL has it, and nobody hears the answer */
    return -1;
}

PGresult *PQgetResult(PGconn *pg)
{
    struct fault_call call = {.class = FAULT_COMMIT_DONE};
    PGresult *result = REAL(PQgetResult)(pg);
    if (!fault_is_active() || !result || strcmp(PQcmdStatus(result), "COMMIT") != 0)
        return result;
    bool fails = fault_begin(&call) == FAULT_FAIL;
    if (!fails && fault_end(&call, 0) == 0)
        return result;
    PQclear(result);
    shutdown(PQsocket(pg), SHUT_RDWR);
    return NULL;
}

/* The server gives its decoders no environment; here they get the library back. */
int posix_spawn(pid_t *ret_pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const arguments[],
                char *const environment[])
{
    char library[4096], page[4096];
    char *extended[] = {library, page, NULL};
    if (!fault_is_active() || !arguments[1] || strcmp(arguments[1], "decoder") != 0)
        return REAL(posix_spawn)(ret_pid, path, actions, attributes, arguments, environment);
    snprintf(library, sizeof library, "LD_PRELOAD=%s", getenv("LD_PRELOAD"));
    snprintf(page, sizeof page, "FAULT_PAGE=%s", getenv("FAULT_PAGE"));
    return REAL(posix_spawn)(ret_pid, path, actions, attributes, arguments, extended);
}
