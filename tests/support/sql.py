"""The server's SQL."""

import runpy

from support.paths import ROOT


def queries():
    """The server's queries by name."""
    read = runpy.run_path(str(ROOT / "script/embed-queries"))["read_queries"](
        sorted((ROOT / "server/store").glob("*.sql")))
    return {name: sql for name, (_, sql, _) in read.items()}
