/** Made by tests/geo/oracle.py: answers of PROJ and PostGIS. Do not edit. */
#ifndef FIELDPROOF_TESTS_GEO_EXPECTED_DISTANCES_H
#define FIELDPROOF_TESTS_GEO_EXPECTED_DISTANCES_H

// clang-format off
#include "geo/geo.h"

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

static const struct expected_distance expected_distances[] = {
    // echo '39.908823 116.39747 39.908823 116.39748' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{39.908823, 116.39747}, {39.908823, 116.39748}, 0.855073},
    // echo '39.908823 116.39747 39.909123 116.39797' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{39.908823, 116.39747}, {39.909123, 116.39797}, 54.197922},
    // echo '31.23969 121.499755 31.22969 121.479755' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{31.23969, 121.499755}, {31.22969, 121.479755}, 2204.497550},
    // echo '22.543096 114.057865 39.904211 116.407395' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{22.543096, 114.057865}, {39.904211, 116.407395}, 1937717.621110},
    // echo '-33.856784 151.215297 51.500729 -0.124625' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{-33.856784, 151.215297}, {51.500729, -0.124625}, 16988822.786356},
    // echo '0.0 0.0 0.5 179.7' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{0.0, 0.0}, {0.5, 179.7}, 19944127.420750},
    // echo '0.0 0.0 0.0 180.0' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{0.0, 0.0}, {0.0, 180.0}, 20003931.458625},
    // echo '90.0 0.0 -90.0 0.0' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{90.0, 0.0}, {-90.0, 0.0}, 20003931.458625},
    // echo '-16.5 179.95 -16.5 -179.95' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{-16.5, 179.95}, {-16.5, -179.95}, 10676.415378},
    // echo '89.999 10.0 89.999 -170.0' | geod -I +ellps=WGS84 -f %.12f -F %.6f
    {{89.999, 10.0}, {89.999, -170.0}, 223.387959},
};

static const struct expected_offset expected_offsets[] = {
    // echo '116.39797 39.909123 0 0' | cct -d 6 +proj=aeqd +lat_0=39.908823 +lon_0=116.39747 +ellps=WGS84
    {{39.908823, 116.39747}, {39.909123, 116.39797}, 42.753476, 33.309985},
    // echo '114.157865 22.523096 0 0' | cct -d 6 +proj=aeqd +lat_0=22.543096 +lon_0=114.057865 +ellps=WGS84
    {{22.543096, 114.057865}, {22.523096, 114.157865}, 10287.915339, -2211.309746},
    // echo '-179.95 -16.45 0 0' | cct -d 6 +proj=aeqd +lat_0=-16.5 +lon_0=179.95 +ellps=WGS84
    {{-16.5, 179.95}, {-16.45, -179.95}, 10679.155158, 5530.537645},
    // echo '25.0 60.0 0 0' | cct -d 6 +proj=aeqd +lat_0=60.0 +lon_0=25.0 +ellps=WGS84
    {{60.0, 25.0}, {60.0, 25.0}, 0.000000, 0.000000},
};

#endif
