#include "server/base/uuid.h"

#include "server/base/hex.h"

#include <stddef.h>
#include <string.h>
#include <sys/random.h>

static bool is_hyphen_position(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

int uuid_parse(const char *text, struct uuid *ret)
{
    struct uuid parsed;
    char digits[33];
    size_t count = 0;
    if (strnlen(text, UUID_TEXT_BYTES) != UUID_TEXT_BYTES - 1)
        return -1;
    for (size_t i = 0; i < UUID_TEXT_BYTES - 1; i++) {
        if (is_hyphen_position(i) != (text[i] == '-'))
            return -1;
        if (!is_hyphen_position(i))
            digits[count++] = text[i];
    }
    digits[count] = '\0';
    if (hex_decode(digits, parsed.bytes, sizeof parsed.bytes) < 0)
        return -1;
    *ret = parsed;
    return 0;
}

void uuid_format(const struct uuid *uuid, char ret_text[UUID_TEXT_BYTES])
{
    char digits[33];
    hex_encode(uuid->bytes, sizeof uuid->bytes, digits);
    for (size_t i = 0, d = 0; i < UUID_TEXT_BYTES - 1; i++)
        ret_text[i] = is_hyphen_position(i) ? '-' : digits[d++];
    ret_text[UUID_TEXT_BYTES - 1] = '\0';
}

int uuid_random(struct uuid *ret)
{
    struct uuid made;
    if (getrandom(made.bytes, sizeof made.bytes, 0) != (ssize_t)sizeof made.bytes)
        return -1;
    made.bytes[6] = (uint8_t)((made.bytes[6] & 0x0f) | 0x40); /* RFC 9562: version 4 */
    made.bytes[8] = (uint8_t)((made.bytes[8] & 0x3f) | 0x80); /* RFC 9562: variant */
    *ret = made;
    return 0;
}

bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool uuid_is_nil(const struct uuid *uuid)
{
    static const struct uuid nil = {{0}};
    return uuid_equal(uuid, &nil);
}
