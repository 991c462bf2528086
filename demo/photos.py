"""JPEGs with EXIF, made by the project's own make-photo."""

import datetime
import pathlib
import subprocess

from ids import number_from
from people import PHONES
from places import moved
from plan import zone

PROGRAM = pathlib.Path(__file__).resolve().parents[1] / "build/tests/tools/make-photo"


class NoPhoto(Exception):
    """The photo could not be made."""


class PhotoMaker:
    """`largest_px` caps the width, for tests that have no time."""

    def __init__(self, program=PROGRAM, largest_px=None):
        self._program = str(program)
        self._largest_px = largest_px

    def make(self, *options):
        """The bytes of one photo."""
        try:
            return subprocess.run([self._program, *map(str, options), "-"], check=True, capture_output=True, timeout=120).stdout
        except FileNotFoundError:
            raise NoPhoto(f"{self._program} is not there; script/build makes it.") from None
        except subprocess.SubprocessError as error:
            raise NoPhoto(f"make-photo failed: {error}") from None

    def of_visit(self, plan, photo, captured_at, position):
        """The bytes of a photo of a visit; `position` is (latitude, longitude) of the technician."""
        options = dict(photo.options)
        taken_at = captured_at + datetime.timedelta(minutes=options.pop("minutes", 0))
        phone = {**PHONES[plan.technician], **{name: options.pop(name) for name in ("make", "model") if name in options}}
        width, height = self._size(photo.size)
        words = ["--width", width, "--height", height, "--seed", number_from(photo.key, below=1 << 29),
                 "--caption", f"NORDLICHT {photo.role.upper()} {plan.key.upper()}"]
        latitude, longitude = moved(position, options.pop("east_m", 0), 4)
        if not options.pop("no_exif", False):
            words += _exif(taken_at.astimezone(zone(plan.site)), latitude, longitude, phone)
        else:
            words += ["--no-exif"]
        for name, value in options.items():
            words += [f"--{name}"] if value is True else [f"--{name}", value]
        return self.make(*words)

    def _size(self, size):
        width, height = size
        if self._largest_px and width > self._largest_px:
            return self._largest_px, self._largest_px * height // width
        return width, height


def _exif(local, latitude, longitude, phone):
    offset = local.strftime("%z")
    utc = local.astimezone(datetime.timezone.utc)
    return [
        "--latitude", latitude, "--longitude", longitude, "--accuracy", 8,
        "--time", local.strftime("%Y:%m:%d %H:%M:%S"), "--offset", f"{offset[:3]}:{offset[3:]}",
        "--gps-time", utc.strftime("%Y:%m:%d %H:%M:%S"), "--make", phone["make"], "--model", phone["model"],
    ]
