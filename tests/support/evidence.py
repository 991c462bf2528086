"""Check-ins with photos, as a phone sends them."""

import datetime
import json
import subprocess

from support.organisation import new_id
from support.paths import MAKE_PHOTO
from support.world import SITE, now


def photo_bytes(folder, *options, **named):
    """A JPEG by make-photo: photo_bytes(folder, "--dark", seed=3, width=640)."""
    path = folder / f"{new_id()}.jpg"
    settings = {"width": 640, "height": 480, **named}
    arguments = [word for name, value in settings.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    subprocess.run([str(MAKE_PHOTO), *arguments, *options, str(path)], check=True, timeout=120)
    content = path.read_bytes()
    path.unlink()
    return content


def declared(role="overview", **fields):
    """A photo as a check-in announces it."""
    return {"id": new_id(), "role": role, "captured_at": now(), **fields}


def parts(body, *photos):
    """A multipart request: the JSON part, then the photos' bytes, each named by its id."""
    files = [("check_in", (None, json.dumps(body), "application/json"))]
    for photo, content in zip(body["photos"], photos, strict=True):
        files.append((photo["id"], ("IMG_0001.JPG", content, "image/jpeg")))
    return files


def codes(subject):
    return [finding["code"] for finding in subject["findings"]]


def finding(subject, code):
    matches = [entry for entry in subject["findings"] if entry["code"] == code]
    assert len(matches) == 1, f"{code} in {codes(subject)}"
    return matches[0]


def fix_at(east_m=0.0, north_m=0.0, minutes=0, **fields):
    """A fix some metres from the site's centre; close enough to it that a degree's length does not matter."""
    return {
        "latitude": SITE["latitude"] + north_m / 111_267.0,
        "longitude": SITE["longitude"] + east_m / 67_900.0,
        "datum": "wgs84", "accuracy_m": 8, "mocked": False, "fix_at": now(minutes), **fields,
    }


def exif_time(minutes=0):
    """Local time by a camera that is set to UTC."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return moment.strftime("%Y:%m:%d %H:%M:%S")


def send(user, body, *photos, expect=201):
    """Sends a check-in and returns its answer."""
    if photos:
        return user.api.post("/v1/check-ins", files=parts(body, *photos), expect=expect).json()
    return user.api.post("/v1/check-ins", json=body, expect=expect).json()


def put_photo(user, photo_id, content, expect=201):
    return user.api.put(
        f"/v1/photos/{photo_id}/content", data=content, headers={"Content-Type": "image/jpeg"}, expect=expect
    )
