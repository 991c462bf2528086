"""Drives tests/faults/fault_injection.so inside the server: one rule at a time, and a log of all calls.

The layout of the page is that of tests/faults/fault_page.h.
"""

import dataclasses
import enum
import mmap
import struct

from support.paths import PROGRAM

LIBRARY = PROGRAM.parents[1] / "tests/faults/fault_injection.so"

_MAGIC = 0x46504C54
_HEADER = struct.Struct("=12I")
_HEADER_BYTES = 128
_EVENT = struct.Struct("=IIii128s128s")
_LOG_MAX = 16384


class Call(enum.IntEnum):
    CREATE = 0
    WRITE = 1
    SYNC_FILE = 2
    SYNC_FOLDER = 3
    LINK = 4
    RENAME = 5
    UNLINK = 6
    MKDIR = 7
    TRUNCATE = 8
    TOUCH = 9
    LOCK = 10
    COMMIT_SEND = 11
    COMMIT_SENT = 12
    COMMIT_DONE = 13
    REPLY = 14
    DECODER_WRITE = 15


class Phase(enum.IntEnum):
    BEFORE = 0
    AFTER = 1


class Action(enum.IntEnum):
    FAIL = 1
    SHORT = 2
    DELAY = 3
    KILL = 4
    CRASH = 5


@dataclasses.dataclass
class Event:
    """One call, before or after it was made; `name` is below the data folder."""

    call: Call
    phase: Phase
    thread: int
    result: int
    name: str
    source: str


class Faults:
    """`environment` belongs into the server's."""

    def __init__(self, path):
        size = _HEADER_BYTES + _LOG_MAX * _EVENT.size
        path.write_bytes(_HEADER.pack(_MAGIC, *[0] * 11))
        with open(path, "r+b") as file:
            file.truncate(size)
            self._page = mmap.mmap(file.fileno(), size)
        self.environment = {"LD_PRELOAD": str(LIBRARY), "FAULT_PAGE": str(path)}

    def _word(self, index):
        return struct.unpack_from("=I", self._page, 4 * index)[0]

    def _set(self, index, value):
        struct.pack_into("=I", self._page, 4 * index, value)

    def arm(self, calls, action, first=1, last=None, error=0, delay_ms=0, phase=Phase.BEFORE):
        """From now on the matching calls number `first` to `last` (default: only the first) are hit."""
        self.disarm()
        mask = sum(1 << call for call in calls)
        for index, value in enumerate((mask, first, last or first, action, error, delay_ms, phase, 0, 0), 2):
            self._set(index, value)
        self._set(1, 1)

    def disarm(self):
        """Ends the rule and answers how many calls it has hit."""
        self._set(1, 0)
        return self.fired

    @property
    def matched(self):
        return self._word(9)

    @property
    def fired(self):
        return self._word(10)

    def clear_log(self):
        self._set(11, 0)

    def log(self):
        """Every call since clear_log()."""
        length = self._word(11)
        assert length <= _LOG_MAX, "the log of calls is too short for this test"
        return [self._event(index) for index in range(length)]

    def _event(self, index):
        call, phase, thread, result, name, source = _EVENT.unpack_from(self._page, _HEADER_BYTES + index * _EVENT.size)
        return Event(Call(call), Phase(phase), thread, result, _text(name), _text(source))

    def close(self):
        self._page.close()


def _text(field):
    return field.split(b"\0", 1)[0].decode()
