"""Metres to degrees, near enough for a demonstration: fences are some hundred metres wide."""

import math

_METRES_A_DEGREE = 111_320.0


def moved(position, east_m, north_m):
    """(latitude, longitude) some metres from a position."""
    latitude, longitude = position
    return (
        round(latitude + north_m / _METRES_A_DEGREE, 7),
        round(longitude + east_m / (_METRES_A_DEGREE * math.cos(math.radians(latitude))), 7),
    )


def position_json(position):
    return {"latitude": position[0], "longitude": position[1]}


def polygon_json(centre, *rings):
    """A GeoJSON polygon from rings of (east_m, north_m); the first is the outer one, others are holes."""
    coordinates = []
    for ring in rings:
        points = [moved(centre, *corner) for corner in ring]
        coordinates.append([[longitude, latitude] for latitude, longitude in points + points[:1]])
    return {"type": "Polygon", "coordinates": coordinates}
