"""Keeps every request and response, for the contract pass that runs after the API tests."""

import json
import os


class Recorder:
    """Appends one JSON object a line to a file of this process."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self._file = open(folder / f"{os.getpid()}.jsonl", "a", encoding="utf-8")

    def record(self, response):
        """Keeps the response, and the redirects that led to it."""
        for step in [*response.history, response]:
            self._write(step)

    def _write(self, response):
        request = response.request
        self._file.write(json.dumps({
            "method": request.method,
            "path": request.path_url,
            "request_content_type": request.headers.get("Content-Type"),
            "request_json": _json_or_none(request.headers, request.body),
            "status": response.status_code,
            "headers": dict(response.headers),
            "content_type": response.headers.get("Content-Type"),
            "body_bytes": len(response.content),
            "body": _json_or_none(response.headers, response.content),
        }) + "\n")
        self._file.flush()

    def close(self):
        self._file.close()


def _json_or_none(headers, body):
    """The body if it says it is JSON and is; None for any other one."""
    if "json" not in headers.get("Content-Type", "") or not isinstance(body, (bytes, str)):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
