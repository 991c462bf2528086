#include "server/base/hex.h"

void hex_encode(const uint8_t *bytes, size_t length, char *ret_text)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        ret_text[2 * i] = digits[bytes[i] >> 4];
        ret_text[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret_text[2 * length] = '\0';
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

int hex_decode(const char *text, uint8_t *ret_bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        int high = digit_value(text[2 * i]);
        int low = high < 0 ? -1 : digit_value(text[2 * i + 1]);
        if (low < 0)
            return -1;
        ret_bytes[i] = (uint8_t)(high << 4 | low);
    }
    return text[2 * length] == '\0' ? 0 : -1;
}
