"""From which place in the board's code a process does something, told to its parent while it does it.

The child keeps, in memory that it shares with its parent, the chain of the board's own lines that
each of its threads is in, innermost last. What a library does on a thread of its own is done from
the place where the main thread called that library.
"""

from __future__ import annotations

import mmap
import sys
import threading
from itertools import count
from pathlib import Path
from types import FrameType

import board

FOLDER = f"{Path(board.__file__).parent}/"
ROOM, THREADS = 1 << 13, 16


class CodePlaces:
    """Shared with children that are forked later: where in the code the newest of them is."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, ROOM * THREADS)

    def of(self, thread: int) -> tuple[str, ...]:
        """The lines of the board that a thread of the child is in, as "file:line", innermost last."""
        begins = range(0, ROOM * THREADS, ROOM)
        begin = next((one for one in begins if self._number(one) == thread), 0)
        chain = self._shared[begin + 8 : begin + 8 + self._number(begin + 4)]
        return tuple(chain.decode().split())

    def watch(self) -> None:
        """In the child: tell the parent from now on where each thread is."""
        numbers = count()
        own = threading.local()

        def profile(frame: FrameType, event: str, _argument: object) -> None:
            if not hasattr(own, "chains"):
                own.begin, own.chains = ROOM * (next(numbers) % THREADS), [b""]
                self._tell(own.begin, threading.get_native_id())
            chains = own.chains
            if event == "call":
                chains.append(chains[-1] + _line(frame.f_back))
            elif event == "return":
                if len(chains) > 1:
                    chains.pop()
                self._tell_chain(own.begin, chains[-1] + _line(frame.f_back))
            elif event == "c_call":
                self._tell_chain(own.begin, chains[-1] + _line(frame))

        threading.setprofile(profile)
        sys.setprofile(profile)

    def _number(self, at: int) -> int:
        return int.from_bytes(self._shared[at : at + 4], "little")

    def _tell(self, at: int, number: int) -> None:
        self._shared[at : at + 4] = number.to_bytes(4, "little")

    def _tell_chain(self, begin: int, chain: bytes) -> None:
        kept = chain[-(ROOM - 8) :]
        self._shared[begin + 8 : begin + 8 + len(kept)] = kept
        self._tell(begin + 4, len(kept))


def _line(frame: FrameType | None) -> bytes:
    """The line that a frame is at, where it is one of the board."""
    file = frame.f_code.co_filename if frame else ""
    if not frame or not file.startswith(FOLDER):
        return b""
    return f"{file.removeprefix(FOLDER)}:{frame.f_lineno} ".encode()
