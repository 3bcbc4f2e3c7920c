"""A newer bundle over an older one: the store of the old program opens, and the way back is there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.bundles import PROJECT, Installed, built, refused

# While nothing is tagged: the oldest program that has the whole way from workbook to page.
OLDEST = "008db67"


def git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", PROJECT, *words], capture_output=True, check=False, text=True
    )


def released() -> str:
    """The newest tag, or the oldest program."""
    tags = git("tag", "--list", "--sort=-version:refname", "--merged").stdout.split()
    return tags[0] if tags else OLDEST


@pytest.mark.soak
def test_an_older_store_opens_after_an_upgrade_and_the_old_program_can_come_back(
    tmp_path: Path,
) -> None:
    if refused():
        pytest.skip(f"no network namespace can be made here: {refused()}")
    if git("cat-file", "-e", released()).returncode:
        pytest.skip(f"this clone does not reach back to {released()}")
    house = Installed(tmp_path)
    old = built(tmp_path / "old", "--commit", released())
    assert house.install(old / "install.sh").returncode == 0
    samples = tmp_path / "samples"
    house.board("sample", "--out", str(samples), "--households", "60", "--months", "3")
    for month in sorted(samples.glob("*.xlsx")):
        loaded = house.board("load", str(month))
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    before = files(house)
    assert len(before) >= 3

    new = built(tmp_path / "new", "--wheels", str(old / "wheels"))
    upgraded(house, new)
    assert files(house) == before
    answer = house.walked("", "task_force", "admin")
    assert answer["left"] == []
    # Charts of so short a time are drawn elsewhere; here pages open, and ask nobody else.
    assert [text for text in answer["wrong"] if ": one on another:" not in text] == []
    once = backups(house)
    assert len(once) == 1
    upgraded(house, new)
    assert backups(house) == once, "nothing was upgraded, so nothing had to be saved"

    back = house.install(house.prefix / "current" / "install.sh", "--back")
    assert back.returncode == 0, back.stderr
    assert version(house) == (old / "VERSION").read_text()
    beside = tmp_path / "restored"
    restored = house.board("restore", str(once[0]), "--store", str(beside))
    assert restored.returncode == 0, restored.stderr
    assert house.board("verify", "--store", str(beside)).returncode == 0

    last = str(max(live(house)))
    written = house.board("withdraw", last, "--reason", "重复")
    assert written.returncode == 0, written.stdout + written.stderr
    upgraded(house, new)
    assert int(last) not in live(house), "what the old program wrote stands"
    assert len(backups(house)) == 2


def upgraded(house: Installed, new: Path) -> None:
    """Install the new bundle; its program is then in use, and finds nothing wrong."""
    done = house.install(new / "install.sh")
    assert done.returncode == 0, done.stderr
    assert version(house) == (new / "VERSION").read_text()
    assert json.loads(house.board("verify", "--format", "json").stdout)["ok"]


def live(house: Installed) -> list[int]:
    """The numbers of the batches that stand, as the board in use lists them."""
    listed = json.loads(house.board("batches", "--format", "json").stdout)
    return [row["batch"] for row in listed if row["state"] == "live"]


def files(house: Installed) -> list[object]:
    """The files of every batch, as the board in use lists them."""
    return [row["files"] for row in json.loads(house.board("batches", "--format", "json").stdout)]


def version(house: Installed) -> str:
    return (house.prefix / "current" / "VERSION").read_text()


def backups(house: Installed) -> list[Path]:
    return sorted((house.place / "backups").glob("before-*.tar"))
