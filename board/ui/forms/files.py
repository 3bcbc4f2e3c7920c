"""Uploaded files on disk: inside the store, under names that a disk takes, two checks at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from board import storage
from board.i18n import N_, _
from board.storage import RefusedError
from board.ui import state

LONGEST_NAME = 240  # bytes: a disk takes 255, and a second file of that name gets a number
AT_ONCE = 2
Result = TypeVar("Result")

_turns = threading.Semaphore(AT_ONCE)
_waiting: list[object] = []


def name_of(file: UploadedFile) -> str:
    """The file's own name; RefusedError where no disk takes it."""
    name = Path(file.name).name
    if not name.isprintable() or name in ("", "..") or len(name.encode()) > LONGEST_NAME:
        raise RefusedError(
            "bad_file_name",
            N_("文件名是空的、太长（超过 {n} 个字节）或有看不见的字符，请改名后再上传。"),
            n=LONGEST_NAME,
        )
    return name


def on_disk(files: Sequence[UploadedFile], use: Callable[[list[Path]], Result]) -> Result:
    """Run a function on the files, written under their own names to a folder inside the store.

    The folder goes afterwards, or with the store's next writer where the program was killed.
    """
    names = [name_of(file) for file in files]
    storage.prepare(state.root())
    with storage.refusing_disk_faults(), storage.staging(state.root()) as folder:
        paths = []
        for number, (name, file) in enumerate(zip(names, files, strict=True)):
            path = folder / str(number) / name
            path.parent.mkdir()
            path.write_bytes(file.getbuffer())
            paths.append(path)
        return use(paths)


@contextmanager
def turn() -> Iterator[None]:
    """Wait in sight until fewer than AT_ONCE checks run, then count as one of them."""
    if not _turns.acquire(blocking=False):
        place = object()
        _waiting.append(place)
        try:
            ahead = len(_waiting)
            with st.spinner(_("正在等别人的核对做完，您是第 {n} 个……", n=ahead), show_time=True):
                _turns.acquire()
        finally:
            _waiting.remove(place)
    try:
        yield
    finally:
        _turns.release()


@contextmanager
def unseen_turn() -> Iterator[None]:
    """Wait as `turn` does, where nothing can be drawn: in the thread of a download."""
    with _turns:
        yield
