"""Make the file operations of a process fail: each one that changes a file asks its parent first.

Linux hands a system call over to another process by a seccomp filter with a listener, which needs
no rights, no compiler and no change of the program: so SQLite, DuckDB and polars are covered as
well as Python, and whatever the process starts. `ask_before_operations` installs the filter in the
child; `answer` in the parent counts the operations below a folder and answers each: do it, fail
with an error, write only half, or die.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import re
import select
import signal
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.support.code_places import CodePlaces

# Operation → its number on x86_64 and on aarch64; null where there is no such call.
CALLS: dict[str, tuple[int | None, int | None]] = {
    "open": (2, None), "openat": (257, 56), "creat": (85, None),
    "write": (1, 64), "pwrite64": (18, 68), "writev": (20, 66), "pwritev": (296, 70),
    "fsync": (74, 82), "fdatasync": (75, 83), "msync": (26, 227),
    "ftruncate": (77, 46), "truncate": (76, 45), "fallocate": (285, 47),
    "sendfile": (40, 71), "copy_file_range": (326, 285),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "unlink": (87, None), "unlinkat": (263, 35), "rmdir": (84, None),
    "mkdir": (83, None), "mkdirat": (258, 34),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "utimensat": (280, 88),
}  # fmt: skip
READS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "pread64": (17, 67), "openat": (257, 56), "open": (2, None),
}  # fmt: skip
COLUMN = {"x86_64": 0, "aarch64": 1}.get(platform.machine())
SECCOMP, AUDIT_ARCH = ((317, 0xC000003E), (277, 0xC00000B7))[COLUMN or 0]
PIDFD_GETFD = 438
# Which argument is the file: its handle, or the folder's handle and its path, or its path alone.
HANDLE = {
    "write": 0, "pwrite64": 0, "writev": 0, "pwritev": 0, "fsync": 0, "fdatasync": 0,
    "ftruncate": 0, "fallocate": 0, "fchmod": 0, "sendfile": 0, "copy_file_range": 2,
    "read": 0, "pread64": 0,
}  # fmt: skip
PATH = {"open": 0, "creat": 0, "truncate": 0, "rename": 0, "link": 0, "symlink": 1, "unlink": 0,
        "rmdir": 0, "mkdir": 0, "chmod": 0}  # fmt: skip
AT = {"openat": 0, "renameat": 0, "renameat2": 0, "linkat": 0, "symlinkat": 1, "unlinkat": 0,
      "mkdirat": 0, "fchmodat": 0, "utimensat": 0}  # fmt: skip
FLAGS = {"open": 1, "openat": 2}
CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
WRITES = {"write", "pwrite64", "writev", "pwritev"}
GROWING = {*WRITES, "open", "openat", "creat", "fallocate", "sendfile", "copy_file_range",
           "mkdir", "mkdirat", "link", "linkat", "symlink", "symlinkat"}  # fmt: skip

Way = Literal["ENOSPC", "EIO", "EACCES", "full", "read only", "short", "torn", "kill", "unread"]
# Once each: no room, a fault of the disk, no right. From then on: no room, nothing may change.
# Half of what was to be written, the rest in a further write; half and then killed; killed
# before the operation. A fault of the disk in reading.
WAYS: tuple[Way, ...] = (
    "ENOSPC", "EIO", "EACCES", "full", "read only", "short", "torn", "kill", "unread",
)  # fmt: skip
ONCE = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EACCES")} | {"unread": errno.EIO}
LASTING = {"full": errno.ENOSPC, "read only": errno.EROFS}

libc = ctypes.CDLL(None, use_errno=True)


def possible() -> bool:
    """Whether this system hands system calls over; not where another listener is there already."""
    actions = Path("/proc/sys/kernel/seccomp/actions_avail")
    return COLUMN is not None and actions.is_file() and "user_notif" in actions.read_text()


def numbers(reading: bool) -> dict[int, str]:
    """The numbers of the calls to ask about on this machine → their names."""
    calls = READS if reading else CALLS
    found = {name: both[COLUMN or 0] for name, both in calls.items()}
    return {number: name for name, number in found.items() if number is not None}


# Parts of a program that looks at a system call: load a word; jump if equal, if a bit is set; end.
LOAD, EQUAL, BIT, END = 0x20, 0x15, 0x45, 0x06
ALLOW, ASK = 0x7FFF0000, 0x7FC00000


def _program(reading: bool) -> bytes:
    """The filter: ask about these calls, about opening only where it is (not) for reading."""
    lines: list[tuple[int, int, int, int]] = [
        (LOAD, 0, 0, 4), (EQUAL, 1, 0, AUDIT_ARCH), (END, 0, 0, ALLOW), (LOAD, 0, 0, 0),
    ]  # fmt: skip
    for number, name in numbers(reading).items():
        if name not in FLAGS:
            lines += [(EQUAL, 0, 1, number), (END, 0, 0, ASK)]
            continue
        lines += [
            (EQUAL, 0, 4, number), (LOAD, 0, 0, 16 + 8 * FLAGS[name]),
            (BIT, 0, 1, CHANGING), (END, 0, 0, ALLOW if reading else ASK),
            (END, 0, 0, ASK if reading else ALLOW),
        ]  # fmt: skip
    lines.append((END, 0, 0, ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def ask_before_operations(reading: bool = False) -> int:
    """Install the filter in this process; returns the handle on which the parent answers.

    OSError where the system does not allow it.
    """
    program = _program(reading)
    held = ctypes.create_string_buffer(program, len(program))
    filtered = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
    if libc.prctl(38, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    listener = libc.syscall(SECCOMP, 1, 1 << 3, filtered)
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return int(listener)


@dataclass(frozen=True)
class Question:
    """One operation that a process is about to do."""

    id: int
    pid: int
    name: str
    arguments: tuple[int, ...]

    @property
    def path(self) -> str:
        """The file it is about; empty where it can't be told."""
        try:
            if self.name in HANDLE:
                return os.readlink(f"/proc/{self.pid}/fd/{self.arguments[HANDLE[self.name]]}")
            if self.name in PATH:
                return self._text(self.arguments[PATH[self.name]], "cwd")
            if self.name in AT:
                at = AT[self.name]
                handle = struct.unpack("i", struct.pack("Q", self.arguments[at])[:4])[0]
                return self._text(self.arguments[at + 1], f"fd/{handle}" if handle >= 0 else "cwd")
        except OSError:
            pass
        return ""

    def _text(self, address: int, beside: str) -> str:
        text = os.fsdecode(self.memory(address, 4096).split(b"\0", 1)[0])
        return (
            text if text.startswith("/") else f"{os.readlink(f'/proc/{self.pid}/{beside}')}/{text}"
        )

    def memory(self, address: int, length: int) -> bytes:
        """Bytes of the process's memory."""
        with open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:
            return os.pread(memory.fileno(), length, address)

    def half_written(self) -> int:
        """Write the first half of what it is about to write, in its place; returns how much."""
        _handle, address, length, offset, *_ = self.arguments
        content = b""
        if self.name in ("writev", "pwritev"):
            for place, size in struct.iter_unpack("QQ", self.memory(address, 16 * length)):
                content += self.memory(place, size)
        else:
            content = self.memory(address, length)
        handle = self._handle()
        try:
            half = content[: max(1, len(content) // 2)]
            if self.name.startswith("p"):
                return os.pwrite(handle, half, offset)
            return os.write(handle, half)
        finally:
            os.close(handle)

    def _handle(self) -> int:
        """The process's own handle, taken over."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        group = int(
            next(line for line in status.splitlines() if line.startswith("Tgid")).split()[1]
        )
        process = os.pidfd_open(group)
        try:
            taken = libc.syscall(PIDFD_GETFD, process, self.arguments[0], 0)
        finally:
            os.close(process)
        if taken < 0:
            raise OSError(ctypes.get_errno(), "pidfd_getfd")
        return int(taken)


RANDOM = re.compile(r"(?<=work-)\w{8}(?=[./]|$)|(?<=reading-)\w{8}(?=[./]|$)|\d+")
NAMED_BY_CONTENT = re.compile(r"[^/]+(?=\.(parquet|csv|xlsx|xml|json|geojson|md)$)")


def likeness(operation: str) -> str:
    """An operation without what differs between files of one kind: numbers, random and own names."""
    name, _, path = operation.partition(" ")
    return f"{name} {NAMED_BY_CONTENT.sub('*', RANDOM.sub('N', path))}"


@dataclass
class Fault:
    """Which operation below `place` is to fail, counted from 1, and how; `done` are all of them.

    Counted are all operations, or only those that are `like` one (`likeness`). Where `places` are
    given, `done_from` are the places in the code that each operation was done from.
    """

    place: str
    way: Way | None = None
    at: int = 0
    like: str = ""
    places: CodePlaces | None = None
    done: list[str] = field(default_factory=list)
    done_from: list[tuple[str, ...]] = field(default_factory=list)
    struck: str = ""
    _alike: int = 0

    def decision(self, question: Question) -> int | Literal["half", "half and die", "die"]:
        """0 to let it be done, the number of an error, or what else is to happen."""
        path = question.path
        if not path.startswith(self.place):
            return 0
        self.done.append(f"{question.name} {path.removeprefix(self.place)}")
        if self.places:
            self.done_from.append(self.places.of(question.pid))
        self._alike += not self.like or likeness(self.done[-1]) == self.like
        due = self._alike >= self.at > 0
        if self.way in LASTING and due:
            grows = question.name in GROWING
            self.struck = self.struck or (self.done[-1] if grows or self.way != "full" else "")
            return LASTING[self.way] if grows or self.way != "full" else 0
        if self.struck or not due:
            return 0
        if self.way in ("short", "torn"):
            if question.name not in WRITES or question.arguments[2] < 2:
                return 0
            self.struck = self.done[-1]
            return "half" if self.way == "short" else "half and die"
        if self.way == "kill" or self.way in ONCE:
            self.struck = self.done[-1]
            return "die" if self.way == "kill" else ONCE[self.way]
        return 0


RECEIVE, SEND = 0xC0502100, 0xC0182101
GO_ON = 1


def answer(
    listener: int, child: int, fault: Fault, seconds: float | None = None,
    reading: bool = False,
) -> None:  # fmt: skip
    """Answer the operations of a child until it has ended; kill it after so many seconds."""
    names = numbers(reading)
    ended = os.pidfd_open(child)
    asked = select.poll()
    asked.register(listener, select.POLLIN)
    asked.register(ended, select.POLLIN)
    ends = None if seconds is None else time.monotonic() + seconds
    try:
        while True:
            left = None if ends is None else ends - time.monotonic()
            ready = [] if left is not None and left <= 0 else asked.poll(left and left * 1000)
            if not ready:
                os.kill(child, signal.SIGKILL)
                ends = None
            for handle, event in ready:
                if handle == ended:
                    return
                if event & select.POLLIN:
                    _answer_one(listener, child, fault, names)
                elif event & select.POLLHUP:
                    asked.unregister(listener)
    finally:
        os.close(ended)


def _answer_one(listener: int, child: int, fault: Fault, names: dict[int, str]) -> None:
    received = bytearray(80)
    try:
        fcntl.ioctl(listener, RECEIVE, received)
    except OSError:
        return  # It has died meanwhile.
    id_, pid, _flags, number, _arch, _at, *arguments = struct.unpack("QIIiIQ6Q", received)
    question = Question(id_, pid, names[number], tuple(arguments))
    decided = fault.decision(question)
    value, error, flags = 0, 0, 0
    if decided == 0:
        flags = GO_ON
    elif isinstance(decided, int):
        error = -decided
    else:
        value = question.half_written() if decided.startswith("half") else 0
        if decided.endswith("die"):
            os.kill(child, signal.SIGKILL)
            return
    with suppress(OSError):
        fcntl.ioctl(listener, SEND, bytearray(struct.pack("QqiI", id_, value, error, flags)))


def child_of(work: Callable[[], None], fault: Fault, seconds: float | None = None) -> int:
    """Fork, do the work in the child with its operations asked for; returns its exit status.

    The status is that of `os.waitstatus_to_exitcode`: negative where a signal killed it.
    """
    import socket

    reading = fault.way == "unread"
    ours, theirs = socket.socketpair()
    child = os.fork()
    if not child:
        status = 99
        try:
            ours.close()
            listener = ask_before_operations(reading)
            socket.send_fds(theirs, [b"l"], [listener])
            os.close(listener)
            if fault.places:
                fault.places.watch()
            work()
            status = 0
        finally:
            os._exit(status)
    theirs.close()
    with ours:
        _said, handles, *_ = socket.recv_fds(ours, 1, 1)
    if handles:
        try:
            answer(handles[0], child, fault, seconds, reading)
        finally:
            os.close(handles[0])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
