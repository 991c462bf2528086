"""Ids that are the same at every load, so that a load that was interrupted goes on where it ended."""

import uuid

_DEMO = uuid.UUID("6f0f9a52-2f0b-5d0c-9a3e-5f1e1dd90000")


class Ids:
    """The ids of one organisation."""

    def __init__(self, slug):
        self._space = uuid.uuid5(_DEMO, slug)

    def __call__(self, *name):
        """ids("site", "sh-hotel"): always the same."""
        return str(uuid.uuid5(self._space, "/".join(map(str, name))))


def number_from(*name, below):
    """A whole number that looks random and is always the same for a name."""
    return uuid.uuid5(_DEMO, "/".join(map(str, name))).int % below


def between(low, high, *name):
    """The same for a fraction."""
    return low + (high - low) * number_from(*name, below=10_000) / 9_999
