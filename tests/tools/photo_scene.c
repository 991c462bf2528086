#include "photo_scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct colour {
    int r, g, b;
};

/** A rectangle in thousandths of the picture's width and height. */
struct area {
    int left, top, right, bottom;
};

static uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int random_between(uint64_t *state, int least, int most)
{
    return least + (int)(random_next(state) % (uint64_t)(most - least + 1));
}

static uint8_t clamp(int value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static struct colour shade(struct colour c, int percent)
{
    return (struct colour){c.r * percent / 100, c.g * percent / 100, c.b * percent / 100};
}

static void put(struct photo_canvas *canvas, int x, int y, struct colour c)
{
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
        return;
    uint8_t *pixel = canvas->rgb + ((size_t)y * (size_t)canvas->width + (size_t)x) * 3;
    pixel[0] = clamp(c.r);
    pixel[1] = clamp(c.g);
    pixel[2] = clamp(c.b);
}

/** Fills an area with a colour that goes from one shade, top left, to another, bottom right. */
static void fill(struct photo_canvas *canvas, struct area area, struct colour c, int from, int to)
{
    int x0 = area.left * canvas->width / 1000, x1 = area.right * canvas->width / 1000;
    int y0 = area.top * canvas->height / 1000, y1 = area.bottom * canvas->height / 1000;
    int span = (x1 - x0) + (y1 - y0) + 1;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            put(canvas, x, y, shade(c, from + (to - from) * ((x - x0) + (y - y0)) / span));
}

/** A raised plate: a light edge on the top and left, a dark one on the bottom and right. */
static void plate(struct photo_canvas *canvas, struct area a, struct colour c, int edge)
{
    fill(canvas, a, c, 125, 60);
    struct area inner = {a.left + edge, a.top + edge, a.right - edge, a.bottom - edge};
    fill(canvas, inner, c, 105, 90);
}

static void disc(struct photo_canvas *canvas, int cx, int cy, int radius, struct colour c)
{
    int x0 = cx * canvas->width / 1000, y0 = cy * canvas->height / 1000;
    int r = radius * canvas->width / 1000 + 1;
    for (int y = -r; y <= r; y++)
        for (int x = -r; x <= r; x++)
            if (x * x + y * y <= r * r)
                put(canvas, x0 + x, y0 + y, shade(c, 100 - (x + y) * 30 / r));
}

static void print(struct photo_canvas *canvas, int left, int top, int size, const char *text)
{
    const struct colour ink = {28, 28, 34};
    int dot = size * canvas->width / 7000;
    if (dot < 1)
        dot = 1;
    int x0 = left * canvas->width / 1000, y0 = top * canvas->height / 1000;
    for (int i = 0; text[i] != '\0' && i < 64; i++)
        for (int column = 0; column < 5 * dot; column++)
            for (int row = 0; row < 8 * dot; row++)
                if (photo_glyph(text[i])[column / dot] >> (row / dot) & 1)
                    put(canvas, x0 + i * 6 * dot + column, y0 + row, ink);
}

/** Bricks or plaster: what makes real photos large is texture everywhere. */
static void draw_wall(struct photo_canvas *canvas, uint64_t *state)
{
    struct colour wall = {random_between(state, 120, 200), random_between(state, 120, 190),
                          random_between(state, 110, 180)};
    fill(canvas, (struct area){0, 0, 1000, 1000}, wall, 110, 80);
    for (int row = 0; row < 20; row++)
        for (int brick = -1; brick < 12; brick++) {
            int left = brick * 90 + (row % 2) * 45, top = row * 42;
            fill(canvas,
                 (struct area){left < 0 ? 0 : left, top, left + 84 > 1000 ? 1000 : left + 84,
                               top + 36},
                 wall, random_between(state, 84, 112), random_between(state, 76, 104));
        }
    fill(canvas, (struct area){0, 840, 1000, 1000}, (struct colour){96, 92, 88}, 110, 70);
}

static void draw_pipes(struct photo_canvas *canvas, uint64_t *state)
{
    int count = random_between(state, 2, 4);
    for (int i = 0; i < count; i++) {
        struct colour c = {random_between(state, 60, 200), random_between(state, 60, 140),
                           random_between(state, 50, 120)};
        int left = 30 + i * 50 + random_between(state, 0, 12);
        fill(canvas, (struct area){left, 0, left + 14, 840}, c, 60, 120);
        fill(canvas, (struct area){left + 14, 0, left + 26, 840}, c, 120, 55);
        for (int joint = 0; joint < 4; joint++)
            plate(canvas, (struct area){left - 4, 120 + joint * 190, left + 30, 146 + joint * 190},
                  shade(c, 80), 3);
    }
}

static void draw_cabinet(struct photo_canvas *canvas, uint64_t *state)
{
    struct colour steel = {random_between(state, 130, 210), random_between(state, 140, 210),
                           random_between(state, 140, 215)};
    plate(canvas, (struct area){300, 90, 920, 900}, steel, 8);
    plate(canvas, (struct area){320, 120, 600, 870}, steel, 4);
    plate(canvas, (struct area){615, 120, 900, 870}, steel, 4);
    for (int slot = 0; slot < 12; slot++)
        fill(canvas, (struct area){350, 640 + slot * 16, 570, 648 + slot * 16},
             (struct colour){30, 32, 36}, 100, 160);
    plate(canvas, (struct area){575, 430, 592, 560}, (struct colour){50, 50, 55}, 3);
    for (int lamp = 0; lamp < 4; lamp++)
        disc(canvas, 670 + lamp * 60, 200, 16,
             (struct colour){random_between(state, 30, 250), random_between(state, 60, 240), 50});
    for (int screw = 0; screw < 8; screw++)
        disc(canvas, screw % 2 ? 890 : 625, 260 + screw / 2 * 180, 6, (struct colour){90, 90, 95});
    for (int cable = 0; cable < 5; cable++)
        fill(canvas, (struct area){640 + cable * 46, 620, 652 + cable * 46, 860},
             (struct colour){random_between(state, 20, 220), random_between(state, 20, 160), 40},
             120, 60);
}

static void draw_nameplate(struct photo_canvas *canvas, const struct photo_scene *scene,
                           uint64_t *state)
{
    char serial[32];
    plate(canvas, (struct area){640, 290, 880, 560}, (struct colour){225, 222, 210}, 4);
    (void)snprintf(serial, sizeof(serial), "S/N %08u", (unsigned)(random_next(state) % 100000000U));
    print(canvas, 652, 310, 13, scene->caption != NULL ? scene->caption : "FIELDPROOF");
    print(canvas, 652, 365, 13, serial);
    print(canvas, 652, 420, 11, "400V 50HZ 16A IP54");
    if (scene->time != NULL)
        print(canvas, 652, 475, 11, scene->time);
}

/** One pass of a box blur along rows or columns, in place. */
static void blur_lines(struct photo_canvas *canvas, int radius, bool along_rows, uint8_t *line)
{
    int lines = along_rows ? canvas->height : canvas->width;
    int length = along_rows ? canvas->width : canvas->height;
    size_t step = along_rows ? 3 : (size_t)canvas->width * 3;
    size_t next = along_rows ? (size_t)canvas->width * 3 : 3;
    for (int i = 0; i < lines * 3; i++) {
        uint8_t *start = canvas->rgb + (size_t)(i / 3) * next + (size_t)(i % 3);
        int sum = 0;
        for (int k = 0; k < length; k++)
            line[k] = start[(size_t)k * step];
        for (int k = -radius; k <= radius; k++)
            sum += line[k < 0 ? 0 : k >= length ? length - 1 : k];
        for (int k = 0; k < length; k++) {
            start[(size_t)k * step] = (uint8_t)(sum / (2 * radius + 1));
            int gone = k - radius, come = k + radius + 1;
            sum += line[come >= length ? length - 1 : come] - line[gone < 0 ? 0 : gone];
        }
    }
}

static int blur(struct photo_canvas *canvas)
{
    int longest = canvas->width > canvas->height ? canvas->width : canvas->height;
    int radius = longest / 60 + 1;
    uint8_t *line = malloc((size_t)longest);
    if (line == NULL)
        return -1;
    for (int pass = 0; pass < 2; pass++) {
        blur_lines(canvas, radius, true, line);
        blur_lines(canvas, radius, false, line);
    }
    free(line);
    return 0;
}

/** Sensor noise, the same in a dark picture; a dark picture has little light to add it to. */
static void add_noise(struct photo_canvas *canvas, const struct photo_scene *scene, uint64_t *state)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    int light = scene->dark ? 9 : 100;
    int strength = scene->blurred ? 1 : 3;
    for (size_t i = 0; i < count; i++) {
        uint64_t random = random_next(state);
        int grain = (int)((random & 7) + (random >> 3 & 7) + (random >> 6 & 3)) - 8;
        for (int channel = 0; channel < 3; channel++) {
            int tint = (int)(random >> (9 + channel * 4) & 7) - 3;
            uint8_t *sample = canvas->rgb + i * 3 + channel;
            *sample = clamp(*sample * light / 100 + (grain + tint) * strength / 3);
        }
    }
}

int photo_scene_draw(const struct photo_scene *scene, struct photo_canvas *canvas)
{
    uint64_t state = scene->seed * 0x9E3779B97F4A7C15U + 0x1234567ULL;
    if (state == 0)
        state = 1;
    for (int i = 0; i < 8; i++)
        (void)random_next(&state);
    draw_wall(canvas, &state);
    draw_pipes(canvas, &state);
    draw_cabinet(canvas, &state);
    draw_nameplate(canvas, scene, &state);
    if (scene->blurred && blur(canvas) < 0)
        return -1;
    add_noise(canvas, scene, &state);
    return 0;
}
