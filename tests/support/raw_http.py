"""HTTP by hand, for requests that no client library would send."""

import json
import select
import socket
import time
import urllib.parse


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)


class RawConnection:
    """One TCP connection to the server; `segment_bytes` makes it one of small segments and buffers."""

    def __init__(self, base_url, timeout=20, segment_bytes=None):
        parts = urllib.parse.urlsplit(base_url)
        self.socket = socket.socket()
        self.socket.settimeout(timeout)
        if segment_bytes:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment_bytes)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * segment_bytes)
        self.socket.connect((parts.hostname, parts.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    @classmethod
    def over(cls, connected):
        """The same over a connection that is there already."""
        connection = cls.__new__(cls)
        connection.socket, connection._buffer = connected, b""
        return connection

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        """Sends what the server still takes; it may refuse and close early."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return self

    def drip(self, data, pause_s):
        """Sends byte by byte until the server answers or everything is out."""
        for byte in data:
            if select.select([self.socket], [], [], 0)[0]:
                return self
            try:
                self.socket.sendall(bytes([byte]))
            except (BrokenPipeError, ConnectionResetError):
                return self
            time.sleep(pause_s)
        return self

    def answer(self):
        """The next answer; None when the server closed without one."""
        while b"\r\n\r\n" not in self._buffer:
            if not self._receive():
                return None
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
        length = int(headers.get("content-length", "0"))
        while len(self._buffer) < length:
            if not self._receive():
                break
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return Answer(status, headers, body)

    def is_closed(self):
        """Whether the server closes in a while, without sending anything more."""
        self.socket.settimeout(30)
        try:
            return not self._buffer and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def _receive(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            return False
        self._buffer += data
        return bool(data)
