/**
 * A watch over slow peers. civetweb's reads and writes only time out when nothing at all arrives,
 * so a phone that sends one byte every few seconds could hold a thread for hours. Here every
 * transfer says how far it is; one that falls behind its minimum rate or total deadline has its
 * socket shut down, which ends the read or write at once.
 */
#ifndef FIELDPROOF_HTTP_WATCH_H
#define FIELDPROOF_HTTP_WATCH_H

#include "server/base/macros.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct watch;

enum watch_kind {
    WATCH_READ,  /**< cut by ending reads, so that the reply can still be sent */
    WATCH_WRITE, /**< cut by ending the connection */
    WATCH_DRAIN, /**< reading what nobody wants; only the deadline counts */
};

struct watch_limits {
    int grace_ms;    /**< no minimum rate before this */
    int bytes_per_s; /**< the least mean rate after the grace */
    int total_ms;    /**< the longest a transfer may last */
};

/** A transfer under watch. It belongs to the caller; fields are the watch's own. */
struct watch_entry {
    struct watch_entry *next;
    const char *address;
    int port;
    int server_port;
    int64_t started_us;
    int64_t deadline_us;
    enum watch_kind kind;
    bool is_cut;
    bool (*is_unwanted)(void *context);
    void *context;
    _Atomic int64_t bytes;
};

/** Starts the watching thread. */
int watch_create(const struct watch_limits *limits, struct watch **ret) MUST_CHECK;
void watch_free(struct watch *watch);

/**
 * Puts a transfer from or to that peer under watch until watch_end. `total_ms` is its deadline (0:
 * the limits').
 */
void watch_begin(struct watch *watch, struct watch_entry *entry, const char *address, int port,
                 int server_port, int total_ms, enum watch_kind kind);

/**
 * From now on the watch asks `is_unwanted` at every look, and cuts the transfer when it answers
 * true. It is called by the watch's thread, and not any more once watch_end has returned.
 */
void watch_ask(struct watch *watch, struct watch_entry *entry, bool (*is_unwanted)(void *context),
               void *context);

/** Says that so many more bytes have passed. */
void watch_progress(struct watch_entry *entry, int64_t bytes);

/** Ends the watch; true when the transfer was cut. */
bool watch_end(struct watch *watch, struct watch_entry *entry);

#endif
