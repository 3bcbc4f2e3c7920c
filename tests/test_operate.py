"""docs/operate.md: every command in it is given in order, or, where it is root's, read for errors."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.bundle import DEPLOY
from tests.outside.cli import call
from tests.support.stores import town

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "operate.md").read_text("utf-8")
CHINESE, ENGLISH = PAGE.split("\n---\n")
INSTALLER = (DEPLOY / "install.sh").read_text("utf-8")
# What a fresh system has.
SYSTEM = {"bash", "systemctl", "journalctl", "timedatectl", "install", "mv", "cp", "df", "du"}


@dataclass(frozen=True)
class Block:
    """Commands of the page, and where they are given: `root`, `new` (machine), `damaged` (store)."""

    where: str
    text: str

    def lines(self) -> list[tuple[list[str], int]]:
        """Each command's words with the exit code that its comment states, else 0."""
        split = [line.partition("  #") for line in self.text.splitlines()]
        return [
            (shlex.split(command), int((re.findall(r"exit code (\d)", comment) or ["0"])[0]))
            for command, _, comment in split
        ]


def blocks(text: str) -> list[Block]:
    """The page's commands in order."""
    return [Block(*found) for found in re.findall(r"```sh *(\w*)\n(.*?)\n```", text, re.DOTALL)]


def test_both_languages_give_the_same_commands() -> None:
    assert blocks(CHINESE) == blocks(ENGLISH)
    assert blocks(CHINESE)


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """The folders that the page names, below a temporary one; the store holds a small town."""
    found = {"/var/backups/board": tmp_path / "backups", "/var/lib": tmp_path / "lib"}
    for folder in found.values():
        folder.mkdir()
    town(found["/var/lib"] / "board", households=60, months=3)
    return found


def test_every_command_of_the_board_does_what_the_page_says(places: dict[str, Path]) -> None:
    stores = {"": places["/var/lib"] / "board"}
    stores |= {"new": places["/var/lib"] / "of the new machine", "damaged": stores[""]}
    for block in blocks(CHINESE):
        if block.where == "root":
            continue
        if block.where == "damaged":
            last = max((stores[""] / "batches").iterdir(), key=lambda path: int(path.name))
            shutil.rmtree(last)
        for words, code in block.lines():
            assert words[0] == "board", words
            given = [_placed(word, places) for word in words[1:]]
            store = None if "--store" in given else stores[block.where]
            answer = call(*given, store=store)
            assert answer.code == code, (words, answer.out, answer.err)


def _placed(word: str, places: dict[str, Path]) -> str:
    """A word with the folder of the page exchanged for the temporary one."""
    for named, real in places.items():
        if word.startswith(named):
            return str(real) + word.removeprefix(named)
    return word


def test_commands_of_root_are_well_formed_and_name_what_is_installed() -> None:
    units = {path.name for path in (DEPLOY / "units").iterdir()}
    for block in blocks(CHINESE):
        if block.where != "root":
            continue
        checked = subprocess.run(["bash", "-n"], input=block.text, check=False, text=True)
        assert checked.returncode == 0
        for words, _ in block.lines():
            assert words[0] in SYSTEM, words
            if words[0] == "systemctl":
                named = {word for word in words[2:] if "*" not in word}
                assert {name if "." in name else f"{name}.service" for name in named} <= units
            if words[0] == "journalctl":
                named = {unit for option, unit in pairwise(words) if option == "-u"}
                assert {f"{name}.service" for name in named} <= units
            if words[0] == "bash":
                assert words[1].endswith("install.sh")
                assert set(words[2:]) <= options()


def options() -> set[str]:
    """The options that the installer takes."""
    return {
        word
        for words in re.findall(r"^    (--[^)]*)\)", INSTALLER, re.MULTILINE)
        for word in words.split(" | ")
    }


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["中文", "English"])
def test_the_page_names_every_option_and_folder_of_the_installer(text: str) -> None:
    named = set(re.findall(r"--[a-z-]+", text))
    assert options() - named - {"--units", "--no-service"} == set()
    defaults = set(re.findall(r":-(/(?:opt|etc|var)/[\w/]+)\}", INSTALLER))
    assert len(defaults) >= 4
    assert [path for path in defaults if path not in text] == []
    (kept,) = re.findall(r"BOARD_KEEP=(\d+)", INSTALLER)
    assert f" {kept} " in text or f" {kept}（" in text
    for name, at in (("backup", "2:30"), ("verify", "4:00")):
        assert f"{at}:00".zfill(8) in (DEPLOY / "units" / f"board-{name}.timer").read_text("utf-8")
        assert at in text


def test_what_is_said_of_windows_is_so() -> None:
    lines = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"][
        "dependencies"
    ]
    elsewhere = {line.split(">")[0] for line in lines if "sys_platform != 'win32'" in line}
    assert elsewhere == {"uvloop", "httptools"}
    imported = (PROJECT / "board/storage/lock.py").read_text("utf-8")
    assert "\nimport fcntl\n" in imported
    assert "\nimport resource\n" in (PROJECT / "board/workbook/child.py").read_text("utf-8")
