"""Runs a command behind the bad link of tests/uploads/link.py, and joins the far end to a server of this machine."""

import json
import os
import select
import socket
import struct
import subprocess
import threading

from support.paths import ROOT

PROGRAM = ROOT / "tests/uploads/link.py"
FAR_END = "10.77.0.2"  # what the command calls the server
PORT = 8443
RESET = struct.pack("ii", 1, 0)


def _namespace():
    """The command that opens a network namespace: as root, as root of a user namespace, or by sudo."""
    if os.geteuid() == 0:
        return ["unshare", "--net"]
    if os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return ["unshare", "--user", "--map-root-user", "--net"]
    return ["sudo", "-n", "unshare", "--net"]


class BadLink:
    """`command` runs until its end while this is open; `port` is where connections lead to.

    `arrived_bytes` counts what came out at the far end of its TCP connections.
    """

    def __init__(self, settings, port, command, output):
        self._port = port
        self._connections = []
        self.arrived_bytes = 0
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # The socket is its standard input, because sudo passes nothing else on.
        self._process = subprocess.Popen(
            [*_namespace(), "/usr/bin/python3", str(PROGRAM), json.dumps(settings), *command],
            stdin=theirs, stdout=output, stderr=subprocess.STDOUT)
        theirs.close()
        try:
            _, descriptors, _, _ = socket.recv_fds(self._control, 64, 1)
            assert descriptors, "there is no link; it needs /dev/net/tun, ip, and the right to make network namespaces"
        except BaseException:
            self.close()
            raise
        self._listening = socket.socket(fileno=descriptors[0])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                far, _ = self._listening.accept()
            except OSError:
                return
            near = socket.create_connection(("127.0.0.1", self._port))
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._connections.append((far, near))
            threading.Thread(target=self._carry, args=(far, near), daemon=True).start()

    def _carry(self, far, near):
        """Until either end is done: what one sends the other gets."""
        other = {far: near, near: far}
        try:
            while True:
                for source in select.select([far, near], [], [])[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is far:
                        with self._lock:
                            self.arrived_bytes += len(data)
                    other[source].sendall(data)
        except (OSError, ValueError):
            pass
        finally:
            far.close()
            near.close()

    def reset_connections(self):
        """As a router does that forgot them; answers how many there were."""
        with self._lock:
            connections, self._connections = self._connections, []
        count = 0
        for pair in connections:
            for end in pair:
                if end.fileno() >= 0:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    end.shutdown(socket.SHUT_RD)  # wakes the one who waits for it, who then closes both
                    count += 1
        return count // 2

    def go_down(self, seconds):
        """A tunnel: nothing passes for so long, and nobody is told."""
        self._control.send(f"down {seconds}".encode())

    def is_running(self):
        return self._process.poll() is None

    def wait(self, timeout):
        """What passed, once the command has ended."""
        self._control.settimeout(timeout)
        result = json.loads(self._control.recv(4096))
        assert self._process.wait(10) == 0
        return result

    def close(self):
        self._control.close()  # it ends when nobody is there any more
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listening.close()
        self.close()
