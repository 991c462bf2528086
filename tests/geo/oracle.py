#!/usr/bin/python3
"""Asks PROJ and PostGIS, and writes their answers, each beside the command that asked.

usage: tests/geo/oracle.py     (writes expected_distances.h, expected_fences.h and expected.json beside itself)
expected.json holds the same answers for the phone app, which measures fences without a network.
Needs the Debian packages proj-bin and postgresql-15-postgis-3, and a database (PGHOST, PGUSER,
PGDATABASE) with the extension postgis. The tests only read what it wrote.
"""
import functools
import json
import os
import subprocess

DISTANCES = [
    # lat, lon, lat, lon: one site, a city, a country, a continent, nearly antipodal, poles
    (39.908823, 116.397470, 39.908823, 116.397480),
    (39.908823, 116.397470, 39.909123, 116.397970),
    (31.239690, 121.499755, 31.229690, 121.479755),
    (22.543096, 114.057865, 39.904211, 116.407395),
    (-33.856784, 151.215297, 51.500729, -0.124625),
    (0.0, 0.0, 0.5, 179.7),
    (0.0, 0.0, 0.0, 180.0),
    (90.0, 0.0, -90.0, 0.0),
    (-16.5, 179.95, -16.5, -179.95),
    (89.999, 10.0, 89.999, -170.0),
]

OFFSETS = [
    # origin lat, lon, point lat, lon
    (39.908823, 116.397470, 39.909123, 116.397970),
    (22.543096, 114.057865, 22.523096, 114.157865),
    (-16.5, 179.95, -16.45, -179.95),
    (60.0, 25.0, 60.0, 25.0),
]

# name: polygons of rings of (lat, lon), and the points asked about
FENCES = {
    "building_with_courtyard": (
        [[[(39.9085, 116.3970), (39.9085, 116.3990), (39.9100, 116.3990), (39.9100, 116.3970)],
          [(39.9090, 116.3977), (39.9090, 116.3983), (39.9095, 116.3983), (39.9095, 116.3977)]]],
        [(39.9087, 116.3973), (39.90925, 116.3980), (39.9091, 116.39765), (39.9084, 116.3980),
         (39.9080, 116.3960), (39.9085, 116.3980), (39.9200, 116.4100)]),
    "l_shaped_yard": (
        [[[(31.2300, 121.4700), (31.2300, 121.4740), (31.2315, 121.4740), (31.2315, 121.4715),
           (31.2340, 121.4715), (31.2340, 121.4700)]]],
        [(31.2320, 121.4720), (31.2330, 121.4735), (31.2310, 121.4708), (31.2307, 121.4732),
         (31.2290, 121.4690), (31.2600, 121.5000)]),
    "campus_clockwise": (
        [[[(22.560, 113.930), (22.574, 113.944), (22.569, 113.961), (22.556, 113.966),
           (22.541, 113.957), (22.538, 113.938), (22.551, 113.946)]]],
        [(22.556, 113.950), (22.548, 113.940), (22.5520, 113.9462), (22.575, 113.930),
         (22.500, 113.900), (22.565, 113.955)]),
    "diamond_at_equator": (
        [[[(0.05, 32.50), (0.00, 32.55), (-0.05, 32.50), (0.00, 32.45)]]],
        [(0.0, 32.5), (0.02, 32.52), (0.03, 32.53), (0.1, 32.6), (0.0, 32.551)]),
    "airfield_with_50_km_edges": (
        [[[(45.0, 10.0), (45.0, 10.634), (45.45, 10.634), (45.45, 10.0)]]],
        [(45.2, 10.3), (44.9990, 10.317), (45.0005, 10.317), (45.4504, 10.317), (45.4512, 10.317),
         (44.9, 10.4), (45.3, 10.7)]),
    "southern_pair": (
        [[[(-33.860, 151.200), (-33.860, 151.210), (-33.850, 151.210), (-33.850, 151.200)]],
         [[(-33.870, 151.220), (-33.870, 151.230), (-33.862, 151.225)]]],
        [(-33.855, 151.207), (-33.868, 151.225), (-33.861, 151.217), (-33.8605, 151.2155),
         (-33.900, 151.200)]),
    "across_antimeridian": (
        [[[(-16.80, 179.95), (-16.80, -179.93), (-16.74, -179.93), (-16.74, 179.95)]]],
        [(-16.77, 180.0), (-16.77, -180.0), (-16.77, -179.95), (-16.77, 179.96),
         (-16.77, 179.93), (-16.77, -179.92), (-16.70, -180.0)]),
    "around_north_pole": (
        [[[(89.99, 0.0), (89.99, 90.0), (89.99, 180.0), (89.99, -90.0)]]],
        [(90.0, 0.0), (89.995, 45.0), (89.999, -135.0), (89.98, 45.0), (89.992, 45.0)]),
}


def run(command):
    return subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout


def number(value):
    return repr(float(value))


def point(pair):
    return "{%s, %s}" % (number(pair[0]), number(pair[1]))


@functools.lru_cache(maxsize=None)
def ask_distance(case):
    command = "echo '%s %s %s %s' | geod -I +ellps=WGS84 -f %%.12f -F %%.6f" % case
    return command, run(command).split()[2]


@functools.lru_cache(maxsize=None)
def ask_offset(case):
    lat, lon, point_lat, point_lon = case
    command = ("echo '%s %s 0 0' | cct -d 6 +proj=aeqd +lat_0=%s +lon_0=%s +ellps=WGS84"
               % (point_lon, point_lat, lat, lon))
    return command, run(command).split()[:2]


def well_known_text(polygons):
    def ring(points):
        return "(" + ",".join("%s %s" % (lon, lat) for lat, lon in points + points[:1]) + ")"
    return "MULTIPOLYGON(" + ",".join(
        "(" + ",".join(ring(r) for r in polygon) + ")" for polygon in polygons) + ")"


def fence_query(text, at):
    return ("SELECT ST_Distance(ST_Boundary(f)::geography, p) * "
            "CASE WHEN ST_Intersects(f::geography, p) THEN -1 ELSE 1 END\n"
            "FROM (SELECT '%s'::geometry f,\n"
            "'POINT(%s %s)'::geography p) q;" % (text, at[1], at[0]))


@functools.lru_cache(maxsize=None)
def ask_fence(query):
    answer = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"], input=query, check=True,
                            capture_output=True, text=True)
    return answer.stdout.strip()


def distance_lines():
    yield "static const struct expected_distance expected_distances[] = {"
    for case in DISTANCES:
        command, metres = ask_distance(case)
        yield "    // %s" % command
        yield "    {%s, %s, %s}," % (point(case[:2]), point(case[2:]), metres)
    yield "};"


def offset_lines():
    yield "static const struct expected_offset expected_offsets[] = {"
    for case in OFFSETS:
        command, (east, north) = ask_offset(case)
        yield "    // %s" % command
        yield "    {%s, %s, %s, %s}," % (point(case[:2]), point(case[2:]), east, north)
    yield "};"


def outline_lines(name, polygons):
    for i, polygon in enumerate(polygons):
        for j, ring in enumerate(polygon):
            yield "static const struct geo_point %s_%d_%d[] = {" % (name, i, j)
            yield from ("    %s," % point(p) for p in ring)
            yield "};"
        rings = ", ".join("{%s_%d_%d, %d}" % (name, i, j, len(r)) for j, r in enumerate(polygon))
        yield "static const struct geo_ring %s_%d[] = {%s};" % (name, i, rings)
    members = ", ".join("{%s_%d, %d}" % (name, i, len(p)) for i, p in enumerate(polygons))
    yield "static const struct geo_polygon %s[] = {%s};" % (name, members)
    yield ""


def fence_lines():
    for name, (polygons, _) in FENCES.items():
        yield from outline_lines(name, polygons)
    yield "static const struct expected_fence_distance expected_fence_distances[] = {"
    for name, (polygons, points) in FENCES.items():
        for at in points:
            query = fence_query(well_known_text(polygons), at)
            yield from ("    // %s" % line for line in query.splitlines())
            yield ('    {"%s", %s, %d, %s, %s},'
                   % (name, name, len(polygons), point(at), ask_fence(query)))
    yield "};"


def as_json():
    """The answers of the headers, for readers that are not C. Pairs are latitude, longitude."""
    return {
        "distances": [{"from": case[:2], "to": case[2:], "distance_m": float(ask_distance(case)[1])}
                      for case in DISTANCES],
        "offsets": [{"origin": case[:2], "point": case[2:], "east_m": float(ask_offset(case)[1][0]),
                     "north_m": float(ask_offset(case)[1][1])} for case in OFFSETS],
        "fences": [{"name": name, "polygons": polygons, "points": [
            {"at": at, "distance_m": float(ask_fence(fence_query(well_known_text(polygons), at)))}
            for at in points]} for name, (polygons, points) in FENCES.items()],
    }


def write_json():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(as_json(), file, indent=1)
        file.write("\n")


def write_header(topic, types, lines):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected_%s.h" % topic)
    with open(path, "w", encoding="utf-8") as header:
        guard = "FIELDPROOF_TESTS_GEO_EXPECTED_%s_H" % topic.upper()
        print("/** Made by tests/geo/oracle.py: answers of PROJ and PostGIS. Do not edit. */\n"
              "#ifndef %s\n#define %s\n" % (guard, guard), file=header)
        print("// clang-format off\n" + types, file=header)
        print(*lines, sep="\n", file=header)
        print("\n#endif", file=header)


DISTANCE_TYPES = """#include "geo/geo.h"

struct expected_distance {
    struct geo_point from;
    struct geo_point to;
    double distance_m;
};

struct expected_offset {
    struct geo_point origin;
    struct geo_point point;
    double east_m;
    double north_m;
};
"""

FENCE_TYPES = """#include "geo/fence.h"

struct expected_fence_distance {
    const char *name;
    const struct geo_polygon *polygons;
    size_t polygon_count;
    struct geo_point point;
    double distance_m;
};
"""

write_header("distances", DISTANCE_TYPES, [*distance_lines(), "", *offset_lines()])
write_header("fences", FENCE_TYPES, list(fence_lines()))
write_json()
