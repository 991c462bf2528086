"""A crowd of slow connections. usage: crowd.py JOB.json

The job holds port, certificate (null: plain HTTP), token, uploads and picture (paths), counts (by kind), at_once.
Prints a line of JSON once all of them have come and `at_once` of them are there at the same moment, and another when
a line on standard input sends them home. Who is cut off comes again.
"""

import asyncio
import collections
import contextlib
import json
import os
import pathlib
import resource
import socket
import ssl
import sys
import time

FILES_BESIDE = 100
PAUSE_S = 2
LOG_IN = ("POST /v1/auth/log-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
          '{"organisation":"')
PICTURE = "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
PIECE = ("PATCH {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
         "Content-Type: application/offset+octet-stream\r\nContent-Length: 100000\r\n\r\n")


class Crowd:
    def __init__(self, job):
        self.job = job
        self.tls = ssl.create_default_context(cafile=job["certificate"]) if job["certificate"] else None
        self.here = collections.Counter()  # connections right now, by kind
        self.arrived = set()  # who has been connected
        self.ends = collections.Counter()  # how connections ended, by kind and first line of the answer
        self.turn = asyncio.Semaphore(40)  # handshakes at once

    async def connect(self, number, is_reader):
        """From one of 50 addresses: they are not one office."""
        own = socket.socket()
        own.setblocking(False)
        if is_reader:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        own.bind((f"127.0.1.{1 + number % 50}", 0))
        await asyncio.get_running_loop().sock_connect(own, ("127.0.0.1", self.job["port"]))
        return own

    @contextlib.asynccontextmanager
    async def streams(self, own):
        name = {"server_hostname": "127.0.0.1"} if self.tls else {}
        reader, writer = await asyncio.open_connection(sock=own, ssl=self.tls, limit=2048, **name)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def drip(self, own, head):
        """A byte now and then, until something is answered; its first line."""
        async with self.streams(own) as (reader, writer):
            writer.write(head.encode())
            answer = asyncio.ensure_future(reader.readline())
            try:
                while not answer.done():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.wait([answer], timeout=PAUSE_S)
                return answer.result().decode().strip()
            finally:
                answer.cancel()

    async def silent(self, own, _number):
        """Never begins the handshake."""
        await asyncio.get_running_loop().sock_recv(own, 1)
        return ""

    async def heads(self, own, _number):
        return await self.drip(own, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")

    async def bodies(self, own, _number):
        return await self.drip(own, LOG_IN)

    async def uploads(self, own, number):
        return await self.drip(own, PIECE.format(path=self.job["uploads"][number], token=self.job["token"]))

    async def readers(self, own, _number):
        """Asks for a large picture, and reads nothing of it."""
        async with self.streams(own) as (_reader, writer):
            writer.write(PICTURE.format(path=self.job["picture"], token=self.job["token"]).encode())
            while not writer.transport.is_closing():
                await asyncio.sleep(PAUSE_S)
        return ""

    async def member(self, kind, number):
        """Comes, is slow until it is cut off, and comes again."""
        while True:
            async with self.turn:
                own = await self.connect(number, kind == "readers")
            self.here[kind] += 1
            self.arrived.add((kind, number))
            try:
                end = await getattr(self, kind)(own, number)
            except (OSError, asyncio.IncompleteReadError) as error:
                end = type(error).__name__
            self.here[kind] -= 1
            own.close()
            self.ends[f"{kind}: {end}"] += 1
            await asyncio.sleep(PAUSE_S / 2)

    async def run(self):
        members = [asyncio.ensure_future(self.member(kind, number))
                   for kind, count in self.job["counts"].items() for number in range(count)]
        started = time.monotonic()
        most = 0
        while len(self.arrived) < len(members) or most < self.job["at_once"]:
            await asyncio.sleep(0.1)
            most = max(most, sum(self.here.values()))
            assert time.monotonic() < started + 300, f"only {len(self.arrived)} came, {most} at once: {dict(self.here)}"
        say("they are here")
        sent_home = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        counts = []
        while not sent_home.done():
            counts.append(sum(self.here.values()))
            await asyncio.sleep(0.2)
        say({"most": max(most, *counts), "mean": sum(counts) // len(counts), "here": dict(self.here), "ends": dict(self.ends)})


def say(what):
    print(json.dumps(what), flush=True)


def raise_file_limit(count):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < count + FILES_BESIDE:
        sys.exit(f"{count} connections need {count + FILES_BESIDE} open files; raise the hard limit (ulimit -Hn), which is {most}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main():
    job = json.loads(pathlib.Path(sys.argv[1]).read_text())
    raise_file_limit(sum(job["counts"].values()))
    asyncio.new_event_loop().run_until_complete(Crowd(job).run())
    os._exit(0)  # as phones do: without a word to the server


if __name__ == "__main__":
    main()
