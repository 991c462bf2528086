/** Positions on the WGS-84 ellipsoid, as every other part of the project passes them around. */
#ifndef FIELDPROOF_GEO_GEO_H
#define FIELDPROOF_GEO_GEO_H

/** The result tells of a failure: a caller that drops it does not compile. */
#define GEO_MUST_CHECK __attribute__((warn_unused_result))

/** A position. Latitude -90..90, longitude -180..180, both finite; WGS-84 unless said otherwise. */
struct geo_point {
    double lat_deg;
    double lon_deg;
};

#endif
