"""Every list, filter and report of the desk over a long history: 100 thousand and 1 million check-ins.

cold: each request asks for something that nobody asked for before, over a new connection, after server and PostgreSQL
were started anew. warm: the same requests again, over one connection. The history of 1 million check-ins is as dense
as the other one and ten times as old: the ratio of the processor time of the two, which other work on the machine
changes least, says what age costs.
"""

import datetime
import http.client
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import time
import urllib.parse

from desk_requests import REQUESTS
from ground import FOLDER, ROOT, NoRecorder, cpu_seconds_of, say, with_children

# pylint: disable=wrong-import-order
from support.api import Api
from support.organisation import PASSWORD, Organisation
from support.postgres import Postgres
from support.server import Server

SIZES = [int(size) for size in os.environ.get("BENCH_CHECK_INS", "100000 1000000").split()]
VALUES = int(os.environ.get("BENCH_VALUES", "40"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
ONLY = re.compile(os.environ.get("BENCH_ONLY", ""))
KEEP = os.environ.get("BENCH_KEEP")
WARM_ROUNDS = 3
COLD_MS, WARM_MS = 100, 30
FREE_BYTES_A_CHECK_IN = 12000


class History:
    """A server over a generated history; use as a context. It is made anew, or taken up as it was kept."""

    def __init__(self, check_ins):
        self.check_ins = check_ins
        folder = pathlib.Path(KEEP) if KEEP else FOLDER
        self.folder = folder / f"desk-{check_ins}"
        self.postgres = Postgres(folder / f"desk-{check_ins}-postgres", throwaway=False)
        self.server = None
        self.org_id = self.manager_id = self.token = None

    def __enter__(self):
        try:
            is_made = self._is_made()
            if not is_made:
                self._make_room()
            self.postgres.start()
            self.server = Server(self.folder, self.postgres, environment={"FIELDPROOF_ACCESS_TOKEN_S": "86400"})
            self.server.migrate()
            self.server.start()
            if not is_made:
                self._populate()
                self._made_mark().touch()
            self._log_in()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server:
            self.server.stop()
        if KEEP and self._is_made():
            self.postgres.stop()
            return
        self.postgres.destroy()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _made_mark(self):
        return self.folder / "made"

    def _is_made(self):
        return self._made_mark().exists()

    def _make_room(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.postgres.destroy()
        free = shutil.disk_usage(self.folder).free
        assert free > self.check_ins * FREE_BYTES_A_CHECK_IN, f"{free} bytes are free: too few for this history"

    def _log_in(self):
        rows = self.postgres.query("SELECT o.org_id, o.slug, u.id, u.log_in FROM organisation o JOIN app_user u USING (org_id) WHERE u.role = 'manager'")
        self.org_id, slug, self.manager_id, log_in = rows[0]
        answer = Api(self.server.base_url, NoRecorder()).post(
            "/v1/auth/log-in", expect=200, json={"organisation": slug, "log_in": log_in, "password": PASSWORD})
        self.token = answer.json()["access_token"]

    def _populate(self):
        organisation = Organisation(Api(self.server.base_url, NoRecorder()), self.server.operator_token, time_zone="Asia/Shanghai")
        manager = organisation.user("manager")
        self.server.stop()  # it would count a history that has no indexes yet
        began = time.monotonic()
        subprocess.run([str(ROOT / "script/postgres"), "--dir", str(self.postgres.folder), "psql", "-q", "-o", "/dev/null",
                        "-v", f"org_id={organisation.id}", "-v", f"manager_id={manager.id}",
                        "-v", f"check_ins={self.check_ins}", "-f", str(ROOT / "bench/history.sql")], check=True)
        say(f"{self.check_ins:,} check-ins: made in {time.monotonic() - began:.0f} s, {self._size()} on disk")
        self.server.start()

    def _size(self):
        return self.postgres.query("SELECT pg_size_pretty(pg_database_size('fieldproof'))")[0][0]

    def values(self):
        """Ids that a request may name, in a random order that is the same each time."""
        sampled = {}
        for name, sql in {
            "site": "SELECT id FROM site", "technician": "SELECT id FROM app_user WHERE role = 'technician'",
            "customer": "SELECT id FROM customer", "visit": "SELECT id FROM visit TABLESAMPLE SYSTEM (2)",
            "work_order": "SELECT id FROM work_order TABLESAMPLE SYSTEM (2)",
        }.items():
            ids = [row[0] for row in self.postgres.query(f"{sql} WHERE org_id = '{self.org_id}'" if " WHERE " not in sql else f"{sql} AND org_id = '{self.org_id}'")]
            random.Random(7).shuffle(ids)
            sampled[name] = ids
        return sampled

    def restart(self):
        self.server.stop()
        self.postgres.stop()
        self.postgres.start()
        self.server.start()

    def cpu_seconds(self):
        """User and system time so far, of the server and of PostgreSQL."""
        postmaster = int((self.postgres.folder / "data/postmaster.pid").read_text().split()[0])
        return sum(map(cpu_seconds_of, [self.server.process.pid, *with_children(postmaster)]))

    def connect(self):
        host, _, port = self.server.base_url.rpartition("/")[2].partition(":")
        return http.client.HTTPConnection(host, int(port), timeout=60)

    def ask(self, connection, path):
        """Milliseconds until the whole answer is here, compressed as a browser asks for it."""
        began = time.perf_counter()
        connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        assert answer.status == 200, f"GET {path}: {answer.status} {body[:300]}"
        return took


def path_of(template, query, values, number, today):
    """The request's address with the number-th value of each kind in it, and days that go back in time."""
    age = number * 2 % 70
    day = today - datetime.timedelta(days=age)
    fields = {name: ids[number % len(ids)] for name, ids in values.items()}
    fields |= {"day": str(day), "moment": f"{day}T00:00:00Z", "next_moment": f"{day + datetime.timedelta(days=1)}T00:00:00Z",
               "week_ago": str(day - datetime.timedelta(days=6)), "month_ago": str(day - datetime.timedelta(days=30)),
               "quarter_ago": str(day - datetime.timedelta(days=91)), "year_ago": str(day - datetime.timedelta(days=364)), "team": f"第{number % 12 + 1}组",
               "number": f"{number * 37:05}"}
    filled = {name: value.format(**fields) for name, value in query.items()}
    return template.format(**fields) + ("?" + urllib.parse.urlencode(filled) if filled else "")


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def measure(history):
    """{(operation, what): its figures}: cold p50 and p99, warm p50 and p99, and the processor time of a warm one."""
    values, today, figures = history.values(), datetime.date.today(), {}
    history.restart()
    for operation, what, template, query in REQUESTS:
        if not ONLY.search(operation):
            continue
        paths = list(dict.fromkeys(path_of(template, query, values, number, today) for number in range(VALUES)))
        cold = []
        for path in paths:
            connection = history.connect()
            cold.append(history.ask(connection, path))
            connection.close()
        connection = history.connect()
        before = history.cpu_seconds()
        warm = [history.ask(connection, path) for _ in range(WARM_ROUNDS) for path in paths]
        cpu_ms = (history.cpu_seconds() - before) * 1000 / len(warm)
        connection.close()
        figures[operation, what] = [percentile(times, part) for times in (cold, warm) for part in (0.5, 0.99)] + [cpu_ms]
    return figures


def medians(rounds):
    """Of each figure, over the rounds."""
    return {key: [statistics.median(values) for values in zip(*(figures[key] for figures in rounds))] for key in rounds[0]}


def print_table(figures, sizes):
    columns = " | ".join(f"{size:,}: cold p50 | p99 | warm p50 | p99 | processor" for size in sizes)
    say(f"| operation | asked for | {columns} | age costs |")
    say("|---|---|" + "--:|" * (5 * len(sizes) + 1))
    slow = []
    for key, last in figures[sizes[-1]].items():
        cells = [cell for size in sizes for cell in figures[size][key]]
        age = last[4] / figures[sizes[0]][key][4] if figures[sizes[0]][key][4] else 1
        is_slow = last[1] > COLD_MS or last[3] > WARM_MS
        slow += [" ".join(key)] * is_slow
        say(f"| {key[0]} | {key[1]}{' **slow**' if is_slow else ''} | " + " | ".join(f"{cell:.1f}" for cell in cells) + f" | {age:.1f} |")
    say()
    say(f"Wanted: p99 within {COLD_MS} ms cold and {WARM_MS} ms warm. " + (f"Slower: {'; '.join(slow)}." if slow else "All are."))


def run():
    say(f"The desk's lists and reports over HTTP, milliseconds, medians of {ROUNDS} rounds")
    figures = {}
    for size in SIZES:
        with History(size) as history:
            figures[size] = medians([measure(history) for _ in range(ROUNDS)])
    say()
    print_table(figures, SIZES)
