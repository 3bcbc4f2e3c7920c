"""A backup that lacks a part, has another shape or leads elsewhere is damaged, whatever is in it."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from board.backup import backup, restore
from board.journal import Journal
from board.storage import RefusedError
from tests.support.rows import household
from tests.support.stores import batch

Members = dict[str, bytes]
ABOUT = "backup.json"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """The members of a good backup."""
    place = tmp_path_factory.mktemp("whole")
    batch(place / "store", households=[household("H1")])
    backup(place / "store", place / "backup.tar")
    with tarfile.open(place / "backup.tar") as tar:
        return {
            member.name: content.read()
            for member in tar
            if (content := tar.extractfile(member)) is not None
        }


def packed(
    members: Members, file: Path, change: Callable[[tarfile.TarInfo], None] | None = None
) -> Path:
    with tarfile.open(file, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            if change:
                change(member)
            tar.addfile(member, io.BytesIO(content))
    return file


def refused(file: Path, store: Path) -> str:
    """Why a restore is refused; nothing may be stored."""
    with pytest.raises(RefusedError) as refusal:
        restore(store, file)
    assert Journal(store).batches() == []
    assert not list((store / "batches").iterdir())
    return refusal.value.code


def about(whole: Members, **changes: Any) -> Members:
    return whole | {ABOUT: json.dumps(json.loads(whole[ABOUT]) | changes).encode()}


SHAPES: list[Any] = [
    b"", b"null", b"[]", b"7", b'"x"', b"{}", b"{", b"\xff\xfe", b"[" * 100_000,
    b'{"format": 1}', b'{"format": 1, "sha256": null}', b'{"format": 1, "sha256": []}',
    b'{"format": 1, "sha256": {"register.sqlite": 7}}', b'{"format": 1, "sha256": {"../key": "x"}}',
    b'{"format": 1, "sha256": {"/etc/passwd": "x"}}', b'{"format": 1, "sha256": {}}',
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=range(len(SHAPES)))
def test_a_description_of_another_shape_is_damage(
    shape: bytes, whole: Members, tmp_path: Path
) -> None:
    file = packed(whole | {ABOUT: shape}, tmp_path / "b.tar")
    assert refused(file, tmp_path / "store") in ("damaged_backup", "unknown_format")


@pytest.mark.parametrize(
    "names",
    [{"../key": "x"}, {"/etc/hostname": "x"}, {"key": 7}, {"key": "x"}, {}, None, {"batches": "x"}],
    ids=str,
)
def test_hashes_name_the_parts_of_the_backup_and_no_other_file(
    names: object, whole: Members, tmp_path: Path
) -> None:
    file = packed(about(whole, sha256=names), tmp_path / "b.tar")
    assert refused(file, tmp_path / "store") == "damaged_backup"


@pytest.mark.parametrize("at", [7, [], {}, "yesterday", "9999"], ids=str)
def test_a_time_that_is_none_is_damage(at: object, whole: Members, tmp_path: Path) -> None:
    file = packed(about(whole, at=at), tmp_path / "b.tar")
    assert refused(file, tmp_path / "store") == "damaged_backup"


def test_every_part_that_is_missing_or_emptied_or_cut_is_damage(
    whole: Members, tmp_path: Path
) -> None:
    number = 0
    for name, content in whole.items():
        for changed in (
            None,
            b"",
            content[: len(content) // 2],
            content[::-1],
            b"\0" * len(content),
        ):
            members = {k: v for k, v in whole.items() if k != name}
            if changed is not None:
                members[name] = changed
            if changed == content:
                continue
            number += 1
            file = packed(members, tmp_path / f"{number}.tar")
            code = refused(file, tmp_path / f"store{number}")
            assert code in ("damaged_backup", "unknown_format"), name
    assert number > 15


STRANGERS = [
    "../outside", "/absolute", "batches/../../x", "batches/1/../../../x", "key/x", "register.sqlite/x",
    "batches/1/a/b/c", "batches/x/y", "heads", "batches/1/" + "a" * 300, "batches/1/\u202ekey",
    "batches/99/manifest.json", "batches/1/received/..",
]  # fmt: skip


@pytest.mark.parametrize("name", STRANGERS)
def test_a_name_that_leads_elsewhere_or_is_none_of_a_backup_is_damage(
    name: str, whole: Members, tmp_path: Path
) -> None:
    file = packed(whole | {name: b"x"}, tmp_path / "b.tar")
    assert refused(file, tmp_path / "store") == "damaged_backup"
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_a_part_that_is_no_file_is_damage(kind: bytes, whole: Members, tmp_path: Path) -> None:
    def change(member: tarfile.TarInfo) -> None:
        if member.name == "key":
            member.type, member.linkname = kind, "/etc/hostname"

    file = packed(whole, tmp_path / "b.tar", change)
    assert refused(file, tmp_path / "store") == "damaged_backup"


def test_a_whole_backup_is_restored_by_a_python_whose_tarfile_knows_no_filter(
    whole: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11.2, the one of Debian 12, is such a one."""

    def extract(tar: tarfile.TarFile, member: Any, path: str = "", set_attrs: bool = True) -> None:
        raise AssertionError("not needed")

    monkeypatch.setattr(tarfile.TarFile, "extract", extract)
    restore(tmp_path / "store", packed(whole, tmp_path / "backup.tar"))
    assert [one.number for one in Journal(tmp_path / "store").batches()] != []
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "store" / "batches").rglob("*.*")}
    assert modes == {0o600}
