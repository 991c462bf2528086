"""script/bench: runs the measurements named, or all."""

import datetime
import importlib
import os
import pathlib
import re
import sys

from ground import say

NAMES = ("photo", "check_in", "memory", "crowd", "live", "desk")


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    name = model.group(1) if model else "a processor without a name"
    now = datetime.datetime.now(datetime.timezone.utc)
    return f"{now:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores ({name}), load average {os.getloadavg()[0]:.1f}"


def main():
    names = [name.replace("-", "_") for name in sys.argv[1:]] or NAMES
    for name in names:
        if name not in NAMES:
            sys.exit(f"script/bench: there is no measurement '{name}'; choose {', '.join(NAMES)}.")
    say(machine())
    for name in names:
        say()
        importlib.import_module(name).run()


main()
