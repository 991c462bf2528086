"""The nginx in front of a server, started as script/server --https does."""

import os
import socket
import ssl
import subprocess
import urllib.parse

from support.paths import ROOT
from support.raw_http import RawConnection
from support.server import free_port

SCRIPT = ROOT / "script/front"
ADDRESSES = [f"127.0.0.{last}" for last in range(1, 6)]


class Front:
    """An nginx of its own for `server`, in `folder`."""

    def __init__(self, folder, server, addresses=ADDRESSES):
        self.folder = folder
        self.port = free_port()
        self.base_url = f"https://127.0.0.1:{self.port}"
        self._options = ["--dir", str(folder)]
        self.environment = {
            **os.environ,
            "FIELDPROOF_LISTEN": urllib.parse.urlsplit(server.base_url).netloc,
            "FIELDPROOF_FRONT_PORT": str(self.port),
            "FIELDPROOF_FRONT_ADDRESSES": " ".join(addresses),
        }

    def run(self, *action):
        return subprocess.run([SCRIPT, *self._options, *action], env=self.environment, capture_output=True, text=True,
                              timeout=60, check=False)

    def start(self):
        result = self.run("start")
        assert result.returncode == 0, result.stdout + result.stderr
        return self

    def stop(self):
        assert self.run("stop").returncode == 0

    def destroy(self):
        assert self.run("destroy").returncode == 0

    @property
    def certificate(self):
        return self.folder.resolve() / "certificate.pem"

    @property
    def authority(self):
        """What a client trusts."""
        return self.folder.resolve() / "authority/certificate.pem"

    def process(self):
        """The id of the nginx that started the others."""
        return int((self.folder.resolve() / "run/fieldproof-front.pid").read_text())

    def tls(self, protocols=("http/1.1",)):
        """What a client needs to trust it, and nobody else."""
        context = ssl.create_default_context(cafile=str(self.authority))
        context.set_alpn_protocols(list(protocols))
        return context

    def connect(self, source="127.0.0.1", timeout=20):
        """A connection by hand, from an address of this machine."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout, (source, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return RawConnection.over(self.tls().wrap_socket(plain, server_hostname="127.0.0.1"))
