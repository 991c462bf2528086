/** civetweb keeps its descriptors to itself: addresses find them among those of this process. */
#ifndef FIELDPROOF_HTTP_SOCKETS_H
#define FIELDPROOF_HTTP_SOCKETS_H

#include "server/base/macros.h"

/** The descriptor of the connection between that peer and `server_port`; -1: there is none. */
int sockets_find(const char *peer_address, int peer_port, int server_port) MUST_CHECK;

/**
 * Shuts down every socket of `server_port`, those that listen and those of connections: whoever
 * waits for one of them wakes at once.
 */
void sockets_shut_down(int server_port);

#endif
