#include "server/http/connection.h"

#include <civetweb.h>
#include <string.h>
#include <unistd.h>

#define FILE_CHUNK_BYTES 16384
#define DRAIN_MS         3000
#define DRAIN_BYTES      ((int64_t)64 * 1024 * 1024)

void connection_open(struct connection *connection, struct mg_connection *civetweb,
                     struct watch *watch)
{
    const struct mg_request_info *info = mg_get_request_info(civetweb);
    *connection = (struct connection){
        .civetweb = civetweb,
        .watch = watch,
        .peer_address = info->remote_addr,
        .peer_port = info->remote_port,
        .server_port = info->server_port,
        /* They are missing when civetweb could not parse the head. */
        .head = {.method = info->request_method ? info->request_method : "",
                 .target = info->request_uri ? info->request_uri : "",
                 .query = info->query_string,
                 .version = info->http_version ? info->http_version : ""},
    };
    struct http_head *head = &connection->head;
    for (int i = 0; i < info->num_headers && i < HTTP_HEADERS_MAX; i++)
        head->headers[head->header_count++] =
            (struct http_header){info->http_headers[i].name, info->http_headers[i].value};
    connection->is_head_request = strcmp(head->method, "HEAD") == 0;
    const char *wish = http_head_find(head, "Connection");
    if (strcmp(head->version, "1.1") != 0 || (wish && !http_list_has(wish, "keep-alive")))
        connection_close_after(connection);
}

void connection_close_after(struct connection *connection)
{
    connection->must_close = true;
    mg_disable_connection_keep_alive(connection->civetweb);
}

int connection_body_begin(struct connection *connection, struct watch_entry *entry)
{
    static const char invitation[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (connection->framing.expects_continue &&
        mg_write(connection->civetweb, invitation, sizeof invitation - 1) <= 0)
        return CONNECTION_ENDED;
    watch_begin(connection->watch, entry, connection->peer_address, connection->peer_port,
                connection->server_port, 0, WATCH_READ);
    return 0;
}

/* mg_read() answers 0 both at the end and when nothing came in time: the length tells which. */
int connection_body_read(struct connection *connection, struct watch_entry *entry, char *bytes,
                         size_t size)
{
    int64_t left = connection->framing.content_length - connection->body_read_bytes;
    if (connection->body_error)
        return connection->body_error;
    if (left <= 0)
        return 0;
    int64_t wanted = left < (int64_t)size ? left : (int64_t)size;
    int count = mg_read(connection->civetweb, bytes, (size_t)wanted);
    if (count < wanted) {
        connection_close_after(connection);
        connection->body_error = count < 0 ? CONNECTION_ENDED : CONNECTION_SLOW;
        if (count <= 0)
            return connection->body_error;
    }
    connection->body_read_bytes += count;
    watch_progress(entry, count);
    return count;
}

void connection_body_end(struct connection *connection, struct watch_entry *entry)
{
    if (watch_end(connection->watch, entry))
        connection_close_after(connection);
}

void connection_drain(struct connection *connection)
{
    char waste[4096];
    struct watch_entry entry;
    watch_begin(connection->watch, &entry, connection->peer_address, connection->peer_port,
                connection->server_port, DRAIN_MS, WATCH_DRAIN);
    int64_t total = 0;
    int count = 1;
    while (count > 0 && total < DRAIN_BYTES) {
        count = mg_read(connection->civetweb, waste, sizeof waste);
        total += count;
    }
    watch_end(connection->watch, &entry);
}

static int write_all(struct connection *connection, struct watch_entry *entry, const char *bytes,
                     size_t length)
{
    for (size_t done = 0; done < length;) {
        size_t wanted = length - done < FILE_CHUNK_BYTES ? length - done : FILE_CHUNK_BYTES;
        int count = mg_write(connection->civetweb, bytes + done, wanted);
        if (count <= 0) {
            connection_close_after(connection);
            return -1;
        }
        done += (size_t)count;
        connection->sent_bytes += count;
        watch_progress(entry, count);
    }
    return 0;
}

int connection_write(struct connection *connection, const char *bytes, size_t length)
{
    struct watch_entry entry;
    watch_begin(connection->watch, &entry, connection->peer_address, connection->peer_port,
                connection->server_port, 0, WATCH_WRITE);
    int result = write_all(connection, &entry, bytes, length);
    watch_end(connection->watch, &entry);
    return result;
}

int connection_write_file(struct connection *connection, int fd, int64_t offset, int64_t length)
{
    char chunk[FILE_CHUNK_BYTES];
    struct watch_entry entry;
    int result = 0;
    watch_begin(connection->watch, &entry, connection->peer_address, connection->peer_port,
                connection->server_port, 0, WATCH_WRITE);
    while (length > 0 && !result) {
        size_t wanted = length < FILE_CHUNK_BYTES ? (size_t)length : FILE_CHUNK_BYTES;
        ssize_t count = pread(fd, chunk, wanted, offset);
        result = count > 0 ? write_all(connection, &entry, chunk, (size_t)count) : -1;
        offset += count;
        length -= count;
    }
    watch_end(connection->watch, &entry);
    if (result)
        connection_close_after(connection);
    return result;
}
