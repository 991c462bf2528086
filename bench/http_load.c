/**
 * http-load: a closed-loop load generator. Each connection sends a request, waits for its whole
 * answer, and sends the next. The requests are raw HTTP in files (template.h), taken in turn.
 *
 * usage: http-load PORT CONNECTIONS WARM_UP_S SECONDS STATUS FILE...
 *
 * Prints one JSON object about the SECONDS after the warm-up: how many answers with STATUS came,
 * and how long they took from the first byte offered to the last byte of the answer.
 */
#include "http_answer.h"
#include "template.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS_MAX = 64, RECEIVE_BYTES = 65536, TEMPLATES_MAX = 256, PATIENCE_S = 60 };

struct connection {
    int fd;
    bool is_done;
    char *request;
    size_t length;
    size_t sent;
    int64_t started_us;
    struct http_answer answer;
};

struct load {
    int port;
    int wanted_status;
    int64_t from_us;
    int64_t until_us;
    int epoll_fd;
    int connection_count;
    int running;
    struct connection *connections;
    int template_count;
    int next_template;
    struct template templates[TEMPLATES_MAX];
    struct template_random random;
    int64_t *latencies_us;
    size_t latency_count;
    size_t latency_room;
    long all; /**< answers, in time or not */
    long refused;
    long lost;
};

static void dial(struct load *load, struct connection *connection)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)load->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->fd < 0 ||
        connect(connection->fd, (struct sockaddr *)&address, sizeof address) < 0)
        template_die("connect");
    (void)setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (fcntl(connection->fd, F_SETFL, O_NONBLOCK) < 0)
        template_die("fcntl");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(load->epoll_fd, EPOLL_CTL_ADD, connection->fd, &event) < 0)
        template_die("epoll_ctl");
}

static void listen_for(struct load *load, struct connection *connection, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(load->epoll_fd, EPOLL_CTL_MOD, connection->fd, &event) < 0)
        template_die("epoll_ctl");
}

static void redial(struct load *load, struct connection *connection)
{
    (void)close(connection->fd);
    dial(load, connection);
}

/* As much as the socket takes; asks for a call when it takes more. False: the connection is gone.
 */
static bool send_more(struct load *load, struct connection *connection)
{
    bool had_to_wait = connection->sent > 0;
    while (connection->sent < connection->length) {
        ssize_t count = send(connection->fd, connection->request + connection->sent,
                             connection->length - connection->sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EAGAIN) {
            if (!had_to_wait)
                listen_for(load, connection, EPOLLIN | EPOLLOUT);
            return true;
        }
        if (count < 0)
            return false;
        connection->sent += (size_t)count;
    }
    if (had_to_wait)
        listen_for(load, connection, EPOLLIN);
    return true;
}

static void start_request(struct load *load, struct connection *connection)
{
    const struct template *template = &load->templates[load->next_template];
    load->next_template = (load->next_template + 1) % load->template_count;
    memcpy(connection->request, template->bytes, template->length);
    template_fill(template, &load->random, connection->request);
    connection->length = template->length;
    connection->sent = 0;
    connection->answer = (struct http_answer){.kept = 0};
    connection->started_us = template_now_us();
    if (!send_more(load, connection)) {
        load->lost++;
        redial(load, connection);
    }
}

static void keep_latency(struct load *load, int64_t latency_us)
{
    if (load->latency_count == load->latency_room) {
        load->latency_room = load->latency_room ? load->latency_room * 2 : 4096;
        load->latencies_us =
            realloc(load->latencies_us, load->latency_room * sizeof *load->latencies_us);
        if (!load->latencies_us)
            template_die("realloc");
    }
    load->latencies_us[load->latency_count++] = latency_us;
}

static void take_answer(struct load *load, struct connection *connection, int64_t now_us)
{
    const struct http_answer *answer = &connection->answer;
    load->all++;
    if (answer->status != load->wanted_status && load->refused++ < 3)
        (void)fprintf(stderr, "http-load: %.2000s\n", answer->head);
    if (answer->status == load->wanted_status && now_us >= load->from_us && now_us < load->until_us)
        keep_latency(load, now_us - connection->started_us);
}

static void finish(struct load *load, struct connection *connection)
{
    (void)close(connection->fd);
    connection->is_done = true;
    load->running--;
}

/* @return 1 when the answer is complete, 0 before, -1 when the connection is of no more use. */
static int receive(struct connection *connection)
{
    char bytes[RECEIVE_BYTES];
    ssize_t count = recv(connection->fd, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EAGAIN)
        return 0;
    return count <= 0 ? -1 : http_answer_take(&connection->answer, bytes, (size_t)count);
}

static void serve_event(struct load *load, struct connection *connection, uint32_t events)
{
    int result = 0;
    if (connection->is_done)
        return;
    if (events & EPOLLOUT && !send_more(load, connection))
        result = -1;
    if (result == 0 && events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        result = receive(connection);
    if (result == 0)
        return;
    int64_t now_us = template_now_us();
    if (result > 0)
        take_answer(load, connection, now_us);
    else
        load->lost++;
    if (now_us >= load->until_us) {
        finish(load, connection);
        return;
    }
    if (result < 0 || connection->answer.closes)
        redial(load, connection);
    start_request(load, connection);
}

static void run(struct load *load)
{
    struct epoll_event events[EVENTS_MAX];
    for (int i = 0; i < load->connection_count; i++) {
        dial(load, &load->connections[i]);
        start_request(load, &load->connections[i]);
    }
    while (load->running > 0) {
        int count = epoll_wait(load->epoll_fd, events, EVENTS_MAX, 1000);
        if (count < 0 && errno != EINTR)
            template_die("epoll_wait");
        for (int i = 0; i < count; i++)
            serve_event(load, events[i].data.ptr, events[i].events);
        if (template_now_us() > load->until_us + (int64_t)PATIENCE_S * 1000000) {
            load->lost += load->running;
            return;
        }
    }
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double quantile_ms(const struct load *load, double part)
{
    if (load->latency_count == 0)
        return 0;
    size_t at = (size_t)(part * (double)(load->latency_count - 1) + 0.5);
    return (double)load->latencies_us[at] / 1000;
}

static void report(struct load *load, double seconds)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    if (load->latency_count > 0)
        qsort(load->latencies_us, load->latency_count, sizeof *load->latencies_us, compare);
    double cpu_s = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                   (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    (void)printf("{\"answers\": %zu, \"per_s\": %.2f, \"p50_ms\": %.3f, \"p90_ms\": %.3f, "
                 "\"p99_ms\": %.3f, \"max_ms\": %.3f, \"refused\": %ld, \"lost\": %ld, "
                 "\"all\": %ld, \"generator_cpu_s\": %.2f}\n",
                 load->latency_count, (double)load->latency_count / seconds, quantile_ms(load, 0.5),
                 quantile_ms(load, 0.9), quantile_ms(load, 0.99), quantile_ms(load, 1),
                 load->refused, load->lost, load->all, cpu_s);
}

static void prepare(struct load *load, char **files, int file_count)
{
    size_t longest = 0;
    for (int i = 0; i < file_count && i < TEMPLATES_MAX; i++) {
        struct template *template = &load->templates[load->template_count++];
        template_read(files[i], template);
        longest = template->length > longest ? template->length : longest;
    }
    load->connections = calloc((size_t)load->connection_count, sizeof *load->connections);
    load->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (!load->connections || load->epoll_fd < 0)
        template_die("start");
    for (int i = 0; i < load->connection_count; i++)
        if (!(load->connections[i].request = malloc(longest)))
            template_die("malloc");
    load->running = load->connection_count;
    template_random_seed(&load->random);
}

int main(int argc, char **argv)
{
    static struct load load;
    if (argc < 7) {
        (void)fputs("usage: http-load PORT CONNECTIONS WARM_UP_S SECONDS STATUS FILE...\n", stderr);
        return EXIT_FAILURE;
    }
    double warm_up_s = strtod(argv[3], NULL), seconds = strtod(argv[4], NULL);
    load.port = (int)strtol(argv[1], NULL, 10);
    load.connection_count = (int)strtol(argv[2], NULL, 10);
    load.wanted_status = (int)strtol(argv[5], NULL, 10);
    prepare(&load, argv + 6, argc - 6);
    load.from_us = template_now_us() + (int64_t)(warm_up_s * 1e6);
    load.until_us = load.from_us + (int64_t)(seconds * 1e6);
    run(&load);
    report(&load, seconds);
    return EXIT_SUCCESS;
}
