"""A tus 1.0 client that does what it is told, for tests of the protocol."""

import base64
import hashlib

VERSION = {"Tus-Resumable": "1.0.0"}
PIECE = {"Content-Type": "application/offset+octet-stream"}


def encoded(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def metadata(photo_id, **others):
    pairs = {"photo_id": photo_id, **others}
    return ",".join(f"{key} {encoded(value)}" for key, value in pairs.items())


def checksum(algorithm, content):
    return f"{algorithm} {encoded(hashlib.new(algorithm, content).digest())}"


def creation(photo_id, length, **others):
    """The headers of a creation."""
    return {**VERSION, "Upload-Length": str(length), "Upload-Metadata": metadata(photo_id, **others)}


def create(api, photo_id, length, piece=None, expect=201, headers=None, **others):
    """Begins an upload; `piece` is sent with it."""
    first = {} if piece is None else {**PIECE}
    return api.post("/v1/uploads", data=piece, expect=expect,
                    headers={**creation(photo_id, length, **others), **first, **(headers or {})})


def head(api, location, expect=200):
    return api.request("HEAD", location, headers=VERSION, expect=expect)


def offset(api, location):
    return int(head(api, location).headers["Upload-Offset"])


def patch(api, location, at, piece, expect=204, headers=None):
    return api.patch(location, data=piece, expect=expect,
                     headers={**VERSION, **PIECE, "Upload-Offset": str(at), **(headers or {})})


def delete(api, location, expect=204):
    return api.delete(location, headers=VERSION, expect=expect)
