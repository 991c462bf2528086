"""The server's memory while 32 uploads of 12 megapixels are under way at once."""

import json
import pathlib
import re
import time

from ground import Ground, say

UPLOADS = 32
SECONDS = 8


def pss_mb(processes):
    """Proportional set size: shared pages count once among those who share them."""
    total = 0
    for process in processes:
        try:
            text = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
        except FileNotFoundError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE).group(1))
    return total / 1024


def run():
    with Ground("memory") as ground:
        requests = ground.photo_requests(ground.photos())
        idle = pss_mb(ground.server_processes())
        load = ground.start_load(requests, UPLOADS, SECONDS)
        peak, busiest = 0, 0
        while load.poll() is None:
            processes = ground.server_processes()
            figure = pss_mb(processes)
            if figure > peak:
                peak, busiest = figure, len(processes)
            time.sleep(0.1)
        figures = json.loads(load.communicate()[0])
        assert figures["refused"] == 0 and figures["lost"] == 0, figures
        say(f"Memory of the server's processes (PSS), {UPLOADS} uploads of 12 MP at once for {SECONDS} s, "
            f"{figures['per_s']:.1f} a second")
        say(f"  before {idle:.0f} MiB, at most {peak:.0f} MiB in {busiest} processes, "
            f"after {pss_mb(ground.server_processes()):.0f} MiB; wanted: below 160 MB")
