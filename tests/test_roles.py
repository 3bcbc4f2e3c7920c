"""Every page as every role: it opens for who may open it, fails for nobody, and names nobody."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from board.access import Reader, Role
from board.publish import rows_in_force
from board.sections import sections
from board.ui.reader import open_sections as pages
from tests.support import settlement
from tests.support.apptest import elements

APP = str(Path(__file__).resolve().parent.parent / "app.py")
KEYS = [section.key for section in sections()]
DEPARTMENT = {Role.DEPARTMENT: "组织人社局", Role.KEEPER: "社会事务局"}


@pytest.fixture(scope="module")
def store() -> Path:
    return settlement.looked_at()


class OpenedAs(Protocol):
    """Opens a page as a role, by a link with these parameters."""

    def __call__(self, role: Role, key: str, **query: str) -> AppTest:
        """The page once it has run."""


@pytest.fixture
def opened(store: Path, monkeypatch: pytest.MonkeyPatch) -> OpenedAs:
    """A page opened as a role."""
    monkeypatch.setenv("BOARD_STORE", str(store))

    def use(role: Role, key: str, **query: str) -> AppTest:
        monkeypatch.setenv("BOARD_ROLE", role)
        monkeypatch.setenv("BOARD_DEPARTMENT", DEPARTMENT.get(role, ""))
        at = AppTest.from_file(APP, default_timeout=60)
        if key != first(role):
            at.switch_page(f"pages/{key}.py")
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return use


def first(role: Role) -> str:
    reader = Reader(role=role)
    return next(section.key for section in sections() if section.opens_to(reader))


def texts(at: AppTest) -> str:
    """Everything a page says, tables included."""
    kinds = ("title", "header", "markdown", "info", "warning", "metric", "button", "selectbox")
    said = [str(e.value) + str(getattr(e, "label", "")) for e in elements(at, *kinds)]
    said += [str(table.value.to_dict()) for table in at.dataframe]
    return "\n".join(said)


@pytest.fixture(scope="module")
def persons(store: Path) -> set[str]:
    """Every name, ID and phone in the ledgers, and every household's code."""
    found: set[str] = set()
    for ledger, columns in {
        "labour": ("citizen_id", "name", "phone"),
        "households": ("head_name", "helper_name", "helper_phone"),
    }.items():
        rows = rows_in_force(store, ledger)
        for name in columns:
            found |= set(rows[name].drop_nulls().cast(pl.String))
    return {one for one in found if len(one) > 2}


@pytest.fixture(scope="module")
def codes(store: Path) -> set[str]:
    """Every household's code."""
    return set(rows_in_force(store, "households")["household_id"])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("key", KEYS)
def test_a_page_shows_to_who_may_open_it_and_names_nobody(
    key: str,
    role: Role,
    opened: OpenedAs,
    persons: set[str],
    codes: set[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    reader = Reader(role=role, department=DEPARTMENT.get(role, ""))
    at = opened(role, key)
    assert not at.exception
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    refused = "不对" in at.title[0].value
    assert refused is not (key in {section.key for section in pages(reader)})
    if refused:
        assert not at.get("metric")
        assert not at.dataframe
    said = texts(at)
    assert [one for one in persons if one in said] == []
    if not reader.permissions.households:
        assert [code for code in codes if code in said] == []
