#include "media/sheet/jpeg_header.h"

#include <stdbool.h>

enum {
    SOI = 0xd8,
    SOF0 = 0xc0,
    SOF2 = 0xc2,
    SOF15 = 0xcf,
    DHT = 0xc4,
    JPG = 0xc8,
    DAC = 0xcc,
    SOS = 0xda,
    FILL = 0xff
};

static unsigned read16(const uint8_t *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

static bool is_frame(uint8_t marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

/* `segment` is what follows the marker: length, precision, height, width, components. */
static int read_frame(uint8_t marker, const uint8_t *segment, size_t length,
                      struct jpeg_header *ret_header)
{
    if (marker > SOF2 || length < 8 || segment[2] != 8 || (segment[7] != 1 && segment[7] != 3) ||
        length < 8u + 3u * segment[7] || read16(segment + 3) == 0 || read16(segment + 5) == 0)
        return -1;
    *ret_header = (struct jpeg_header){(int)read16(segment + 5), (int)read16(segment + 3)};
    return 0;
}

int jpeg_header_read(const uint8_t *bytes, size_t length, struct jpeg_header *ret_header)
{
    size_t at = 2;

    if (length < 4 || bytes[0] != FILL || bytes[1] != SOI)
        return -1;
    while (at + 4 <= length) {
        const uint8_t marker = bytes[at + 1];
        size_t segment;

        if (bytes[at] != FILL)
            return -1;
        if (marker == FILL) {
            at++;
            continue;
        }
        segment = read16(bytes + at + 2);
        if (marker == SOS || marker < SOF0 || (marker >= 0xd0 && marker <= SOI) || segment < 2 ||
            segment > length - at - 2)
            return -1;
        if (is_frame(marker))
            return read_frame(marker, bytes + at + 2, segment, ret_header);
        at += 2 + segment;
    }
    return -1;
}
