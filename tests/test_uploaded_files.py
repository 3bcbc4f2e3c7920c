"""Uploaded files on disk, and fields of forms: bounded by the server, whatever a browser sends."""

from __future__ import annotations

import ast
import inspect
import tempfile
import threading
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from board.backup import backup
from board.intake import check, plans
from board.reference import shipped_plan
from board.serve.__main__ import temporary_files
from board.storage import RefusedError, prepare
from board.ui.forms import accounts, files, upload
from board.ui.forms import plans as plan_forms
from tests.support.rows import household
from tests.support.stores import batch
from tests.support.workbooks import book, table

PROJECT = Path(__file__).resolve().parent.parent


def uploaded(name: str) -> UploadedFile:
    """A file as Streamlit hands it over: its name is what the browser said."""
    return UploadedFile(UploadedFileRec("1", name, "text/csv", b"x"), FileURLs())


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = tmp_path / "store"
    prepare(store)
    monkeypatch.setenv("BOARD_STORE", str(store))
    return store


@pytest.mark.parametrize(
    "name", ["", "..", "../..", "a" * 300 + ".csv", "台" * 90, "a\0b.csv", "a\nb.csv"]
)
def test_a_name_that_no_disk_takes_is_refused_in_words(name: str, root: Path) -> None:
    for take in (
        lambda: files.on_disk([uploaded(name)], len),
        lambda: plan_forms.on_disk([uploaded(name)], lambda path: path),
    ):
        with pytest.raises(RefusedError) as refused:
            take()
        assert refused.value.code == "bad_file_name"
        assert refused.value.message.en


@pytest.mark.parametrize(
    "name", ["a.csv", "../../etc/passwd.csv", "台账 9月.csv", "..csv", "x" * 236 + ".csv"]
)
def test_a_file_lies_in_a_folder_of_its_own_in_the_store(name: str, root: Path) -> None:
    def seen(paths: list[Path]) -> list[Path]:
        assert all(path.is_relative_to(root / "staging") and path.is_file() for path in paths)
        return paths

    paths = files.on_disk([uploaded(name), uploaded(name)], seen)
    assert len(set(paths)) == 2
    assert not any(path.exists() for path in paths)
    assert list((root / "staging").iterdir()) == []


def test_nothing_personal_is_written_outside_the_store(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = book(tmp_path / "a.xlsx", {"户台账": table("households")})
    batch(root, households=[household("H1")])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "no such folder"))
    assert check([file], root).rows
    assert plans.examine(shipped_plan(), root)[1]
    assert accounts.backup_bytes()
    backup(root, tmp_path / "backup.tar")


def test_while_the_board_serves_libraries_put_temporary_files_into_the_store(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    with temporary_files(root), tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).is_relative_to(root / "staging")
    assert list((root / "staging").iterdir()) == []


def test_checks_run_two_at_a_time_and_the_rest_wait_in_sight() -> None:
    inside, most = [0], [0]
    lock, go = threading.Lock(), threading.Event()

    def one() -> None:
        with files.turn():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            go.wait(10)
            with lock:
                inside[0] -= 1

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(200):
        if inside[0] == files.AT_ONCE and len(files._waiting) == 4:
            break
        go.wait(0.02)
    assert (inside[0], len(files._waiting)) == (files.AT_ONCE, 4)
    go.set()
    for thread in threads:
        thread.join(10)
    assert (most[0], files._waiting) == (files.AT_ONCE, [])


def of_name(node: ast.AST, name: str) -> bool:
    """Whether this is a call of a function of that name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


@pytest.mark.parametrize("form", [upload, plan_forms], ids=lambda form: form.__name__)
def test_every_use_of_uploaded_files_waits_its_turn(form: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(form))
    in_turn = {
        inner
        for block in ast.walk(tree)
        if isinstance(block, ast.With) and of_name(block.items[0].context_expr, "turn")
        for inner in ast.walk(block)
    }
    uses = {node for node in ast.walk(tree) if of_name(node, "on_disk")}
    assert uses
    assert uses <= in_turn


def field() -> None:
    import streamlit as st

    from board.ui.forms.fields import text_field

    st.markdown(len(text_field("说明", 200)))


def test_a_text_longer_than_its_field_allows_is_cut_by_the_server() -> None:
    at = AppTest.from_function(field).run()
    at.text_input[0].set_value("x" * 5000).run()
    assert at.markdown[0].value == "200"


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "board" / "ui").rglob("*.py")), ids=lambda path: path.stem
)
def test_every_field_for_a_text_is_one_that_the_server_bounds(path: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    free = called & {"text_input", "text_area", "chat_input", "data_editor"}
    assert free <= ({"text_input"} if path.stem == "fields" else cast("set[str]", set()))
