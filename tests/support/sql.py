"""The server's SQL."""

import re

from support.paths import ROOT


def queries():
    """The server's queries by name."""
    found = {}
    for path in (ROOT / "server/store").glob("*.sql"):
        for block in re.split(r"^-- name: ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, _, text = block.partition("\n")
            found[name] = re.sub(r"^--.*\n", "", text, flags=re.M).strip().rstrip(";")
    return found
