"""A metric, a ledger, a page, a role and a chart more: no other file must name them.

The files of tests/additions are laid over a copy of the project, and `EDITS` adds the lines that
belong to files which are there already. The copy then passes the tests that look at every
declaration, and shows the new page to the new role: nothing that is written once more was left
out. The second half counts the same for what the project has.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
COPIED = (
    "app.py", "pages", "board", "queries", "locale", "docs", "README.md", "Makefile",
    "pyproject.toml", "CHANGELOG.md", "tests",
)  # fmt: skip
NOT_COPIED = shutil.ignore_patterns("__pycache__", "node_modules", "additions", "walks", "outside")
# File → (the line after which the lines of the addition stand, those lines).
EDITS = {
    "board/catalogue/community.py": (
        "DECLARED = (\n",
        '    Metric(key="patrols_made", label=N_("巡查次数"), measures=("22",),\n'
        '           definition=N_("年初至今的巡查次数。"),\n'
        '           **ACTIVITIES | {"ledgers": ("patrols",), "companions": ()}),\n',
    ),
    "board/access/roles.py#name": (
        '    ADMIN = "admin"\n',
        '    INSPECTOR = "inspector"\n',
    ),
    "board/access/roles.py#rights": (
        "RIGHTS: dict[Role, Rights] = {\n",
        '    Role.INSPECTOR: Rights(N_("督查员"), N_("只看汇总，查进度")),\n',
    ),
    "tests/gallery/examples.py#import": (
        "from board.catalogue import METRICS\n",
        "from board.figures.beads import beads\n",
    ),
    "tests/gallery/examples.py#example": (
        "EXAMPLES: dict[str, tuple[float, Example]] = {\n",
        '    "beads": (0.5, lambda t: beads([2, 3, 1], t)),\n',
    ),
    "tests/gallery/examples.py#empty": (
        "EMPTY: dict[str, Example] = {\n",
        '    "beads": lambda t: beads([], t),\n',
    ),
}
GENERIC = (
    "tests/test_words.py", "tests/test_documents.py", "tests/test_queries.py", "tests/test_figures.py",
    "tests/test_access.py", "tests/test_ledgers_held.py",
)  # fmt: skip
SHOWN = """
import os
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from board.catalogue import METRICS
from board.metrics import Period, Scope, read
from tests.support.rows import published

root = Path(os.environ["BOARD_STORE"])
patrols = [{"patrol_id": f"X{n}", "patrolled_on": date(2024, n, 5), "hazards": n} for n in (1, 2, 3)]
snapshot = published(root, patrols=patrols)
assert read(snapshot, METRICS["patrols_made"], Period.parse("2024-03"), Scope()).value == 3
page = AppTest.from_file("app.py", default_timeout=60).switch_page("pages/patrols.py")
page.query_params["period"] = "2024-03"
page.run()
assert not page.exception
print(page.title[0].value)
"""


def run(project: Path, *arguments: str, **environment: str) -> str:
    """What Python prints for a command in a copy of the project; it must succeed."""
    done = subprocess.run(
        [sys.executable, *arguments], check=False, cwd=project, capture_output=True, text=True,
        env={"PYTHONPATH": str(project), "PATH": "", "HOME": str(project), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with one addition of each kind, its documents written anew."""
    copy = tmp_path_factory.mktemp("project")
    for name in COPIED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, copy / name, ignore=NOT_COPIED)
        else:
            shutil.copy(PROJECT / name, copy / name)
    shutil.copytree(PROJECT / "data" / "reference", copy / "data" / "reference")
    shutil.copytree(PROJECT / "tests" / "additions", copy, dirs_exist_ok=True)
    for place, (after, lines) in EDITS.items():
        path = copy / place.split("#")[0]
        text = path.read_text("utf-8")
        assert text.count(after) == 1, place
        path.write_text(text.replace(after, after + lines), "utf-8")
    run(copy, "-m", "board.documents")
    return copy


def test_what_looks_at_every_declaration_takes_the_additions(project):
    run(project, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *GENERIC)


def test_the_new_role_sees_the_new_page_with_the_new_figure(project, tmp_path):
    title = run(project, "-c", SHOWN, BOARD_STORE=str(tmp_path), BOARD_ROLE="inspector")
    assert title.strip() == "巡查次数 3次"
