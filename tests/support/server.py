"""The real server, started from its real program on a free port."""

import ctypes
import os
import random
import secrets
import signal
import socket
import subprocess
import time

import requests

from support.paths import PROGRAM


class Server:
    """Everything it writes lies in `folder`; `environment` adds settings, or overrides them."""

    def __init__(self, folder, postgres, program=PROGRAM, environment=None):
        self.folder = folder
        self.program = str(program)
        self.data_folder = folder / "data"
        self.log_path = folder / "server.log"
        self.operator_token = secrets.token_hex(32)
        self.process = None
        self._port = free_port()
        self.base_url = f"http://127.0.0.1:{self._port}"
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **os.environ,
            **postgres.environment(),
            "FIELDPROOF_LISTEN": f"127.0.0.1:{self._port}",
            "FIELDPROOF_DATA_DIR": str(self.data_folder),
            "FIELDPROOF_TOKEN_SECRET_FILE": self._secret_file("token", secrets.token_hex(32)),
            "FIELDPROOF_OPERATOR_TOKEN_FILE": self._secret_file("operator", self.operator_token),
            "FIELDPROOF_RECEIPT_KEY_FILE": self._secret_file("receipt", secrets.token_hex(32)),
            **(environment or {}),
        }
        self.data_folder.mkdir(exist_ok=True)

    def _secret_file(self, name, secret):
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(secret)
        return str(path)

    def run(self, *arguments):
        """Runs a subcommand, such as "migrate" or "sweep", to its end."""
        return subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def migrate(self):
        result = self.run("migrate")
        assert result.returncode == 0, result.stdout + result.stderr

    def start(self, wrapper=()):
        """Starts and waits until it is ready; `wrapper` is a command to start it through."""
        assert self.process is None, "the server runs already"
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [*wrapper, self.program, "serve"],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        deadline = time.monotonic() + 120
        while not self.is_ready():
            assert self.process.poll() is None, "the server ended:\n" + self.log_tail()
            assert time.monotonic() < deadline, "the server did not get ready:\n" + self.log_tail()
            time.sleep(0.02)

    def is_ready(self):
        try:
            return requests.get(self.base_url + "/readyz", timeout=30).status_code == 200
        except requests.ConnectionError:
            return False

    def stop(self):
        """Asks it to end, as an operator does, and returns its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self):
        """Ends the server and its child processes at once, wherever they are."""
        return self._end(signal.SIGKILL)

    def _end(self, signal_number):
        if self.process is None:
            return None
        process, self.process = self.process, None
        try:
            if signal_number == signal.SIGKILL:
                os.killpg(process.pid, signal_number)
            else:
                process.send_signal(signal_number)
        except ProcessLookupError:
            pass
        try:
            return process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise

    def await_end(self):
        """For a server that ends by itself: its exit status."""
        process, self.process = self.process, None
        return process.wait(timeout=60)

    def restart(self):
        self.stop()
        self.start()

    def log_text(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def log_tail(self, lines=30):
        return "\n".join(self.log_text().splitlines()[-lines:])


def _die_with_parent():
    """Runs in the child before the program: a killed test run leaves no server behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def free_port():
    """A port that nobody listens on right now, and that no connection on its way out is given."""
    while True:
        port = random.randrange(20000, 32768)
        with socket.socket() as probe:
            try:
                probe.bind(("0.0.0.0", port))
                return port
            except OSError:
                continue
