"""The rules for the whole code: directions of imports, pinned packages, names of variables."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGES = sorted([*PROJECT.glob("app.py"), *(PROJECT / "pages").glob("*.py")])
VAGUE = {"found", "told", "said"}
# Folders and files below board/ that still have local variables of these names.
NOT_YET: tuple[str, ...] = (
    "access/",
    "accounts/",
    "backup.py",
    "commands/",
    "findings.py",
    "i18n.py",
    "intake/",
    "journal/",
    "ledgers/",
    "metrics/",
    "publish/",
    "questions/",
    "repair.py",
    "retain.py",
    "sections/",
    "suppression/",
    "workbook/",
)


def test_imports_point_down_only():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; exit(lint_imports())"],
        check=False,
        cwd=PROJECT,
        env={"PYTHONPATH": str(PROJECT), "PATH": "", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :] + done.stderr


def imported(path: Path) -> set[str]:
    """The modules a file imports, with the names taken from a package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_knows_sections_and_ui_and_nothing_below(page):
    below = ("store", "publish", "journal", "workbook", "intake", "metrics", "catalogue", "figures")
    reached = [
        name
        for name in imported(page)
        if name.split(".")[0] in {"duckdb", "polars", "plotly", "sqlite3"}
        or (name.startswith("board.") and name.split(".")[1] in below)
    ]
    assert reached == []


def pinned(name: str) -> set[str]:
    lines = (PROJECT / name).read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith(("#", "-r "))}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_name_no_place(name):
    loose = [line for line in pinned(name) if not re.fullmatch(r"[a-z0-9-]+==[\w.+!]+", line)]
    assert loose == []


def test_what_the_board_imports_is_required_by_name():
    from importlib.metadata import packages_distributions

    homes = packages_distributions()
    names = {line.split("==")[0] for line in pinned("requirements.txt")}
    foreign = {
        name.split(".")[0]
        for path in [*(PROJECT / "board").rglob("*.py"), *PAGES]
        for name in imported(path)
    } - {"board", *sys.stdlib_module_names}
    unpinned = {
        name
        for name in foreign
        if not names & {re.sub(r"[-_.]+", "-", home.lower()) for home in homes.get(name, [name])}
    }
    assert unpinned == set()


def test_requirements_are_complete():
    from importlib.metadata import requires

    from packaging.requirements import Requirement

    names = {line.split("==")[0] for line in pinned("requirements.txt")}
    missing = set()
    for name in names:
        for wanted in map(Requirement, requires(name) or []):
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                missing |= {re.sub(r"[-_.]+", "-", wanted.name.lower())} - names
    assert missing == set()


def first_list() -> set[str]:
    """The requirements that the board imports or serves with: the first list of the file."""
    text = (PROJECT / "requirements.txt").read_text("utf-8").partition("\n\n")[0]
    return {line.split("==")[0] for line in text.splitlines() if not line.startswith("#")}


def test_what_the_first_list_names_is_imported_or_served_with():
    from importlib.metadata import packages_distributions

    homes = packages_distributions()
    names = {
        name.split(".")[0]
        for path in [*(PROJECT / "board").rglob("*.py"), *PAGES]
        for name in imported(path)
    }
    used = {re.sub(r"[-_.]+", "-", home.lower()) for name in names for home in homes.get(name, [])}
    served_with = {"httptools", "uvloop", "websockets"}
    assert first_list() - used - served_with == set()


def home_of_private(name: str) -> tuple[str, ...] | None:
    """The folder that holds a private module or name; None where no part of the name is private."""
    parts = name.split(".")
    for number, part in enumerate(parts):
        if part.startswith("_") and not part.startswith("__"):
            home = tuple(parts[:number])
            return home if (PROJECT / Path(*home)).is_dir() else home[:-1]
    return None


def test_a_private_module_or_name_is_imported_inside_its_folder_alone():
    strays = []
    for path in sorted([*(PROJECT / "board").rglob("*.py"), *(PROJECT / "tests").rglob("*.py")]):
        own = path.relative_to(PROJECT).parent.parts
        for name in imported(path):
            home = home_of_private(name)
            if home and home[0] in ("board", "tests") and name != "board.i18n._":
                strays += [f"{path.name}: {name}"] if own[: len(home)] != home else []
    assert strays == []


def test_no_file_of_the_board_is_longer_than_300_lines():
    lengths = {
        path: len(path.read_text("utf-8").splitlines())
        for path in (PROJECT / "board").rglob("*.py")
    }
    assert [str(path) for path, length in lengths.items() if length > 300] == []


def test_half_of_the_functions_are_no_longer_than_ten_lines():
    functions = [
        node.end_lineno - node.lineno + 1
        for path in (PROJECT / "board").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert statistics.median(functions) <= 10


def locals_of(path: Path) -> set[str]:
    """The parameters and variables that the functions of a file bind."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    bodies = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, functions)
    ]
    names = {node.arg for body in bodies for node in ast.walk(body) if isinstance(node, ast.arg)}
    return names | {
        node.id
        for body in bodies
        for node in ast.walk(body)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def test_a_local_variable_is_a_noun_that_says_what_it_holds():
    board = PROJECT / "board"
    vague = {
        name: bound
        for path in sorted(board.rglob("*.py"))
        if not (name := path.relative_to(board).as_posix()).startswith(NOT_YET)
        and (bound := locals_of(path) & VAGUE)
    }
    assert vague == {}
