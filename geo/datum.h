/**
 * The three coordinate systems in which phones and maps in China state positions.
 *
 * WGS-84 is what GNSS receivers give. GCJ-02 ("Mars coordinates") is the obfuscated datum of
 * Chinese maps (Amap, Tencent), 20 to 710 m off. BD-09 is Baidu's second shift on top of it. The
 * formulas are not published officially; the ones here are the reverse-engineered ones that
 * everybody uses (https://github.com/googollee/eviltransform,
 * https://github.com/wandergis/coordtransform).
 *
 * Where the shift applies is a rectangle, as in those libraries: 0.8293 to 55.8271 N, 72.004 to
 * 137.8347 E. Outside of it the three are the same. The rectangle is far larger than China: Taiwan,
 * the Koreas, western Japan, Mongolia and much of India and South-East Asia lie in it, where map
 * providers differ in whether they shift. So convert only what is *said* to be GCJ-02 or BD-09;
 * never infer the datum from the place.
 */
#ifndef FIELDPROOF_GEO_DATUM_H
#define FIELDPROOF_GEO_DATUM_H

#include <stdbool.h>

#include "geo/geo.h"

enum geo_datum { GEO_WGS84, GEO_GCJ02, GEO_BD09 };

/** "wgs84", "gcj02" or "bd09"; a static string. */
const char *geo_datum_name(enum geo_datum datum);

/** The datum of exactly that name (lower case). Negative if there is none, or if `name` is NULL. */
GEO_MUST_CHECK int geo_datum_parse(const char *name, enum geo_datum *ret_datum);

/** True in the rectangle in which GCJ-02 and BD-09 differ from WGS-84. */
bool geo_datum_is_shifted_at(struct geo_point point);

/**
 * The WGS-84 position of a point given in `datum`. Negative if the point is not valid.
 *
 * Undoes the shift by iteration until converting forth again gives the point to 1e-11 degrees
 * (a micrometre); the customary one-step inverse is up to 5 m off. Within 2 km of the rectangle's
 * border the shift is not one-to-one, and the point's own side of the border decides.
 */
GEO_MUST_CHECK int geo_datum_to_wgs84(enum geo_datum datum, struct geo_point point,
                                      struct geo_point *ret_wgs84);

/** The position in `datum` of a WGS-84 point. Negative if the point is not valid. */
GEO_MUST_CHECK int geo_datum_from_wgs84(enum geo_datum datum, struct geo_point wgs84,
                                        struct geo_point *ret_point);

#endif
