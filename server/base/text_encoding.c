#include "server/base/text_encoding.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

/* No character of these encodings takes more bytes in UTF-8 than this many times its own. */
#define GROWTH_MAX 2

static bool begins_with(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

/* iconv lets characters past U+10FFFF through. */
static bool leaves_unicode(const char *utf8)
{
    const uint8_t *bytes = (const uint8_t *)utf8;
    for (; *bytes; bytes++)
        if (*bytes > 0xf4 || (*bytes == 0xf4 && bytes[1] > 0x8f))
            return true;
    return false;
}

static int convert(struct arena *arena, const char *encoding, const char *bytes, size_t length,
                   char **ret_text, size_t *ret_length)
{
    size_t room = length * GROWTH_MAX;
    char *text = arena_alloc(arena, room + 1);
    iconv_t converter = text ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
    if (converter == (iconv_t)-1)
        return TEXT_ENCODING_NO_MEMORY;
    char *from = (char *)bytes, *to = text; /* iconv's interface forgot a const */
    size_t left = length;
    size_t failed = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    if (failed == (size_t)-1 || left > 0)
        return TEXT_ENCODING_UNKNOWN;
    *to = '\0';
    if (leaves_unicode(text))
        return TEXT_ENCODING_UNKNOWN;
    *ret_text = text;
    *ret_length = (size_t)(to - text);
    return 0;
}

/* Whether more characters lie in GB2312's rows than elsewhere. */
static bool looks_chinese(const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t common = 0, others = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] < 0x80)
            continue;
        uint8_t trail = i + 1 < length ? bytes[i + 1] : 0;
        if (bytes[i] >= 0xa1 && bytes[i] <= 0xf7 && trail >= 0xa1 && trail <= 0xfe)
            common++;
        else
            others++;
        i += trail >= '0' && trail <= '9' ? 3 : 1; /* GB18030 has characters of four bytes */
    }
    return common > others;
}

int text_encoding_to_utf8(struct arena *arena, const char *bytes, size_t length, char **ret_text,
                          size_t *ret_length)
{
    if (begins_with(bytes, length, "\xff\xfe", 2))
        return convert(arena, "UTF-16LE", bytes + 2, length - 2, ret_text, ret_length);
    if (begins_with(bytes, length, "\xfe\xff", 2))
        return convert(arena, "UTF-16BE", bytes + 2, length - 2, ret_text, ret_length);
    size_t mark = begins_with(bytes, length, "\xef\xbb\xbf", 3) ? 3 : 0;
    int result = convert(arena, "UTF-8", bytes + mark, length - mark, ret_text, ret_length);
    if (result != TEXT_ENCODING_UNKNOWN || !looks_chinese(bytes, length))
        return result;
    return convert(arena, "GB18030", bytes, length, ret_text, ret_length);
}
