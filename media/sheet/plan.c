#include "media/sheet/plan.h"
#include "media/sheet/label.h"
#include "media/sheet/text.h"

#include <math.h>
#include <stdio.h>

/* Part of the plan's side that stays free around what is shown. */
#define FREE_EDGE 0.14
/* A plan never zooms in further than this, in metres across. */
#define SPAN_M_MIN      20.0
#define POSITION_RADIUS 2.4
#define FENCE_SIDE_MIN  5.0
#define LENGTH_SIZE     32

struct box {
    double west, east, south, north;
};

#define EMPTY_BOX                                                                                  \
    {                                                                                              \
        INFINITY, -INFINITY, INFINITY, -INFINITY                                                   \
    }

/* From metres to points: x = east * scale + x0, y = y0 - north * scale. */
struct view {
    double scale, x0, y0;
};

static void box_add(struct box *box, const struct sheet_pdf_point *point, double radius_m)
{
    box->west = fmin(box->west, point->east_m - radius_m);
    box->east = fmax(box->east, point->east_m + radius_m);
    box->south = fmin(box->south, point->north_m - radius_m);
    box->north = fmax(box->north, point->north_m + radius_m);
}

static bool has_fence(const struct sheet_pdf_fence *fence)
{
    return fence->radius_m > 0 || fence->ring_count > 0;
}

static void box_add_fence(struct box *box, const struct sheet_pdf_fence *fence)
{
    if (fence->radius_m > 0) {
        box_add(box, &fence->centre, fence->radius_m);
        return;
    }
    for (size_t i = 0; i < fence->ring_count; i++)
        for (size_t j = 0; j < fence->rings[i].point_count; j++)
            box_add(box, &fence->rings[i].points[j], 0);
}

static struct box fix_box(const struct sheet_pdf_fix *fix)
{
    struct box box = EMPTY_BOX;

    box_add(&box, &fix->position, fix->accuracy_m);
    box_add_fence(&box, &fix->fence);
    return box;
}

static struct view view_of_box(const struct box *box, double x, double y, double side)
{
    const double span = fmax(fmax(box->east - box->west, box->north - box->south), SPAN_M_MIN);
    const double scale = side * (1 - 2 * FREE_EDGE) / span;

    return (struct view){
        .scale = scale,
        .x0 = x + side / 2 - (box->west + box->east) / 2 * scale,
        .y0 = y + side / 2 + (box->south + box->north) / 2 * scale,
    };
}

static double view_x(const struct view *view, const struct sheet_pdf_point *point)
{
    return view->x0 + point->east_m * view->scale;
}

static double view_y(const struct view *view, const struct sheet_pdf_point *point)
{
    return view->y0 - point->north_m * view->scale;
}

static void path_circle(cairo_t *cairo, double x, double y, double radius)
{
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 2 * M_PI);
    cairo_close_path(cairo);
}

static void path_rings(cairo_t *cairo, const struct view *view, const struct sheet_pdf_fence *fence)
{
    for (size_t i = 0; i < fence->ring_count; i++) {
        cairo_new_sub_path(cairo);
        for (size_t j = 0; j < fence->rings[i].point_count; j++)
            cairo_line_to(cairo, view_x(view, &fence->rings[i].points[j]),
                          view_y(view, &fence->rings[i].points[j]));
        cairo_close_path(cairo);
    }
}

static void style_fence(const struct canvas *canvas)
{
    cairo_set_line_width(canvas->cairo, 1);
    cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_fill_rule(canvas->cairo, CAIRO_FILL_RULE_EVEN_ODD);
    canvas_set_grey(canvas, 0.9);
    cairo_fill_preserve(canvas->cairo);
    canvas_set_grey(canvas, INK_BLACK);
    cairo_stroke(canvas->cairo);
}

/* Seen from far away a fence would vanish: a small square stands for it. */
static bool is_too_small(const struct view *view, const struct box *box)
{
    return fmax(box->east - box->west, box->north - box->south) * view->scale < FENCE_SIDE_MIN;
}

static void path_fence_square(cairo_t *cairo, const struct view *view, const struct box *box)
{
    const struct sheet_pdf_point middle = {(box->west + box->east) / 2,
                                           (box->south + box->north) / 2};

    cairo_rectangle(cairo, view_x(view, &middle) - FENCE_SIDE_MIN / 2,
                    view_y(view, &middle) - FENCE_SIDE_MIN / 2, FENCE_SIDE_MIN, FENCE_SIDE_MIN);
}

static void draw_fence(const struct canvas *canvas, const struct view *view,
                       const struct sheet_pdf_fence *fence)
{
    struct box box = EMPTY_BOX;

    if (!has_fence(fence))
        return;
    box_add_fence(&box, fence);
    if (is_too_small(view, &box))
        path_fence_square(canvas->cairo, view, &box);
    else if (fence->radius_m > 0)
        path_circle(canvas->cairo, view_x(view, &fence->centre), view_y(view, &fence->centre),
                    fence->radius_m * view->scale);
    else
        path_rings(canvas->cairo, view, fence);
    style_fence(canvas);
}

static void draw_accuracy_circle(const struct canvas *canvas, double x, double y, double radius)
{
    const double dashes[] = {2.4, 1.8};

    path_circle(canvas->cairo, x, y, radius);
    cairo_set_line_width(canvas->cairo, 0.8);
    cairo_set_dash(canvas->cairo, dashes, 2, 0);
    canvas_set_grey(canvas, INK_SOFT);
    cairo_stroke(canvas->cairo);
    cairo_set_dash(canvas->cairo, NULL, 0, 0);
}

static void draw_position(const struct canvas *canvas, double x, double y)
{
    path_circle(canvas->cairo, x, y, POSITION_RADIUS + 1);
    cairo_set_source_rgb(canvas->cairo, 1, 1, 1);
    cairo_fill(canvas->cairo);
    path_circle(canvas->cairo, x, y, POSITION_RADIUS);
    canvas_set_grey(canvas, INK_BLACK);
    cairo_fill(canvas->cairo);
}

static void draw_north_arrow(const struct canvas *canvas, double x, double y)
{
    canvas_set_grey(canvas, INK_BLACK);
    cairo_move_to(canvas->cairo, x, y);
    cairo_line_to(canvas->cairo, x + 3, y + 9);
    cairo_line_to(canvas->cairo, x, y + 7);
    cairo_line_to(canvas->cairo, x - 3, y + 9);
    cairo_close_path(canvas->cairo);
    cairo_fill(canvas->cairo);
    text_draw_line(canvas, &STYLE_PLAN, x - 2.3, y + 9, 10, "N");
}

void plan_format_length(double length_m, char *ret_text, size_t size)
{
    if (length_m >= 1000)
        snprintf(ret_text, size, "%.*f km", length_m < 100000 && fmod(length_m, 1000) != 0,
                 length_m / 1000);
    else
        snprintf(ret_text, size, "%.*f m", length_m < 10 && fmod(length_m, 1) != 0, length_m);
}

/* The longest of 1, 2, 5 x 10^n metres that takes at most a third of the side. */
static double scale_bar_length_m(double scale, double side)
{
    const double limit = side / 3 / scale;
    const double power = pow(10, floor(log10(limit)));

    if (5 * power <= limit)
        return 5 * power;
    return 2 * power <= limit ? 2 * power : power;
}

static void draw_scale_bar(const struct canvas *canvas, const struct view *view, double x, double y,
                           double side)
{
    const double length_m = scale_bar_length_m(view->scale, side);
    const double left = x + 6, right = left + length_m * view->scale, base = y + side - 6;
    char text[LENGTH_SIZE];

    plan_format_length(length_m, text, sizeof text);
    canvas_set_grey(canvas, INK_BLACK);
    cairo_set_line_width(canvas->cairo, 0.8);
    cairo_move_to(canvas->cairo, left, base - 3);
    cairo_line_to(canvas->cairo, left, base);
    cairo_line_to(canvas->cairo, right, base);
    cairo_line_to(canvas->cairo, right, base - 3);
    cairo_stroke(canvas->cairo);
    text_draw_line(canvas, &STYLE_PLAN, left, base - 12, side / 2, text);
}

void plan_draw(const struct canvas *canvas, const struct sheet_pdf_fix *fix, double x, double y,
               double side)
{
    const struct box box = fix_box(fix);
    const struct view view = view_of_box(&box, x, y, side);
    const double position_x = view_x(&view, &fix->position);
    const double position_y = view_y(&view, &fix->position);

    cairo_save(canvas->cairo);
    cairo_rectangle(canvas->cairo, x, y, side, side);
    cairo_clip_preserve(canvas->cairo);
    canvas_set_grey(canvas, INK_RULE);
    cairo_set_line_width(canvas->cairo, 0.8);
    cairo_stroke(canvas->cairo);
    draw_fence(canvas, &view, &fix->fence);
    if (fix->accuracy_m > 0)
        draw_accuracy_circle(canvas, position_x, position_y, fix->accuracy_m * view.scale);
    draw_position(canvas, position_x, position_y);
    draw_north_arrow(canvas, x + side - 9, y + 6);
    draw_scale_bar(canvas, &view, x, y, side);
    cairo_restore(canvas->cairo);
}

static double draw_legend_word(const struct canvas *canvas, double x, double y, enum label label)
{
    return x + 14 + text_draw_line(canvas, &STYLE_LABEL, x + 14, y, 90, label_text(canvas, label)) +
           14;
}

void plan_draw_legend(const struct canvas *canvas, double x, double y)
{
    cairo_save(canvas->cairo);
    cairo_rectangle(canvas->cairo, x, y + 2.5, 9, 6);
    style_fence(canvas);
    x = draw_legend_word(canvas, x, y, LABEL_LEGEND_FENCE);
    draw_accuracy_circle(canvas, x + 5, y + 5.5, 4);
    x = draw_legend_word(canvas, x, y, LABEL_LEGEND_ACCURACY);
    draw_position(canvas, x + 6, y + 5.5);
    draw_legend_word(canvas, x, y, LABEL_LEGEND_POSITION);
    cairo_restore(canvas->cairo);
}
