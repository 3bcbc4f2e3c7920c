"""The page of buildings and units: what each reader sees, and what stands in the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from board.access import Role
from tests.support.stores import town

APP = str(Path(__file__).resolve().parent.parent / "app.py")
BUILDING = "幸福小镇/7栋"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town(tmp_path_factory.mktemp("town"), households=60, months=9)


def page(store: Path, monkeypatch: pytest.MonkeyPatch, role: Role, **query: str) -> AppTest:
    monkeypatch.setenv("BOARD_STORE", str(store))
    monkeypatch.setenv("BOARD_ROLE", role)
    at = AppTest.from_file(APP, default_timeout=60)
    at.switch_page("pages/units.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def charts(at: AppTest) -> int:
    return len(at.get("plotly_chart"))


def test_the_settlement_a_building_and_a_unit_show_what_they_have(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scope, count in (("幸福小镇", 3), (BUILDING, 3), (f"{BUILDING}/1单元", 3)):
        at = page(store, monkeypatch, Role.TASK_FORCE, scope=scope)
        assert not at.exception
        assert charts(at) == count, scope


def test_a_viewer_sees_the_plan_and_the_units_but_no_household(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = page(store, monkeypatch, Role.VIEWER, scope=BUILDING)
    assert not at.exception
    assert charts(at) == 2
    assert any("本页另有 2 项" in text.value for text in at.markdown)
    assert not any("户里" in text.value for text in at.header)


def test_what_was_looked_at_stands_in_the_address(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = page(store, monkeypatch, Role.TASK_FORCE, scope=BUILDING, lens="reports", form="raised")
    assert at.query_params["lens"] == "reports"
    assert at.query_params["form"] == "raised"
    assert at.query_params["layer"]
