"""How the code is laid out: directions of imports, private names, sizes, pinned packages."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.support.answers import present

PROJECT = Path(__file__).resolve().parent.parent
PAGES = sorted([*PROJECT.glob("app.py"), *(PROJECT / "pages").glob("*.py")])
VAGUE = {"found", "told", "said"}


def test_imports_point_down_only() -> None:
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
def test_a_page_knows_sections_and_ui_and_nothing_below(page: Path) -> None:
    below = ("store", "publish", "journal", "workbook", "intake", "metrics", "catalogue", "figures")
    reached = [
        name
        for name in imported(page)
        if name.split(".")[0] in {"duckdb", "polars", "plotly", "sqlite3"}
        or (name.startswith("board.") and name.split(".")[1] in below)
    ]
    assert reached == []


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.lower())


def pins(name: str) -> dict[str, Requirement]:
    """The pinned requirements of a file by name."""
    lines = (PROJECT / name).read_text("utf-8").splitlines()
    found = [Requirement(line.split("  #")[0]) for line in lines if not line.startswith("#")]
    return {normal(requirement.name): requirement for requirement in found}


def declared(group: str) -> dict[str, Requirement]:
    """What pyproject.toml declares for the board (`run`), or for the board and its tests."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    lines = project["project"]["dependencies"]
    if group == "dev":
        lines = lines + project["dependency-groups"]["dev"]
    return {normal(wanted.name): wanted for wanted in map(Requirement, lines)}


def needed(roots: set[str], *, everywhere: bool) -> set[str]:
    """The packages that these need, through others too; on every system, or on this one."""
    names: set[str] = set()
    waiting = set(roots)
    while waiting:
        name = waiting.pop()
        names.add(name)
        try:
            requirements = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:  # A package of another system.
            continue
        for wanted in requirements:
            marker = wanted.marker
            if marker is None or (
                "extra" not in str(marker) if everywhere else marker.evaluate({"extra": ""})
            ):
                waiting |= {normal(wanted.name)} - names
    return names


LOCKED = [("requirements.txt", "run"), ("requirements-dev.txt", "dev")]


@pytest.mark.parametrize("name", [name for name, _ in LOCKED])
def test_requirements_are_pinned_and_name_no_place(name: str) -> None:
    loose = [
        wanted
        for wanted in pins(name).values()
        if not re.fullmatch(r"==[^,*]+", str(wanted.specifier))
    ]
    assert loose == []
    assert re.findall(r"://|^-.*", (PROJECT / name).read_text("utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize(("name", "group"), LOCKED)
def test_what_is_declared_is_pinned_for_the_same_systems(name: str, group: str) -> None:
    pinned = pins(name)
    assert declared(group).keys() - pinned.keys() == set()
    for key, wanted in declared(group).items():
        version = str(pinned[key].specifier).removeprefix("==")
        assert version in wanted.specifier, f"make lock: {key}"
        assert pinned[key].marker == wanted.marker, f"make lock: {key}"


@pytest.mark.parametrize(("name", "group"), LOCKED)
def test_requirements_are_complete_and_none_is_idle(name: str, group: str) -> None:
    roots, pinned = set(declared(group)), set(pins(name))
    assert needed(roots, everywhere=False) - pinned == set()
    assert pinned - needed(roots, everywhere=True) == set()


def test_tests_run_on_the_versions_the_board_is_served_with() -> None:
    served, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name for name in served if str(served[name]) != str(tested.get(name))} == set()


def homes_of_imports() -> dict[str, set[str]]:
    """The foreign modules that the board imports, each with the packages it can come from."""
    homes = packages_distributions()
    foreign = {
        name.split(".")[0]
        for path in [*(PROJECT / "board").rglob("*.py"), *PAGES]
        for name in imported(path)
    } - {"board", *sys.stdlib_module_names}
    return {name: {normal(home) for home in homes.get(name, [name])} for name in foreign}


def test_what_the_board_imports_is_declared() -> None:
    names = set(declared("run"))
    assert {name for name, homes in homes_of_imports().items() if not homes & names} == set()


def test_what_is_declared_is_imported_or_served_with() -> None:
    served_with = {"httptools", "uvloop", "websockets"}
    assert set(declared("run")) - set().union(*homes_of_imports().values()) - served_with == set()


def home_of_private(name: str) -> tuple[str, ...] | None:
    """The folder that holds a private module or name; None where no part of the name is private."""
    parts = name.split(".")
    for number, part in enumerate(parts):
        if part.startswith("_") and not part.startswith("__"):
            home = tuple(parts[:number])
            return home if (PROJECT / Path(*home)).is_dir() else home[:-1]
    return None


def test_a_private_module_or_name_is_imported_inside_its_folder_alone() -> None:
    strays = []
    for path in sorted([*(PROJECT / "board").rglob("*.py"), *(PROJECT / "tests").rglob("*.py")]):
        own = path.relative_to(PROJECT).parent.parts
        for name in imported(path):
            home = home_of_private(name)
            if home and home[0] in ("board", "tests") and name != "board.i18n._":
                strays += [f"{path.name}: {name}"] if own[: len(home)] != home else []
    assert strays == []


def test_no_file_of_the_board_is_longer_than_300_lines() -> None:
    lengths = {
        path: len(path.read_text("utf-8").splitlines())
        for path in (PROJECT / "board").rglob("*.py")
    }
    assert [str(path) for path, length in lengths.items() if length > 300] == []


def test_half_of_the_functions_are_no_longer_than_ten_lines() -> None:
    functions = [
        present(node.end_lineno) - node.lineno + 1
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


def test_a_local_variable_is_a_noun_that_says_what_it_holds() -> None:
    board = PROJECT / "board"
    vague = {
        path.relative_to(board).as_posix(): bound
        for path in sorted(board.rglob("*.py"))
        if (bound := locals_of(path) & VAGUE)
    }
    assert vague == {}
