#include "media/text.h"

#include <stdint.h>
#include <string.h>

/** Ranges of the second byte by the first, Unicode 15 table 3-7; all later bytes are 80..BF. */
static size_t expected_length(const uint8_t *bytes, size_t size)
{
    uint8_t first = bytes[0];
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4 || size < 2)
        return 0;
    uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < least || bytes[1] > most)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

size_t media_text_character_length(const char *text, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (size == 0)
        return 0;
    size_t length = expected_length(bytes, size);
    if (length > size)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

static bool is_control(const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (length == 1)
        return bytes[0] < 0x20 || bytes[0] == 0x7F;
    return length == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0;
}

bool media_text_is_clean(const char *text, size_t size)
{
    size_t end = strnlen(text, size);
    if (end == size)
        return false;
    for (size_t i = 0; i < end;) {
        size_t length = media_text_character_length(text + i, end - i);
        if (length == 0 || is_control(text + i, length))
            return false;
        i += length;
    }
    return true;
}

void media_text_clean(const char *raw, size_t raw_size, char *ret_text, size_t text_size)
{
    size_t end = strnlen(raw, raw_size), out = 0, trimmed = 0;
    for (size_t i = 0; i < end;) {
        size_t length = media_text_character_length(raw + i, end - i);
        size_t taken = length == 0 ? 1 : length;
        if (out + taken >= text_size)
            break;
        if (length == 0)
            ret_text[out] = '?';
        else if (is_control(raw + i, length))
            memset(ret_text + out, ' ', taken);
        else
            memcpy(ret_text + out, raw + i, taken);
        i += taken;
        if (out == 0 && ret_text[0] == ' ')
            continue;
        bool blank = ret_text[out] == ' ';
        out += taken;
        if (!blank)
            trimmed = out;
    }
    ret_text[trimmed] = '\0';
}
