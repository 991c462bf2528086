/**
 * What an MP4 or QuickTime file says of itself: whether it is whole, how long it is, when, where
 * and with what it was recorded. Reads the boxes of ISO/IEC 14496-12 (ISO base media file format)
 * and Apple's QuickTime File Format; no picture is decoded. Private to media/.
 */
#ifndef FIELDPROOF_MEDIA_VIDEO_SURVEY_H
#define FIELDPROOF_MEDIA_VIDEO_SURVEY_H

#include "media/photo.h"

/**
 * Surveys a whole file.
 * @param ret_duration_ms longest of the tracks as the movie header states it
 * @param ret_exif what stands for EXIF: position (ISO 6709), time, maker, model, software
 * @return MEDIA_OK; MEDIA_EMPTY; MEDIA_VIDEO_UNSUPPORTED_TYPE; MEDIA_TRUNCATED when a box reaches
 * beyond the end of the file or the movie box, which recorders write last, is not there;
 * MEDIA_DAMAGED when sizes make no sense.
 */
enum media_status media_video_survey(const uint8_t *bytes, size_t size, uint64_t *ret_duration_ms,
                                     struct media_exif *ret_exif)
    __attribute__((warn_unused_result));

#endif
