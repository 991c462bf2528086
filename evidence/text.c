#include "evidence/text.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* The second byte's range depends on the first: it excludes overlong forms, surrogates and what
 * lies above U+10FFFF. RFC 3629, section 4. */
static bool second_byte_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

size_t evidence_utf8_length(const char *text)
{
    unsigned char first = (unsigned char)text[0];
    size_t length = 0;

    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if (first >= 0xE0 && first <= 0xEF)
        length = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        length = 4;
    else
        return 0;
    if (!second_byte_fits(first, (unsigned char)text[1]))
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

struct evidence_text evidence_text_in(char *bytes, size_t size)
{
    if (size > 0)
        bytes[0] = '\0';
    return (struct evidence_text){.bytes = bytes, .size = size, .cut = size == 0};
}

static bool is_control(const char *character, size_t length)
{
    unsigned char first = (unsigned char)character[0];

    if (length == 1)
        return (first < 0x20 && first != '\n') || first == 0x7F;
    return length == 2 && first == 0xC2 && (unsigned char)character[1] < 0xA0;
}

void evidence_text_add(struct evidence_text *text, const char *more)
{
    while (*more != '\0' && !text->cut) {
        size_t taken = evidence_utf8_length(more);
        const char *character = more;
        size_t length = taken;

        if (taken == 0 || is_control(more, taken)) {
            character = replacement;
            length = sizeof(replacement) - 1;
            taken = taken > 0 ? taken : 1;
        }
        if (length >= text->size - text->used) {
            text->cut = true;
            return;
        }
        memcpy(text->bytes + text->used, character, length);
        text->used += length;
        text->bytes[text->used] = '\0';
        more += taken;
    }
}

static unsigned char lower(char byte)
{
    unsigned char plain = (unsigned char)byte;

    return plain >= 'A' && plain <= 'Z' ? (unsigned char)(plain - 'A' + 'a') : plain;
}

bool evidence_text_agrees(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (lower(a[i]) != lower(b[i]))
            return false;
        if (a[i] == '\0')
            return true;
    }
    return true;
}
