"""The audit of the pinned packages says what a stored copy of the advisories knows, and how old it is."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from tests.support.audit import (
    KNOWN,
    LOCKS,
    NO_COPY,
    NONE_KNOWN,
    OLD_COPY,
    PROJECT,
    known,
    main,
    pins,
)


def advisory(*events: dict[str, str], name: str = "Board.Invented", **more: Any) -> dict[str, Any]:
    """An invented advisory about a package that does not exist."""
    affected = {
        "package": {"ecosystem": more.pop("ecosystem", "PyPI"), "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
        "versions": more.pop("versions", []),
    }
    written = datetime.now(UTC) - timedelta(days=more.pop("days", 1))
    return {
        "id": "TEST-2026-1", "modified": f"{written:%Y-%m-%dT%H:%M:%S}Z", "affected": [affected],
        "summary": "一个试验用的漏洞", **more,
    }  # fmt: skip


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock that pins one package, in another spelling, for one system."""
    path = tmp_path / "requirements.txt"
    path.write_text("# made\nboard-invented==2.1.0.post1 ; sys_platform == 'linux'  # via board\n")
    return path


def copied(folder: Path, *advisories: dict[str, Any]) -> Path:
    """A copy of these advisories, packed as OSV packs them."""
    path = folder / "PyPI.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number, one in enumerate(advisories):
            packed.writestr(f"TEST-{number}.json", json.dumps(one))
    return path


HIT = ({"introduced": "0"}, {"fixed": "2.2"})


def test_a_pinned_version_that_an_advisory_names_is_told_with_its_number(
    tmp_path: Path, lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--copy", str(copied(tmp_path, advisory(*HIT))), str(lock)]) == KNOWN
    assert "board-invented 2.1.0.post1: TEST-2026-1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("one", "is_known"),
    [
        (advisory({"introduced": "0"}, {"fixed": "2.1"}), False),
        (advisory({"introduced": "2.1"}, {"fixed": "2.2"}), True),
        (advisory({"introduced": "2.2"}), False),
        (advisory({"introduced": "0"}, {"last_affected": "2.1.0.post1"}), True),
        (advisory({"introduced": "0"}, {"last_affected": "2.1"}), False),
        (advisory({"fixed": "2.0"}, {"introduced": "0"}, {"introduced": "2.1"}), True),
        (advisory({"introduced": "9"}, versions=["2.1.post1"]), True),
        (advisory({"introduced": "not a version"}), True),
        (advisory(*HIT, name="another"), False),
        (advisory(*HIT, ecosystem="npm"), False),
        (advisory(*HIT, withdrawn="2026-01-01T00:00:00Z"), False),
    ],
)
def test_a_version_is_known_where_the_last_event_before_it_introduced_the_fault(
    one: dict[str, Any], is_known: bool
) -> None:
    hits = known({"board-invented": Version("2.1.0.post1")}, [one])
    assert [name for name, _advisory in hits] == ["board-invented"] * is_known


def test_without_a_copy_it_says_that_nothing_was_audited(
    tmp_path: Path, lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, empty = tmp_path / "broken.zip", tmp_path / "empty"
    broken.write_bytes(b"no zip")
    empty.mkdir()
    for path in (tmp_path / "nowhere.zip", broken, empty):
        assert main(["--copy", str(path), str(lock)]) == NO_COPY
        assert capsys.readouterr().out.startswith("Nothing was audited")


def test_an_old_copy_is_told_with_a_code_of_its_own(
    tmp_path: Path, lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = copied(tmp_path, advisory(*HIT, name="another", days=31))
    assert main(["--copy", str(old), str(lock)]) == OLD_COPY
    assert "31 days old" in capsys.readouterr().out
    assert main(["--copy", str(copied(tmp_path, advisory(*HIT, days=31))), str(lock)]) == KNOWN


def test_a_folder_of_advisories_is_a_copy_too(tmp_path: Path, lock: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "TEST-1.json").write_text(json.dumps(advisory(*HIT, name="another")))
    assert main(["--copy", str(folder), str(lock)]) == NONE_KNOWN


def test_every_line_of_both_locks_is_read() -> None:
    files = [PROJECT / name for name in LOCKS]
    lines = {
        line.split("==")[0].lower()
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if line and not line.startswith((" ", "#"))
    }
    assert len(pins(files)) == len(lines) > 100
