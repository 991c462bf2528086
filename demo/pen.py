"""A signature as a pen draws it: loops along a line that sinks and rises, then a flourish under it."""

import math

from ids import between

WIDTH, HEIGHT = 600, 200
_STEP_MS = 14


def strokes(name):
    """The strokes of a person's signature, always the same for a name."""
    letters = 4 + len(name) % 4
    lines = [_loops(name, letters, x=60, length=300), _loops(name + "2", 3, x=395, length=110), _flourish(name)]
    return {"width": WIDTH, "height": HEIGHT, "lines": _timed(lines)}


def _loops(name, letters, x, length):
    """Round letters: a circle that rolls to the right, higher for some letters than for others."""
    points = []
    steps = letters * 16
    for step in range(steps):
        part = step / steps
        letter = int(part * letters)
        height = between(16, 30, name, "height", letter) * (2.1 if letter == 0 else 1)
        angle = 2 * math.pi * part * letters + between(-0.3, 0.3, name, "slant", letter)
        roll = between(5, 11, name, "roll", letter)
        points.append((
            x + length * part + roll * math.sin(angle) + 0.25 * height * math.cos(angle),
            105 - height * math.cos(angle) + 9 * math.sin(2 * math.pi * part) - 10 * part,
        ))
    return points


def _flourish(name):
    dip = between(8, 20, name, "dip")
    return [(90 + 15 * step, 158 - 14 * step / 24 + dip * math.sin(step / 24 * math.pi)) for step in range(28)]


def _timed(lines):
    """Each point with its time; the pen pauses between strokes."""
    moment_ms, result = 0, []
    for line in lines:
        result.append([])
        for x, y in line:
            result[-1].append({"x": round(x, 1), "y": round(y, 1), "t_ms": moment_ms})
            moment_ms += _STEP_MS
        moment_ms += 180
    return result
