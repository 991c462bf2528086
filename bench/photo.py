"""Photo check-ins a second, against a bare loop that does nothing but the unavoidable."""

import os
import shutil

from ground import Ground, percent, run_program, say, settle, spread

PAIRS = int(os.environ.get("BENCH_PAIRS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
CONNECTIONS = 8
BARE_PROCESSES = (2, 4)  # a core each, and twice that: the better one is the yardstick


def bare_round(folder, processes, photos):
    target = folder / "bare"
    target.mkdir()
    figures = run_program("bare-loop", target, processes, 0.5, SECONDS, *photos)
    shutil.rmtree(target)
    settle()
    return figures


def summarize(rounds):
    for number, name in enumerate(("server", "bare loop")):
        rates = "/".join(f"{value:.1f}" for value in spread([pair[number]["per_s"] for pair in rounds]))
        cpu = "/".join(f"{value:.0f}" for value in spread([pair[number]["cpu_ms"] for pair in rounds]))
        say(f"  {name}: min/median/max {rates} a second, {cpu} ms of CPU each")
    say(f"  photos a second, server / bare loop: {percent([a['per_s'] / b['per_s'] for a, b in rounds])}; "
        "wanted: 70%, aim 90%")
    say(f"  CPU a photo, bare loop / server: {percent([b['cpu_ms'] / a['cpu_ms'] for a, b in rounds])}; "
        "this is what the ratio comes to where nothing else runs")


def run():
    with Ground("photo") as ground:
        photos = ground.photos()
        requests = ground.photo_requests(photos)
        sizes = ", ".join(f"{path.stat().st_size / 1e6:.1f}" for path in photos)
        say(f"Photo check-ins: 12 MP, {sizes} MB, {CONNECTIONS} connections, rounds of {SECONDS:g} s")
        ground.warm_up(requests, CONNECTIONS)
        trials = {count: bare_round(ground.folder, count, photos)["per_s"] for count in BARE_PROCESSES}
        processes = max(trials, key=trials.get)
        rounds = []
        for _ in range(PAIRS):
            figures = ground.load(requests, CONNECTIONS, SECONDS)
            settle()
            bare = bare_round(ground.folder, processes, photos)
            rounds.append((figures, bare))
            say(f"  server {figures['per_s']:.1f}/s, p50 {figures['p50_ms']:.0f} ms, p99 {figures['p99_ms']:.0f} ms, "
                f"CPU {figures['cpu_ms']:.0f} ms each; bare loop ({processes} processes) {bare['per_s']:.1f}/s, "
                f"CPU {bare['cpu_ms']:.0f} ms each; {figures['per_s'] / bare['per_s']:.0%}; "
                f"load {os.getloadavg()[0]:.1f}")
        summarize(rounds)
