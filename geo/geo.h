/** Positions on the WGS-84 ellipsoid, as every other part of the project passes them around. */
#ifndef FIELDPROOF_GEO_GEO_H
#define FIELDPROOF_GEO_GEO_H

/** A position. Latitude -90..90, longitude -180..180, both finite; WGS-84 unless said otherwise. */
struct geo_point {
    double lat_deg;
    double lon_deg;
};

#endif
