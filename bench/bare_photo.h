/** What is done for one photo at the very least: nothing is validated, no EXIF is read. */
#ifndef FIELDPROOF_BENCH_BARE_PHOTO_H
#define FIELDPROOF_BENCH_BARE_PHOTO_H

#include <stddef.h>
#include <stdint.h>

/**
 * Decodes a baseline 4:2:0 JPEG once, at the DCT scale and to the sides that the server chooses,
 * and writes both thumbnails. Ends the program when anything fails.
 */
void bare_photo_thumbnails(const uint8_t *bytes, size_t length, int small_fd, int medium_fd);

#endif
