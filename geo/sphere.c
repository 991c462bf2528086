#include "geo/sphere.h"

#include <math.h>

static double radians(double degrees)
{
    return degrees * M_PI / 180;
}

static double degrees(double radians)
{
    return radians * 180 / M_PI;
}

/* The antimeridian and the poles have many names; with one each, equal points are equal vectors. */
static struct geo_point with_one_name(struct geo_point point)
{
    if (point.lon_deg == -180)
        point.lon_deg = 180;
    if (fabs(point.lat_deg) == 90)
        point.lon_deg = 0;
    return point;
}

struct sphere_vector sphere_vector_of(struct geo_point point)
{
    struct geo_point named = with_one_name(point);
    double lat = radians(named.lat_deg);
    double lon = radians(named.lon_deg);

    return (struct sphere_vector){
        .x = cos(lat) * cos(lon),
        .y = cos(lat) * sin(lon),
        .z = sin(lat),
    };
}

struct geo_point sphere_point_of(struct sphere_vector vector)
{
    return (struct geo_point){
        .lat_deg = degrees(atan2(vector.z, hypot(vector.x, vector.y))),
        .lon_deg = degrees(atan2(vector.y, vector.x)),
    };
}

double sphere_dot(struct sphere_vector a, struct sphere_vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

struct sphere_frame sphere_frame_at(struct geo_point point)
{
    double lat = radians(point.lat_deg);
    double lon = radians(point.lon_deg);

    return (struct sphere_frame){
        .east = {-sin(lon), cos(lon), 0},
        .north = {-sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)},
        .up = {cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)},
    };
}

struct sphere_planar sphere_project(const struct sphere_frame *frame, struct sphere_vector vector)
{
    double height = sphere_dot(frame->up, vector);

    return (struct sphere_planar){
        .east = sphere_dot(frame->east, vector) / height,
        .north = sphere_dot(frame->north, vector) / height,
    };
}

struct geo_point sphere_unproject(const struct sphere_frame *frame, struct sphere_planar planar)
{
    return sphere_point_of((struct sphere_vector){
        .x = frame->up.x + planar.east * frame->east.x + planar.north * frame->north.x,
        .y = frame->up.y + planar.east * frame->east.y + planar.north * frame->north.y,
        .z = frame->up.z + planar.east * frame->east.z + planar.north * frame->north.z,
    });
}
