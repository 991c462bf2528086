"""GCJ-02 and BD-09 of a WGS-84 position, by the formulas that everybody uses, written down once more.

The server converts the other way; converting its answer forth again must give what was sent.
"""

import math

_A = 6378245.0
_E2 = 0.00669342162296594323


def _waves(x):
    return 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)


def gcj02(latitude, longitude):
    x, y = longitude - 105, latitude - 35
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + (
        _waves(x) + 20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)
        + 160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + (
        _waves(x) + 20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)
        + 150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    radians = math.radians(latitude)
    magic = 1 - _E2 * math.sin(radians) ** 2
    north = math.degrees(north / (_A * (1 - _E2) / (magic * math.sqrt(magic))))
    east = math.degrees(east / (_A / math.sqrt(magic) * math.cos(radians)))
    return latitude + north, longitude + east


def bd09(latitude, longitude):
    y, x = gcj02(latitude, longitude)
    turn = math.pi * 3000 / 180
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * turn)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * turn)
    return radius * math.sin(angle) + 0.006, radius * math.cos(angle) + 0.0065


FROM_WGS84 = {"wgs84": lambda *position: position, "gcj02": gcj02, "bd09": bd09}
