"""What every measurement stands on: a durable PostgreSQL, the real server, people, requests."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

# pylint: disable=wrong-import-position
from support.api import Api
from support.organisation import Organisation, new_id
from support.postgres import Postgres
from support.server import Server

FOLDER = ROOT / "var/bench"
PROGRAMS = ROOT / "build/bench"
MAKE_PHOTO = ROOT / "build/tests/tools/make-photo"

# Placeholders that http-load and bare-loop fill with fresh values: see bench/template.h.
CHECK_IN_ID, VISIT_ID, PHOTO_ID = (f"ffffffff-ffff-4fff-bfff-fffffffffff{digit}" for digit in "012")
NOW = "2000-01-01T00:00:00.000Z"
SIX_DIGITS = 999999

TECHNICIANS = 16
SITES = 8
PHOTOS = 4


class NoRecorder:
    """The API's tests record what they see; measurements do not."""

    def record(self, response):
        pass


class Ground:
    """Use as a context; everything lies in var/bench/NAME and goes away at the end."""

    def __init__(self, name):
        self.folder = FOLDER / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.postgres = Postgres(FOLDER / f"{name}-postgres", throwaway=False)
        self.server = None

    def __enter__(self):
        try:
            self.postgres.destroy()
            self.postgres.start()
            self.server = Server(self.folder, self.postgres, environment={"FIELDPROOF_ACCESS_TOKEN_S": "86400"})
            self.server.migrate()
            self.server.start()
            self._populate()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server:
            self.server.stop()
        self.postgres.destroy()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def port(self):
        return self.server.base_url.rpartition(":")[2]

    def _populate(self):
        api = Api(self.server.base_url, NoRecorder())
        self.organisation = Organisation(api, self.server.operator_token)
        administrator = self.organisation.administrator.api
        customer = {"id": new_id(), "name": "Nordkühl GmbH", "tier": "gold", "language": "en"}
        administrator.post("/v1/customers", json=customer, expect=201)
        self.sites = [self._site(administrator, customer["id"], number) for number in range(SITES)]
        self.technicians = [self.organisation.user("technician") for _ in range(TECHNICIANS)]

    @staticmethod
    def _site(administrator, customer_id, number):
        site = {"id": new_id(), "customer_id": customer_id, "name": f"Lager {number + 1}", "datum": "wgs84",
                "time_zone": "Europe/Berlin", "position": {"latitude": 52.5 + number / 50, "longitude": 13.4},
                "radius_m": 150}
        administrator.post("/v1/sites", json=site, expect=201)
        return site

    def check_in_body(self, number, photos=()):
        """Of technician `number`, a few metres from the middle of a site: never twice the same place."""
        site = self.sites[number % SITES]
        place = site["position"]
        return json.dumps({
            "id": CHECK_IN_ID, "visit_id": VISIT_ID, "site_id": site["id"], "kind": "arrival",
            "captured_at": NOW, "sent_at": NOW,
            "fix": {"latitude": float(f"{place['latitude']:.4f}{SIX_DIGITS}"),
                    "longitude": float(f"{place['longitude']:.4f}{SIX_DIGITS}"),
                    "datum": "wgs84", "accuracy_m": 8.5, "altitude_m": 41, "provider": "fused", "mocked": False,
                    "fix_at": NOW},
            "device": {"id": f"phone-{number}", "model": "Pixel 7", "platform": "android", "app_version": "1.4.2"},
            "note": "Filter replaced, pressure 2.1 bar, no leak seen.",
            "photos": list(photos),
        }).encode()

    def write_request(self, name, number, content_type, body):
        """A raw request of technician `number` as a file for http-load."""
        token = self.technicians[number].api.token
        head = (f"POST /v1/check-ins HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n")
        path = self.folder / name
        path.write_bytes(head.encode() + body)
        return path

    def plain_requests(self):
        """A check-in without a photo of each technician."""
        return [self.write_request(f"plain-{number}.request", number, "application/json", self.check_in_body(number))
                for number in range(TECHNICIANS)]

    def photos(self):
        """12-megapixel JPEGs, each with a comment that http-load and bare-loop make different every time."""
        paths = []
        for seed in range(1, PHOTOS + 1):
            path = self.folder / f"photo-{seed}.jpg"
            subprocess.run([str(MAKE_PHOTO), "--seed", str(seed), "--make", "Google", "--model", "Pixel 7", str(path)],
                           check=True)
            path.write_bytes(with_comment(path.read_bytes(), PHOTO_ID.encode()))
            paths.append(path)
        return paths

    def photo_requests(self, photo_paths):
        """A multipart check-in with one photo of each of the first technicians."""
        boundary = "the-boundary-of-the-parts"
        announced = {"id": PHOTO_ID, "role": "overview", "captured_at": NOW}
        requests = []
        for number, path in enumerate(photo_paths):
            body = b"".join([
                f'--{boundary}\r\nContent-Disposition: form-data; name="check_in"\r\n'
                f"Content-Type: application/json\r\n\r\n".encode(),
                self.check_in_body(number, [announced]),
                f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="{PHOTO_ID}"; filename="IMG_0001.JPG"\r\n'
                f"Content-Type: image/jpeg\r\n\r\n".encode(),
                path.read_bytes(),
                f"\r\n--{boundary}--\r\n".encode(),
            ])
            requests.append(self.write_request(f"photo-{number}.request", number,
                                               f"multipart/form-data; boundary={boundary}", body))
        return requests

    def load(self, requests, connections, seconds, warm_up_s=1.0):
        """Runs http-load and returns its figures; every answer must be 201. cpu_ms: what one request costs in
        processor time, in the server's processes, PostgreSQL's and the generator."""
        before = self.cpu_seconds()
        figures = run_program("http-load", self.port, connections, warm_up_s, seconds, 201, *requests)
        assert figures["refused"] == 0 and figures["lost"] == 0, figures
        cpu_s = self.cpu_seconds() - before + figures["generator_cpu_s"]
        return {**figures, "cpu_ms": cpu_s / figures["all"] * 1000}

    def warm_up(self, requests, connections):
        """Fills the tables a little, then has them analysed, as autovacuum does within a minute: until then
        PostgreSQL keeps the plans that it made for empty tables."""
        self.load(requests, connections, 3)
        self.postgres.query("ANALYZE")
        self.load(requests, connections, 1)

    def start_load(self, requests, connections, seconds, warm_up_s=1.0):
        """The same in the background; communicate() gives its figures as JSON."""
        command = [PROGRAMS / "http-load", self.port, connections, warm_up_s, seconds, 201, *requests]
        return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)

    def server_processes(self):
        """The server's own process and its children."""
        return with_children(self.server.process.pid)

    def cpu_seconds(self):
        """User and system time so far, of the server's processes and of PostgreSQL's."""
        postmaster = int((self.postgres.folder / "data/postmaster.pid").read_text().split()[0])
        return (sum(map(cpu_seconds_of, self.server_processes()))
                + sum(map(cpu_seconds_of, with_children(postmaster))))


def with_children(process):
    children = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False).stdout
    return [process, *map(int, children.split())]


def cpu_seconds_of(process):
    """With that of children that ended; 0 for a process that ended."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def with_comment(jpeg, comment):
    """A JPEG with a comment segment right behind its first marker."""
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def run_program(name, *arguments):
    output = subprocess.run([str(PROGRAMS / name), *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(output.stdout)


def spread(values):
    """min, median and max."""
    return min(values), statistics.median(values), max(values)


def percent(values):
    low, middle, high = spread(values)
    return f"{middle:.0%} (of {len(values)} pairs: {low:.0%} to {high:.0%})"


def say(text=""):
    print(text, flush=True)


def settle():
    """Lets the disk come to rest, so that no round pays for the one before."""
    os.sync()
    time.sleep(0.3)
