#!/usr/bin/python3
"""The real server with a PostgreSQL of its own, for the browser tests. usage: serve.py PUBLIC_URL

Prints one line of JSON: where it is and the operator's key. Then answers POST /stop, /kill, /start and /restart on the
control address; /start and /restart take {"web": FOLDER}, to serve another build of the app, and {"settings": {NAME: VALUE}}.
Ends with its input."""

import http.server
import json
import os
import pathlib
import shutil
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from support.paths import PROGRAM, TEST_FOLDER  # noqa: E402
from support.postgres import Postgres  # noqa: E402
from support.server import Server  # noqa: E402


def control(server):
    """An HTTP server that does to `server` what it is told to."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            order = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            if "web" in order:
                server.environment["FIELDPROOF_WEB_DIR"] = order["web"]
            server.environment.update(order.get("settings", {}))
            getattr(server, {"/stop": "stop", "/kill": "kill", "/start": "start", "/restart": "restart"}[self.path])()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    return http.server.HTTPServer(("127.0.0.1", 0), Handler)


def serve(folder, public_url):
    postgres = Postgres(folder / "postgres")
    try:
        postgres.start()
        server = Server(folder / "server", postgres, environment={
            "FIELDPROOF_WEB_DIR": str(ROOT / "web/dist"), "FIELDPROOF_PUBLIC_URL": public_url,
        })
        server.migrate()
        server.start()
        controller = control(server)
        print(json.dumps({
            "server_url": server.base_url, "operator_token": server.operator_token, "folder": str(folder),
            "log_path": str(server.log_path), "control_url": f"http://127.0.0.1:{controller.server_address[1]}",
        }), flush=True)
        threading.Thread(target=lambda: (sys.stdin.read(), controller.shutdown()), daemon=True).start()
        # In this thread: a server ends with the thread that started it.
        controller.serve_forever(poll_interval=0.1)
        server.stop()
    finally:
        postgres.destroy()


def main():
    assert PROGRAM.exists(), f"{PROGRAM} is not there; run script/build"
    TEST_FOLDER.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"run-{os.getpid()}-", dir=TEST_FOLDER))
    try:
        serve(folder, sys.argv[1])
    finally:
        shutil.rmtree(folder)


main()
