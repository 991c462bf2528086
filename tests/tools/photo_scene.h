/** Draws the picture: a switch cabinet by a wall, with a nameplate, in colours and with noise. */
#ifndef FIELDPROOF_TESTS_TOOLS_PHOTO_SCENE_H
#define FIELDPROOF_TESTS_TOOLS_PHOTO_SCENE_H

#include <stdbool.h>
#include <stdint.h>

struct photo_canvas {
    int width, height;
    uint8_t *rgb; /**< width * height * 3 bytes */
};

struct photo_scene {
    uint64_t seed;
    const char *caption; /**< may be NULL */
    const char *time;    /**< may be NULL */
    bool dark, blurred;
};

/** Columns of a 5 by 7 glyph, least significant bit on top; a blank for other characters. */
const uint8_t *photo_glyph(char character);

/** @return 0, or negative when memory runs out. */
int photo_scene_draw(const struct photo_scene *scene, struct photo_canvas *canvas)
    __attribute__((warn_unused_result));

#endif
