#include "server/render/sheet_job.h"

#include "geo/distance.h"
#include "geo/fence.h"

#include <math.h>
#include <string.h>

static bool read_position(const json_t *position, struct geo_point *ret)
{
    const json_t *latitude = json_object_get(position, "latitude");
    const json_t *longitude = json_object_get(position, "longitude");
    if (!json_is_number(latitude) || !json_is_number(longitude))
        return false;
    *ret = (struct geo_point){json_number_value(latitude), json_number_value(longitude)};
    return geo_point_is_valid(*ret);
}

static struct sheet_pdf_point plan_point(struct geo_point origin, struct geo_point point)
{
    struct sheet_pdf_point planar;
    geo_local_offset_m(origin, point, &planar.east_m, &planar.north_m);
    return planar;
}

/* A ring of GeoJSON positions, both as positions and as points of the plan. */
static int read_ring(const struct sheet_job *job, const json_t *line, struct geo_point origin,
                     struct geo_ring *ret_ring, struct sheet_pdf_ring *ret_plan)
{
    size_t count = json_array_size(line);
    struct geo_point *points = arena_alloc(job->arena, sizeof *points * (count + 1));
    struct sheet_pdf_point *plan = arena_alloc(job->arena, sizeof *plan * (count + 1));
    if (!points || !plan)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const json_t *position = json_array_get(line, i);
        points[i] = (struct geo_point){json_number_value(json_array_get(position, 1)),
                                       json_number_value(json_array_get(position, 0))};
        plan[i] = plan_point(origin, points[i]);
    }
    *ret_ring = (struct geo_ring){points, count};
    *ret_plan = (struct sheet_pdf_ring){count, plan};
    return 0;
}

static int read_polygon(const struct sheet_job *job, const json_t *coordinates,
                        struct geo_point origin, struct geo_fence **ret_fence,
                        struct sheet_pdf_fence *ret_plan)
{
    size_t count = json_array_size(coordinates);
    struct geo_ring *rings = arena_alloc(job->arena, sizeof *rings * (count + 1));
    struct sheet_pdf_ring *plan = arena_alloc(job->arena, sizeof *plan * (count + 1));
    if (!rings || !plan)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (read_ring(job, json_array_get(coordinates, i), origin, &rings[i], &plan[i]) < 0)
            return -1;
    struct geo_polygon polygon = {rings, count};
    *ret_plan = (struct sheet_pdf_fence){.ring_count = count, .rings = plan};
    return geo_fence_new_polygons(&polygon, 1, ret_fence);
}

static int read_fence(const struct sheet_job *job, const json_t *site, struct geo_point origin,
                      struct geo_fence **ret_fence, struct sheet_pdf_fence *ret_plan)
{
    const json_t *polygon = json_object_get(site, "polygon");
    double radius_m = json_number_value(json_object_get(site, "radius_m"));
    if (json_is_object(polygon))
        return read_polygon(job, json_object_get(polygon, "coordinates"), origin, ret_fence,
                            ret_plan);
    *ret_plan = (struct sheet_pdf_fence){.radius_m = radius_m};
    return geo_fence_new_circle(origin, radius_m, ret_fence);
}

const char *sheet_job_kind(const struct sheet_pdf *sheet, const char *kind)
{
    if (kind && strcmp(kind, "arrival") == 0)
        return sheet_job_words(sheet, "Arrival", "到达");
    if (kind && strcmp(kind, "departure") == 0)
        return sheet_job_words(sheet, "Departure", "离开");
    return sheet_job_words(sheet, "On site", "现场");
}

static const char *verdict_sentence(const struct sheet_pdf *sheet, double distance_m,
                                    double accuracy_m)
{
    switch (geo_fence_verdict(distance_m, accuracy_m)) {
    case GEO_INSIDE:
        return sheet_job_words(sheet, "Inside the fence of the site.", "位于站点围栏内。");
    case GEO_OUTSIDE:
        return sheet_job_words(sheet, "Outside the fence of the site.", "位于站点围栏外。");
    default:
        return sheet_job_words(sheet, "The accuracy does not tell inside from outside.",
                               "定位精度不足以判断是否在围栏内。");
    }
}

static bool read_fix(const struct sheet_job *job, const struct sheet_pdf *sheet,
                     const json_t *check_in, struct geo_point origin, const struct geo_fence *fence,
                     const struct sheet_pdf_fence *plan, struct sheet_pdf_fix *ret)
{
    struct geo_point point;
    double distance_m;
    double accuracy_m = json_number_value(json_object_get(check_in, "accuracy_m"));
    if (!read_position(json_object_get(check_in, "position"), &point) ||
        geo_fence_distance_m(fence, point, &distance_m) < 0)
        return false;
    *ret = (struct sheet_pdf_fix){
        .label = sheet_job_kind(sheet, sheet_job_text(check_in, "kind")),
        .captured = sheet_job_local(job, check_in, "captured_at"),
        .lat_deg = point.lat_deg,
        .lon_deg = point.lon_deg,
        .accuracy_m = accuracy_m,
        .has_distance = true,
        .distance_m = fabs(distance_m),
        .sentence = verdict_sentence(sheet, distance_m, accuracy_m),
        .position = plan_point(origin, point),
        .fence = *plan,
    };
    return true;
}

int sheet_job_read_fixes(const struct sheet_job *job, struct sheet_pdf *sheet)
{
    const json_t *site = json_object_get(job->document, "site");
    const json_t *check_ins = json_object_get(job->document, "check_ins");
    size_t all = json_array_size(check_ins);
    size_t count = all < SHEET_PDF_FIXES_MAX ? all : SHEET_PDF_FIXES_MAX;
    struct geo_point origin;
    struct geo_fence *fence = NULL;
    struct sheet_pdf_fence plan;
    struct sheet_pdf_fix *fixes = arena_alloc(job->arena, sizeof *fixes * (count + 1));
    if (!fixes || !read_position(json_object_get(site, "position"), &origin) ||
        read_fence(job, site, origin, &fence, &plan) < 0)
        return -1;
    sheet->fixes = fixes;
    for (size_t i = 0; i < count; i++)
        /* Of too many the first ones and the very last are shown: arrival and departure. */
        if (read_fix(job, sheet, json_array_get(check_ins, i + 1 < count ? i : all - 1), origin,
                     fence, &plan, &fixes[sheet->fix_count]))
            sheet->fix_count++;
    geo_fence_free(fence);
    return 0;
}
