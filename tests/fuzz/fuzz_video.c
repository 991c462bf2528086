/** Any bytes as the boxes of a video; what comes out must be fit to leave the decoder. Codecs are
 * not fuzzed here. */
#include "media/exif.h"
#include "media/video/survey.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct media_photo video = {.file_type = MEDIA_TYPE_MP4, .exif = media_exif_absent()};
    enum media_status status = media_video_survey(data, size, &video.duration_ms, &video.exif);
    video.status = status == MEDIA_OK ? MEDIA_DAMAGED : status;
    if (!media_photo_is_sane(&video))
        abort();
    return 0;
}
