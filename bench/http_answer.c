#include "http_answer.h"

#include <stdlib.h>
#include <string.h>

static int read_head(struct http_answer *answer)
{
    static const char start[] = "HTTP/1.1 ", length_name[] = "\r\nContent-Length:";
    const char *end = strstr(answer->head, "\r\n\r\n");
    if (!end)
        return answer->kept == HTTP_ANSWER_HEAD_MAX ? -1 : 0;
    if (strncmp(answer->head, start, sizeof start - 1) != 0)
        return -1;
    answer->status = (int)strtol(answer->head + sizeof start - 1, NULL, 10);
    const char *close = strcasestr(answer->head, "\r\nConnection: close");
    answer->closes = close && close < end;
    const char *length = strcasestr(answer->head, length_name);
    bool has_length = length && length < end;
    if (!has_length && answer->status != 204 && answer->status != 304)
        return -1;
    answer->expected = (size_t)(end + 4 - answer->head) +
                       (has_length ? strtoul(length + sizeof length_name - 1, NULL, 10) : 0);
    return 0;
}

int http_answer_take(struct http_answer *answer, const char *bytes, size_t length)
{
    size_t room = HTTP_ANSWER_HEAD_MAX - answer->kept;
    size_t kept = length < room ? length : room;
    memcpy(answer->head + answer->kept, bytes, kept);
    answer->kept += kept;
    answer->head[answer->kept] = '\0';
    answer->received += length;
    if (!answer->expected && read_head(answer) < 0)
        return -1;
    return answer->expected && answer->received >= answer->expected;
}
