#include "server/http/sockets.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int port_and_address(int fd, int (*get)(int, struct sockaddr *, socklen_t *),
                            char *ret_address)
{
    struct sockaddr_storage storage = {.ss_family = AF_UNSPEC};
    socklen_t length = sizeof storage;
    if (get(fd, (struct sockaddr *)&storage, &length))
        return -1;
    if (storage.ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&storage;
        return inet_ntop(AF_INET, &in->sin_addr, ret_address, INET6_ADDRSTRLEN)
                   ? ntohs(in->sin_port)
                   : -1;
    }
    if (storage.ss_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)&storage;
        return inet_ntop(AF_INET6, &in->sin6_addr, ret_address, INET6_ADDRSTRLEN)
                   ? ntohs(in->sin6_port)
                   : -1;
    }
    return -1;
}

static int get_peer(int fd, struct sockaddr *address, socklen_t *length)
{
    return getpeername(fd, address, length);
}

static int get_own(int fd, struct sockaddr *address, socklen_t *length)
{
    return getsockname(fd, address, length);
}

static bool is_of_port(int fd, int server_port)
{
    char address[INET6_ADDRSTRLEN];
    return port_and_address(fd, get_own, address) == server_port;
}

static bool is_of_peer(int fd, const char *peer_address, int peer_port)
{
    char address[INET6_ADDRSTRLEN];
    return port_and_address(fd, get_peer, address) == peer_port &&
           strcmp(address, peer_address) == 0;
}

/* The next open descriptor of this process; -1: there is no other one. */
static int next_descriptor(DIR *dir)
{
    for (const struct dirent *item = readdir(dir); item; item = readdir(dir)) {
        if (item->d_name[0] != '.')
            return (int)strtol(item->d_name, NULL, 10);
    }
    return -1;
}

int sockets_find(const char *peer_address, int peer_port, int server_port)
{
    DIR *dir = opendir("/proc/self/fd");
    if (!dir)
        return -1;
    int fd = next_descriptor(dir);
    while (fd >= 0 && !(is_of_peer(fd, peer_address, peer_port) && is_of_port(fd, server_port)))
        fd = next_descriptor(dir);
    closedir(dir);
    return fd;
}

void sockets_shut_down(int server_port)
{
    DIR *dir = opendir("/proc/self/fd");
    if (!dir)
        return;
    for (int fd = next_descriptor(dir); fd >= 0; fd = next_descriptor(dir)) {
        if (is_of_port(fd, server_port))
            shutdown(fd, SHUT_RDWR);
    }
    closedir(dir);
}
