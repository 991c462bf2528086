"""A bad link between two network namespaces, packet by packet: real IP and real TCP on both ends, no kernel module.

usage: unshare --net link.py SETTINGS COMMAND... (--user --map-root-user, too, when not root)

COMMAND runs in a namespace of its own, the phone's, whose only way out is a TUN device; this process holds the other
end. Each direction has a rate, a queue with a ceiling that drops what is too much, a loss that strikes packets at random
and on their own, and a delay. Packets stay in order. What it does not have: jitter, bursts of loss, a rate that varies.

SETTINGS is JSON: bits_per_s, delay_ms (one way), loss, queue_packets, seed. Standard input is a socket of packets:
the first word through it carries a listening socket of the far end; "down SECONDS" through it lets the link swallow
everything for a while; the last word is what passed, as JSON.
"""

import array
import collections
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import time

PHONE, FAR_END = "10.77.0.1", "10.77.0.2"
PORT = 8443
MTU = 1400
CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000


def run(*command):
    subprocess.run(command, check=True)


def open_device(name, own, peer):
    """A TUN device of this namespace; what its descriptor gives and takes are IP packets."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH14x", name.encode(), IFF_TUN | IFF_NO_PI))
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", own, "peer", peer, "dev", name)
    run("ip", "link", "set", name, "mtu", str(MTU), "up")
    # The one that every kernel lets a namespace choose, and that takes losses hardest: what machines have by
    # default may not mind them at all.
    with open("/proc/sys/net/ipv4/tcp_congestion_control", "w", encoding="ascii") as setting:
        setting.write("reno")
    return descriptor


def start_phone(command):
    """Runs the command in a namespace of its own; answers its process id and the descriptor of its device."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        ours.close()
        if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
            sys.exit(os.strerror(ctypes.get_errno()))
        descriptor = open_device("phone", PHONE, FAR_END)
        socket.send_fds(theirs, [b"device"], [descriptor])
        theirs.recv(1)  # until the link is up
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.execvp(command[0], command)
    theirs.close()
    _, (descriptor,), _, _ = socket.recv_fds(ours, 16, 1)
    os.set_blocking(descriptor, False)
    return pid, descriptor, ours


class Flow:
    """How far one direction of a TCP connection is: what lies before that was sent before."""

    def __init__(self):
        self.end = None

    def resent(self, sequence, length):
        if self.end is None:
            self.end = sequence
        behind = (self.end - sequence) % 2**32
        if behind >= 2**31:  # sequence lies ahead
            behind = 0
        again = min(behind, length)
        if length > behind:
            self.end = (sequence + length) % 2**32
        return again


class Direction:
    """One way through the link."""

    def __init__(self, settings, seed):
        self.bytes_per_s = settings["bits_per_s"] / 8
        self.delay_s = settings["delay_ms"] / 1000
        self.loss = settings["loss"]
        self.queue_s = settings["queue_packets"] * MTU / self.bytes_per_s
        self.random = random.Random(seed)
        self.free_at = 0
        self.flows = collections.defaultdict(Flow)
        self.counts = collections.Counter()

    def enter(self, packet, now, is_down):
        """When the packet comes out at the other end; None: never."""
        payload = self.count(packet)
        if is_down:
            self.counts["swallowed_packets"] += 1
            self.counts["swallowed_bytes"] += payload
            return None
        begin = max(now, self.free_at)
        if begin - now > self.queue_s:
            self.counts["queue_full_packets"] += 1
            return None
        self.free_at = begin + len(packet) / self.bytes_per_s
        if self.random.random() < self.loss:  # it took its time on the line all the same
            self.counts["lost_packets"] += 1
            return None
        return self.free_at + self.delay_s

    def count(self, packet):
        """Answers how many bytes of TCP's payload are in it."""
        self.counts["packets"] += 1
        if packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_TCP:
            return 0
        head = 4 * (packet[0] & 15)
        ports, sequence = struct.unpack_from(">II", packet, head)
        payload = len(packet) - head - 4 * (packet[head + 12] >> 4)
        if packet[head + 13] & 2:  # SYN: a new connection, perhaps of old ports
            self.flows.pop(ports, None)
            return 0
        self.counts["payload_bytes"] += payload
        self.counts["resent_bytes"] += self.flows[ports].resent(sequence, payload)
        return payload


class Link:
    def __init__(self, settings, phone, far_end):
        self.ways = {phone: (Direction(settings, settings["seed"]), far_end),
                     far_end: (Direction(settings, settings["seed"] + 1), phone)}
        self.under_way = []
        self.number = 0
        self.down_until = 0

    def take(self, source, now):
        direction, target = self.ways[source]
        while True:
            try:
                packet = os.read(source, 65536)
            except BlockingIOError:
                return
            out_at = direction.enter(packet, now, now < self.down_until)
            if out_at is not None:
                self.number += 1
                heapq.heappush(self.under_way, (out_at, self.number, target, packet))

    def deliver(self, now):
        while self.under_way and self.under_way[0][0] <= now:
            _, _, target, packet = heapq.heappop(self.under_way)
            os.write(target, packet)

    def wait_s(self, now):
        return max(0, self.under_way[0][0] - now) if self.under_way else 0.2


def main():
    control = socket.socket(fileno=0)
    settings = json.loads(sys.argv[1])
    far_end = open_device("far", FAR_END, PHONE)
    listening = socket.create_server((FAR_END, PORT), backlog=128)
    pid, phone, starter = start_phone(sys.argv[2:])
    control.sendmsg([b"listening"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [listening.fileno()]))])
    listening.close()
    starter.send(b"!")
    link = Link(settings, phone, far_end)
    status = None
    while status is None:
        ready, _, _ = select.select([phone, far_end, control], [], [], link.wait_s(time.monotonic()))
        now = time.monotonic()
        for source in set(ready) & {phone, far_end}:
            link.take(source, now)
        if control in ready:
            word = control.recv(64).decode().split()
            if not word:
                os.kill(pid, signal.SIGKILL)
                sys.exit("nobody is there any more")
            else:
                link.down_until = now + float(word[1])
        link.deliver(time.monotonic())
        if os.waitpid(pid, os.WNOHANG)[0]:
            status = 0
    up, down = link.ways[phone][0].counts, link.ways[far_end][0].counts
    control.send(json.dumps({"up": up, "down": down}).encode())


if __name__ == "__main__":
    main()
