/** Any bytes as an EXIF block; what comes out must be fit to leave the decoder. */
#include "media/exif.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct media_photo photo = {.status = MEDIA_EMPTY};
    uint8_t *segment = malloc(size > 0 ? size : 1);
    if (segment == NULL)
        return 0;
    if (size > 0)
        memcpy(segment, data, size);
    (void)media_exif_read(segment, size, &photo.exif);
    if (!media_photo_is_sane(&photo))
        abort();
    free(segment);
    return 0;
}
