"""What an addition costs: one of each is added to a copy of the project and served by what is there.

The first half adds a ledger, a metric, a page, a role and a chart, compares the files that were
touched with what CONTRIBUTING.md says, opens the page as the new role, and runs tests of the project
in the copy. The words in locale/en are one more file of each addition.

The second half counts for examples that exist in which files the example's key stands as a whole
word. Uses that are the product's meaning are not registration and not counted: `USES` lists, for
each kind, where they stand (a metric that reads a ledger, a page that draws a chart, the rows of the
sample, stored words of earlier programs). Generated tables and documents are not counted either,
nor are tests.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from board.documents import MADE
from tests.support.answers import present

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ("board", "queries", "locale", "pages", "data", "docs", "tests")
FILES = (
    "app.py", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml", "Makefile", "requirements.txt", "requirements-dev.txt",
    ".streamlit/config.toml",
)  # fmt: skip

LEDGER = '''"""巡查台账：每次巡查。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Patrols(Ledger):
    """一行是一次巡查。"""

    sheet = "巡查台账"
    name = "patrols"
    keeper = "社会事务局"
    dated_by = "walked_on"

    patrol_id = column.text("巡查编号", key=True)
    walked_on = column.date("巡查日期", required=True)
    way = column.code("方式", ["步巡", "车巡"])
'''
METRIC = """
    Metric(
        key="patrols_walked",
        label=N_("巡查次数"),
        unit=units.TIMES,
        definition=N_("期内的巡查次数。"),
        ledgers=("patrols",),
        kind="count",
        span="period",
        scopes=("plan",),
    ),
"""
QUERY = """-- 巡查次数:期内巡查了几次?
-- 一行 = 一次巡查。
-- 参数 $since $until:起止月份,含首尾。
select
    date_trunc('month', walked_on)::date as period,
    1 as numerator,
    1 as denominator,
    0 as missing,
    0 as unreported,
    way,
    patrol_id as subject,
    batch,
    file,
    sheet,
    row
from patrols
where date_trunc('month', walked_on)::date between $since and $until
order by period, subject
"""
CHART = '''"""A number as a single bar."""

from __future__ import annotations

from typing import Any

from board.figures.shared.parts import empty, figure
from board.i18n import _
from board.theme import Theme


def single_bar(value: float | None, theme: Theme) -> dict[str, Any]:
    """A bar as long as the value; customdata is not set."""
    if value is None:
        return empty(theme, _("没有可画的数据。"))
    bar = {"type": "bar", "x": [value], "y": [0], "orientation": "h", "marker": {"color": theme.accent}}
    return figure([bar], theme, str(value), 120)
'''
SECTION = '''"""巡查: how many patrols there were."""

from board.access import Audience
from board.figures.single_bar import single_bar
from board.i18n import N_
from board.sections.indicators import course_finding, course_table
from board.sections.section import Panel, Section, View


def headline(view: View) -> str:
    """巡查次数 3次."""
    return course_finding(view, "patrols_walked")


PATROLS = Section(
    key="patrolling",
    label=N_("巡查"),
    question=N_("巡查了几次？"),
    position=70,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    group="推进",
    figures=("patrols_walked",),
    source=("patrols",),
    panels=(
        Panel(
            "walked", headline, lambda view: single_bar(view.read("patrols_walked").value, view.theme),
            None, lambda view: course_table(view, "patrols_walked"), ("patrols",), ("patrols_walked",),
        ),
    ),
)
'''
PAGE = '''"""巡查：巡查了几次？"""

from board import ui
from board.sections.patrolling import PATROLS

ui.show(PATROLS, ui.choose_scope())
'''
WORDS = {
    "巡查次数": "Patrols", "期内的巡查次数。": "Patrols in the period.", "步巡": "on foot",
    "车巡": "by car", "巡查": "Patrols", "巡查了几次？": "How many patrols were there?",
    "巡视员": "Inspector", "看全部汇总": "every aggregate",
}  # fmt: skip
SERVED = """
import sys
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from board.documents import documents
from tests.support.rows import published
from tests.support.words import untranslated

walks = [{"patrol_id": f"P{n}", "walked_on": date(2024, 3, n), "way": "步巡"} for n in (1, 2, 3)]
published(Path(sys.argv[1]), patrols=walks)
assert untranslated() == []
for path, text in documents().items():
    path.write_text(text, "utf-8")
at = AppTest.from_file("app.py", default_timeout=60).switch_page("pages/patrolling.py")
at.query_params["period"] = "2024-03"
at.run()
assert not at.exception
print(at.title[0].value, "|", at.header[0].value, "|", len(at.get("plotly_chart")))
"""


def after(path: Path, mark: str, text: str) -> None:
    """Put a text behind the first place where `mark` stands in a file."""
    before, found, rest = path.read_text("utf-8").partition(mark)
    assert found
    path.write_text(before + found + text + rest, "utf-8")


def entries() -> str:
    words = "".join(f'\nmsgid "{zh}"\nmsgstr "{en}"\n' for zh, en in WORDS.items())
    return words + '\nmsgctxt "ledger"\nmsgid "巡查台账"\nmsgstr "Patrols"\n'


def add_ledger(project: Path) -> None:
    (project / "board/ledgers/patrols.py").write_text(LEDGER, "utf-8")


def add_metric(project: Path) -> None:
    after(project / "board/catalogue/community.py", "DECLARED = (", METRIC)
    (project / "queries/metrics/patrols_walked.sql").write_text(QUERY, "utf-8")


def add_page(project: Path) -> None:
    folder = project / "board/sections/patrolling"
    folder.mkdir()
    (folder / "__init__.py").write_text(SECTION, "utf-8")
    (project / "pages/patrolling.py").write_text(PAGE, "utf-8")


def add_role(project: Path) -> None:
    roles = project / "board/access/roles.py"
    after(roles, '    ADMIN = "admin"\n', '    INSPECTOR = "inspector"\n')
    rights = '    Role.INSPECTOR: Rights(N_("巡视员"), N_("看全部汇总"), suppressed=False),\n'
    after(roles, "RIGHTS: dict[Role, Rights] = {\n", rights)


def add_chart(project: Path) -> None:
    (project / "board/figures/single_bar.py").write_text(CHART, "utf-8")
    examples = project / "tests/gallery/examples.py"
    after(examples, "from board.figures.site import site_plan\n",
          "from board.figures.single_bar import single_bar\n")  # fmt: skip
    line = '    "single_bar": {}lambda t: single_bar({}, t){},\n'
    after(
        examples, "EXAMPLES: dict[str, tuple[float, Example]] = {\n", line.format("(0.5, ", 3, ")")
    )
    after(examples, "EMPTY: dict[str, Example] = {\n", line.format("", None, ""))


ADDITIONS = {
    add_ledger: {"board/ledgers/patrols.py"},
    add_metric: {"board/catalogue/community.py", "queries/metrics/patrols_walked.sql"},
    add_page: {"board/sections/patrolling/__init__.py", "pages/patrolling.py"},
    add_role: {"board/access/roles.py"},
    add_chart: {"board/figures/single_bar.py", "tests/gallery/examples.py"},
}
# Tests that are the same whatever is declared, and run in seconds.
GENERIC = (
    "tests/test_documents.py", "tests/test_metrics_document.py", "tests/test_ledgers_document.py",
    "tests/test_ledgers_held.py", "tests/test_architecture.py", "tests/test_words.py",
    "tests/test_access.py", "tests/test_figures.py", "tests/test_template.py",
    "tests/test_workbook_table.py", "tests/test_queries.py",
)  # fmt: skip
OF_ADDITIONS = "patrol or inspector or single_bar or document or every_chart or counted or english"


def stamps(folder: Path) -> dict[str, bytes]:
    """A hash of each file of a folder by its path in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).digest() for p in files}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more ledger, metric, page, role and chart."""
    copy = tmp_path_factory.mktemp("project")
    left_out = shutil.ignore_patterns("__pycache__", "node_modules", "outside", "walks", "provider")
    for folder in COPIED:
        shutil.copytree(PROJECT / folder, copy / folder, ignore=left_out)
    for file in FILES:
        (copy / file).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / file, copy / file)
    for add, files in ADDITIONS.items():
        before = stamps(copy)
        add(copy)
        assert {file for file, stamp in stamps(copy).items() if before.get(file) != stamp} == files
    with (copy / "locale/en/sections.po").open("a", encoding="utf-8") as words:
        words.write(entries())
    return copy


def run(project: Path, *arguments: str, **more: str) -> str:
    """The output of Python in a project; it must succeed."""
    environment = {"PYTHONPATH": str(project), "PATH": os.environ["PATH"], "HOME": str(project)}
    done = subprocess.run(
        [sys.executable, *arguments], check=False, cwd=project, capture_output=True, text=True,
        env=environment | more,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout.strip()


def test_what_is_added_is_served_by_what_is_there(project: Path, tmp_path: Path) -> None:
    served = {"BOARD_STORE": str(tmp_path), "BOARD_ROLE": "inspector"}
    assert run(project, "-c", SERVED, str(tmp_path), **served).splitlines()[-1] == (
        "巡查次数 3次 | 巡查次数 3次 | 1"
    )
    for document, part in {
        "docs/glossary.md": "| 巡视员 | Inspector | `inspector` | every aggregate |",
        "docs/metrics.md": "## `patrols_walked` 巡查次数 · Patrols",
        "docs/ledgers.md": "## 巡查台账 `patrols` · Patrols",
        "README.md": "| Patrols | How many patrols were there? |",
    }.items():
        assert part in (project / document).read_text("utf-8"), document


def test_the_projects_own_tests_pass_over_what_is_added(project: Path, tmp_path: Path) -> None:
    run(project, "-m", "board.documents")
    passed = run(project, "-m", "pytest", "-q", *GENERIC, "-k", OF_ADDITIONS)
    assert int(present(re.search(r"(\d+) passed", passed))[1]) > 100


# Where a key of each kind may stand beside its own files.
USES = {
    "metric": (),
    "ledger": (
        "board/catalogue/", "board/sections/", "board/sample/", "board/suppression/", "queries/",
    ),
    "page": (),
    "role": ("board/journal/phrases.py",),
    "chart": ("board/sections/",),
}  # fmt: skip
EXAMPLES = [
    ("metric", "criticisms", {"board/catalogue/community.py", "queries/metrics/criticisms.sql"}),
    ("ledger", "funds", {"board/ledgers/funds.py"}),
    ("page", "work_services", {"board/sections/work_services", "pages/work_services.py"}),
    ("role", "admin", {"board/access/roles.py"}),
    ("chart", "survival", {"board/figures/survival.py", "tests/gallery/examples.py"}),
]  # fmt: skip
SEARCHED = (
    *PROJECT.glob("board/**/*.py"), *PROJECT.glob("queries/**/*.sql"), *PROJECT.glob("pages/*.py"),
    *PROJECT.glob("tests/gallery/*.py"), PROJECT / "docs" / "architecture.md",
    PROJECT / "docs" / "glossary.md", PROJECT / "README.md", PROJECT / "Makefile",
)  # fmt: skip


def standing(key: str) -> set[str]:
    """The files that name a key; a page's folder counts as one."""
    word = re.compile(rf"(?<!\w){key}(?!\w)")
    found = set()
    for path in SEARCHED:
        file = path.relative_to(PROJECT).as_posix()
        if word.search(file) or word.search(MADE.sub("", path.read_text("utf-8"))):
            found.add(re.sub(r"^(board/sections/\w+)/.*", r"\1", file))
    return found


@pytest.mark.parametrize(("kind", "key", "files"), EXAMPLES)
def test_an_example_is_named_in_its_own_files_alone(kind: str, key: str, files: set[str]) -> None:
    registered = {f for f in standing(key) if f in files or not f.startswith(USES[kind])}
    assert registered == files
