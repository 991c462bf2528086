/** Made by tests/geo/oracle.py: answers of PROJ and PostGIS. Do not edit. */
#ifndef FIELDPROOF_TESTS_GEO_EXPECTED_FENCES_H
#define FIELDPROOF_TESTS_GEO_EXPECTED_FENCES_H

// clang-format off
#include "geo/fence.h"

struct expected_fence_distance {
    const char *name;
    const struct geo_polygon *polygons;
    size_t polygon_count;
    struct geo_point point;
    double distance_m;
};

static const struct geo_point building_with_courtyard_0_0[] = {
    {39.9085, 116.397},
    {39.9085, 116.399},
    {39.91, 116.399},
    {39.91, 116.397},
};
static const struct geo_point building_with_courtyard_0_1[] = {
    {39.909, 116.3977},
    {39.909, 116.3983},
    {39.9095, 116.3983},
    {39.9095, 116.3977},
};
static const struct geo_ring building_with_courtyard_0[] = {{building_with_courtyard_0_0, 4}, {building_with_courtyard_0_1, 4}};
static const struct geo_polygon building_with_courtyard[] = {{building_with_courtyard_0, 2}};

static const struct geo_point l_shaped_yard_0_0[] = {
    {31.23, 121.47},
    {31.23, 121.474},
    {31.2315, 121.474},
    {31.2315, 121.4715},
    {31.234, 121.4715},
    {31.234, 121.47},
};
static const struct geo_ring l_shaped_yard_0[] = {{l_shaped_yard_0_0, 6}};
static const struct geo_polygon l_shaped_yard[] = {{l_shaped_yard_0, 1}};

static const struct geo_point campus_clockwise_0_0[] = {
    {22.56, 113.93},
    {22.574, 113.944},
    {22.569, 113.961},
    {22.556, 113.966},
    {22.541, 113.957},
    {22.538, 113.938},
    {22.551, 113.946},
};
static const struct geo_ring campus_clockwise_0[] = {{campus_clockwise_0_0, 7}};
static const struct geo_polygon campus_clockwise[] = {{campus_clockwise_0, 1}};

static const struct geo_point diamond_at_equator_0_0[] = {
    {0.05, 32.5},
    {0.0, 32.55},
    {-0.05, 32.5},
    {0.0, 32.45},
};
static const struct geo_ring diamond_at_equator_0[] = {{diamond_at_equator_0_0, 4}};
static const struct geo_polygon diamond_at_equator[] = {{diamond_at_equator_0, 1}};

static const struct geo_point airfield_with_50_km_edges_0_0[] = {
    {45.0, 10.0},
    {45.0, 10.634},
    {45.45, 10.634},
    {45.45, 10.0},
};
static const struct geo_ring airfield_with_50_km_edges_0[] = {{airfield_with_50_km_edges_0_0, 4}};
static const struct geo_polygon airfield_with_50_km_edges[] = {{airfield_with_50_km_edges_0, 1}};

static const struct geo_point southern_pair_0_0[] = {
    {-33.86, 151.2},
    {-33.86, 151.21},
    {-33.85, 151.21},
    {-33.85, 151.2},
};
static const struct geo_ring southern_pair_0[] = {{southern_pair_0_0, 4}};
static const struct geo_point southern_pair_1_0[] = {
    {-33.87, 151.22},
    {-33.87, 151.23},
    {-33.862, 151.225},
};
static const struct geo_ring southern_pair_1[] = {{southern_pair_1_0, 3}};
static const struct geo_polygon southern_pair[] = {{southern_pair_0, 1}, {southern_pair_1, 1}};

static const struct geo_point across_antimeridian_0_0[] = {
    {-16.8, 179.95},
    {-16.8, -179.93},
    {-16.74, -179.93},
    {-16.74, 179.95},
};
static const struct geo_ring across_antimeridian_0[] = {{across_antimeridian_0_0, 4}};
static const struct geo_polygon across_antimeridian[] = {{across_antimeridian_0, 1}};

static const struct geo_point around_north_pole_0_0[] = {
    {89.99, 0.0},
    {89.99, 90.0},
    {89.99, 180.0},
    {89.99, -90.0},
};
static const struct geo_ring around_north_pole_0[] = {{around_north_pole_0_0, 4}};
static const struct geo_polygon around_north_pole[] = {{around_north_pole_0, 1}};

static const struct expected_fence_distance expected_fence_distances[] = {
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.3973 39.9087)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.9087, 116.3973}, -22.20633214},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.398 39.90925)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.90925, 116.398}, 25.65203819},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.39765 39.9091)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.9091, 116.39765}, -4.27534902},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.398 39.9084)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.9084, 116.398}, 11.10376422},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.396 39.908)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.908, 116.396}, 101.94949233},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.398 39.9085)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.9085, 116.398}, 0.00047684},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((116.397 39.9085,116.399 39.9085,116.399 39.91,116.397 39.91,116.397 39.9085),(116.3977 39.909,116.3983 39.909,116.3983 39.9095,116.3977 39.9095,116.3977 39.909)))'::geometry f,
    // 'POINT(116.41 39.92)'::geography p) q;
    {"building_with_courtyard", building_with_courtyard, 1, {39.92, 116.41}, 1455.11703544},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((121.47 31.23,121.474 31.23,121.474 31.2315,121.4715 31.2315,121.4715 31.234,121.47 31.234,121.47 31.23)))'::geometry f,
    // 'POINT(121.472 31.232)'::geography p) q;
    {"l_shaped_yard", l_shaped_yard, 1, {31.232, 121.472}, 47.63613221},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((121.47 31.23,121.474 31.23,121.474 31.2315,121.4715 31.2315,121.4715 31.234,121.47 31.234,121.47 31.23)))'::geometry f,
    // 'POINT(121.4735 31.233)'::geography p) q;
    {"l_shaped_yard", l_shaped_yard, 1, {31.233, 121.4735}, 166.30976792},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((121.47 31.23,121.474 31.23,121.474 31.2315,121.4715 31.2315,121.4715 31.234,121.47 31.234,121.47 31.23)))'::geometry f,
    // 'POINT(121.4708 31.231)'::geography p) q;
    {"l_shaped_yard", l_shaped_yard, 1, {31.231, 121.4708}, -76.21861421},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((121.47 31.23,121.474 31.23,121.474 31.2315,121.4715 31.2315,121.4715 31.234,121.47 31.234,121.47 31.23)))'::geometry f,
    // 'POINT(121.4732 31.2307)'::geography p) q;
    {"l_shaped_yard", l_shaped_yard, 1, {31.2307, 121.4732}, -76.21885501},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((121.47 31.23,121.474 31.23,121.474 31.2315,121.4715 31.2315,121.4715 31.234,121.47 31.234,121.47 31.23)))'::geometry f,
    // 'POINT(121.469 31.229)'::geography p) q;
    {"l_shaped_yard", l_shaped_yard, 1, {31.229, 121.469}, 146.18548814},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((121.47 31.23,121.474 31.23,121.474 31.2315,121.4715 31.2315,121.4715 31.234,121.47 31.234,121.47 31.23)))'::geometry f,
    // 'POINT(121.5 31.26)'::geography p) q;
    {"l_shaped_yard", l_shaped_yard, 1, {31.26, 121.5}, 3959.84342378},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((113.93 22.56,113.944 22.574,113.961 22.569,113.966 22.556,113.957 22.541,113.938 22.538,113.946 22.551,113.93 22.56)))'::geometry f,
    // 'POINT(113.95 22.556)'::geography p) q;
    {"campus_clockwise", campus_clockwise, 1, {22.556, 113.95}, -689.81403093},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((113.93 22.56,113.944 22.574,113.961 22.569,113.966 22.556,113.957 22.541,113.938 22.538,113.946 22.551,113.93 22.56)))'::geometry f,
    // 'POINT(113.94 22.548)'::geography p) q;
    {"campus_clockwise", campus_clockwise, 1, {22.548, 113.94}, 370.93118629},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((113.93 22.56,113.944 22.574,113.961 22.569,113.966 22.556,113.957 22.541,113.938 22.538,113.946 22.551,113.93 22.56)))'::geometry f,
    // 'POINT(113.9462 22.552)'::geography p) q;
    {"campus_clockwise", campus_clockwise, 1, {22.552, 113.9462}, -105.37738129},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((113.93 22.56,113.944 22.574,113.961 22.569,113.966 22.556,113.957 22.541,113.938 22.538,113.946 22.551,113.93 22.56)))'::geometry f,
    // 'POINT(113.93 22.575)'::geography p) q;
    {"campus_clockwise", campus_clockwise, 1, {22.575, 113.93}, 1130.34757466},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((113.93 22.56,113.944 22.574,113.961 22.569,113.966 22.556,113.957 22.541,113.938 22.538,113.946 22.551,113.93 22.56)))'::geometry f,
    // 'POINT(113.9 22.5)'::geography p) q;
    {"campus_clockwise", campus_clockwise, 1, {22.5, 113.9}, 5743.84845312},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((113.93 22.56,113.944 22.574,113.961 22.569,113.966 22.556,113.957 22.541,113.938 22.538,113.946 22.551,113.93 22.56)))'::geometry f,
    // 'POINT(113.955 22.565)'::geography p) q;
    {"campus_clockwise", campus_clockwise, 1, {22.565, 113.955}, -608.60805315},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((32.5 0.05,32.55 0.0,32.5 -0.05,32.45 0.0,32.5 0.05)))'::geometry f,
    // 'POINT(32.5 0.0)'::geography p) q;
    {"diamond_at_equator", diamond_at_equator, 1, {0.0, 32.5}, -3922.58729864},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((32.5 0.05,32.55 0.0,32.5 -0.05,32.45 0.0,32.5 0.05)))'::geometry f,
    // 'POINT(32.52 0.02)'::geography p) q;
    {"diamond_at_equator", diamond_at_equator, 1, {0.02, 32.52}, -784.51789061},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((32.5 0.05,32.55 0.0,32.5 -0.05,32.45 0.0,32.5 0.05)))'::geometry f,
    // 'POINT(32.53 0.03)'::geography p) q;
    {"diamond_at_equator", diamond_at_equator, 1, {0.03, 32.53}, 784.51675606},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((32.5 0.05,32.55 0.0,32.5 -0.05,32.45 0.0,32.5 0.05)))'::geometry f,
    // 'POINT(32.6 0.1)'::geography p) q;
    {"diamond_at_equator", diamond_at_equator, 1, {0.1, 32.6}, 11767.75607128},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((32.5 0.05,32.55 0.0,32.5 -0.05,32.45 0.0,32.5 0.05)))'::geometry f,
    // 'POINT(32.551 0.0)'::geography p) q;
    {"diamond_at_equator", diamond_at_equator, 1, {0.0, 32.551}, 111.31949079},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.3 45.2)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {45.2, 10.3}, -22178.15823124},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.317 44.999)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {44.999, 10.317}, 159.85952159},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.317 45.0005)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {45.0005, 10.317}, -6.8381372},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.317 45.4504)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {45.4504, 10.317}, -4.26936196},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.317 45.4512)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {45.4512, 10.317}, 84.64310784},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.4 44.9)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {44.9, 10.4}, 11158.4614668},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((10.0 45.0,10.634 45.0,10.634 45.45,10.0 45.45,10.0 45.0)))'::geometry f,
    // 'POINT(10.7 45.3)'::geography p) q;
    {"airfield_with_50_km_edges", airfield_with_50_km_edges, 1, {45.3, 10.7}, 5176.66284772},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((151.2 -33.86,151.21 -33.86,151.21 -33.85,151.2 -33.85,151.2 -33.86)),((151.22 -33.87,151.23 -33.87,151.225 -33.862,151.22 -33.87)))'::geometry f,
    // 'POINT(151.207 -33.855)'::geography p) q;
    {"southern_pair", southern_pair, 2, {-33.855, 151.207}, -277.62438917},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((151.2 -33.86,151.21 -33.86,151.21 -33.85,151.2 -33.85,151.2 -33.86)),((151.22 -33.87,151.23 -33.87,151.225 -33.862,151.22 -33.87)))'::geometry f,
    // 'POINT(151.225 -33.868)'::geography p) q;
    {"southern_pair", southern_pair, 2, {-33.868, 151.225}, -221.85124189},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((151.2 -33.86,151.21 -33.86,151.21 -33.85,151.2 -33.85,151.2 -33.86)),((151.22 -33.87,151.23 -33.87,151.225 -33.862,151.22 -33.87)))'::geometry f,
    // 'POINT(151.217 -33.861)'::geography p) q;
    {"southern_pair", southern_pair, 2, {-33.861, 151.217}, 657.17700604},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((151.2 -33.86,151.21 -33.86,151.21 -33.85,151.2 -33.85,151.2 -33.86)),((151.22 -33.87,151.23 -33.87,151.225 -33.862,151.22 -33.87)))'::geometry f,
    // 'POINT(151.2155 -33.8605)'::geography p) q;
    {"southern_pair", southern_pair, 2, {-33.8605, 151.2155}, 511.95971969},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((151.2 -33.86,151.21 -33.86,151.21 -33.85,151.2 -33.85,151.2 -33.86)),((151.22 -33.87,151.23 -33.87,151.225 -33.862,151.22 -33.87)))'::geometry f,
    // 'POINT(151.2 -33.9)'::geography p) q;
    {"southern_pair", southern_pair, 2, {-33.9, 151.2}, 3807.38186845},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(180.0 -16.77)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.77, 180.0}, -3319.0661352},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(-180.0 -16.77)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.77, -180.0}, -3319.0661352},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(-179.95 -16.77)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.77, -179.95}, -2132.29727253},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(179.96 -16.77)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.77, 179.96}, -1066.14863761},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(179.93 -16.77)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.77, 179.93}, 2132.29727253},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(-179.92 -16.77)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.77, -179.92}, 1066.14863762},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((179.95 -16.8,-179.93 -16.8,-179.93 -16.74,179.95 -16.74,179.95 -16.8)))'::geometry f,
    // 'POINT(-180.0 -16.7)'::geography p) q;
    {"across_antimeridian", across_antimeridian, 1, {-16.7, -180.0}, 4427.58192704},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((0.0 89.99,90.0 89.99,180.0 89.99,-90.0 89.99,0.0 89.99)))'::geometry f,
    // 'POINT(0.0 90.0)'::geography p) q;
    {"around_north_pole", around_north_pole, 1, {90.0, 0.0}, -789.79571036},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((0.0 89.99,90.0 89.99,180.0 89.99,-90.0 89.99,0.0 89.99)))'::geometry f,
    // 'POINT(45.0 89.995)'::geography p) q;
    {"around_north_pole", around_north_pole, 1, {89.995, 45.0}, -231.32580683},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((0.0 89.99,90.0 89.99,180.0 89.99,-90.0 89.99,0.0 89.99)))'::geometry f,
    // 'POINT(-135.0 89.999)'::geography p) q;
    {"around_north_pole", around_north_pole, 1, {89.999, -135.0}, -678.10172505},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((0.0 89.99,90.0 89.99,180.0 89.99,-90.0 89.99,0.0 89.99)))'::geometry f,
    // 'POINT(45.0 89.98)'::geography p) q;
    {"around_north_pole", around_north_pole, 1, {89.98, 45.0}, 1444.0838799},
    // SELECT ST_Distance(ST_Boundary(f)::geography, p) * CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END
    // FROM (SELECT 'MULTIPOLYGON(((0.0 89.99,90.0 89.99,180.0 89.99,-90.0 89.99,0.0 89.99)))'::geometry f,
    // 'POINT(45.0 89.992)'::geography p) q;
    {"around_north_pole", around_north_pole, 1, {89.992, 45.0}, 103.75613181},
};

#endif
