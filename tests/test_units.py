"""A building and its units: rooms by floor and door, states of households, the plan's own file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from board import metrics, reference
from board.__main__ import main
from board.access import Reader, Role
from board.backup import backup, restore
from board.catalogue import HEADLINE, METRICS
from board.figures.relief import height_base, site_relief, walls
from board.figures.rooms import SYMBOLS
from board.figures.shared.floors import Room, cells, floors_shown, unit_blocks
from board.figures.site import site_plan
from board.i18n import LANGUAGES, speaking
from board.metrics import HOUSEHOLDS, PERCENT, Period, Scope, Status
from board.publish import publish
from board.sections import View
from board.sections.blocks import Facts
from board.sections.units import helpers, page, places
from board.sections.units.rooms import households, quarter, spot
from board.sections.units.states import BY_KEY, LENSES
from board.sections.units.words import helpers_reported
from board.store import Snapshot, WithheldError, open_store
from board.theme import DARK, LIGHT
from tests.support import settlement
from tests.support.answers import present
from tests.support.rows import benchmark, citizen, employment, household, income, worker
from tests.support.stores import batch

AT = "2025-02-05T00:00:00"
TASK_FORCE = Reader("王", Role.TASK_FORCE)


def view(snapshot: Snapshot, period: str, place: Scope, reader: Reader = TASK_FORCE) -> View:
    return View.of(snapshot, Period.parse(period), place, LIGHT, reader)


@pytest.fixture(scope="module")
def settled() -> Snapshot:
    return settlement.snapshot()


@pytest.fixture(scope="module")
def small() -> Snapshot:
    """A settlement in which most counts are small."""
    return settlement.snapshot(60, 14)


@pytest.fixture(scope="module")
def house(housed: Path) -> Snapshot:
    return open_store(housed).snapshot()


@pytest.fixture(scope="module")
def housed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One building in January 2025, every kind of room and state in it."""
    root = tmp_path_factory.mktemp("house")
    month = "2025-01"
    batch(
        root, AT,
        households=[
            household("H1", room="0502", helper_role="网格员", helper_name="甲一"),
            household("H2", room="0201", helper_role="网格员", helper_name="甲一"),
            household("H3", room="商铺3"),
            household("H4", room="0502室", unit="2单元", helper_role="单元长", helper_name="乙"),
            household("H5", room="0201", unit="2单元", helper_role="单元长", helper_name="乙"),
            household("H6", room="0201", unit="2单元"),
            # Lived in another building until January.
            household("H7", "2栋", room="0301"),
            household("H7", "1栋", room="0301", effective_month=date(2025, 1, 1)),
            # Comes in February; went in December.
            household("H8", room="0302", effective_month=date(2025, 2, 1), helper_role="网格员",
                      helper_name="甲二"),
            household("H9", room="0401", moved_in=date(2019, 1, 1)),
            household("H9", room="0401", effective_month=date(2024, 12, 1), status="迁出"),
        ],
        labour=[
            worker(1, "H1"), worker(2, "H1"), worker(3, "H2"), worker(4, "H4"), worker(5, "H4"),
            worker(6, "H5", willing_to_work=False), worker(7, "H7"), worker(8, "H6"),
            worker(9, "H3", lifted_out=False),
        ],
        employment=[
            employment(month, citizen(1)), employment(month, citizen(2), "未就业"),
            employment(month, citizen(3), "未就业"), employment(month, citizen(4), "未就业"),
            employment(month, citizen(7)), employment(month, citizen(6), "未就业"),
            employment(month, citizen(9)),
            *(employment("2024-12", citizen(n)) for n in (1, 2, 3, 4, 5)),
        ],
        risk=[
            {"household_id": "H1", "found_on": date(2024, 5, 1), "category": "脱贫不稳定户",
             "risk": "因病", "helped_on": date(2024, 6, 1)},
            {"household_id": "H2", "found_on": date(2025, 1, 3), "category": "边缘易致贫户",
             "risk": "因业"},
            {"household_id": "H4", "found_on": date(2024, 1, 3), "category": "边缘易致贫户",
             "risk": "因学", "helped_on": date(2024, 1, 9), "cleared_on": date(2025, 1, 9)},
        ],
        income=[
            row
            for year, wages in ((2023, (1000, 1000, 1000)), (2024, (1200, 1050, 900)))
            for n in range(1, 5)
            for row in (
                income(f"{year}-Q{n}", "H1", wages[0]), income(f"{year}-Q{n}", "H2", wages[1]),
                income(f"{year}-Q{n}", "H4", wages[2]),
            )
        ],
        benchmark=[
            row for n in range(1, 5)
            for row in (benchmark(f"2023-Q{n}", 1000.0 * n), benchmark(f"2024-Q{n}", 1080.0 * n))
        ],
    )  # fmt: skip
    publish(root)
    return root


INSIDE = Scope(building="1栋")


@pytest.mark.parametrize(
    ("room", "found"),
    [
        ("0502", (5, "02")), ("502", (5, "02")), ("1203", (12, "03")), ("0502室", (5, "02")),
        ("5层02室", (5, "02")), ("5-2", (5, "02")), ("１２０３", (12, "03")), (" 0 502", (5, "02")),
        ("商铺3", None), ("0002", None), ("02", None), ("", None), (None, None), ("0502A", None),
    ],
)  # fmt: skip
def test_a_room_says_its_floor_and_door_or_neither(
    room: str | None, found: tuple[int, str] | None
) -> None:
    assert spot(room) == found


def test_every_household_of_the_month_has_one_cell_where_it_lives_then(house: Snapshot) -> None:
    rooms = {one.key: one for one in page.members(view(house, "2025-01", INSIDE))}
    assert set(rooms) == {"H1", "H2", "H3", "H4", "H5", "H6", "H7"}
    assert (rooms["H7"].unit, rooms["H7"].floor, rooms["H7"].door) == ("1单元", 3, "01")
    assert (rooms["H3"].floor, rooms["H3"].door) == (None, "")
    before = page.members(view(house, "2024-12", INSIDE))
    assert {one.key for one in before} == {"H1", "H2", "H3", "H4", "H5", "H6"}
    there = page.members(view(house, "2024-12", Scope(building="2栋")))
    assert [one.key for one in there] == ["H7"]
    alone = page.members(view(house, "2025-01", Scope(building="1栋", unit="2单元")))
    assert {one.key for one in alone} == {"H4", "H5", "H6"}


def test_floors_doors_and_rooms_of_no_floor_have_their_places(house: Snapshot) -> None:
    members = page.members(view(house, "2025-01", INSIDE))
    floors = floors_shown(members)
    assert floors == [5, 4, 3, 2]
    first, second = unit_blocks(members)
    assert (first.unit, first.doors) == ("1单元", ("01", "02"))
    placed = {cell.room.key: cell for cell in cells(first, floors)}
    assert (placed["H1"].row, placed["H1"].left) == (0, 1)
    assert placed["H3"].row == len(floors), "below the floors"
    shared = {cell.room.key: cell for cell in cells(second, floors)}
    assert shared["H5"].row == shared["H6"].row == 3
    assert shared["H5"].right == shared["H6"].left, "two households entered for one room share it"


def test_a_floor_that_is_a_slip_makes_no_hundred_rows() -> None:
    rooms = [Room(str(n), "1单元", "", floor, "01", "x") for n, floor in enumerate((2, 99))]
    assert floors_shown(rooms) == [99, 2]


@pytest.mark.parametrize(
    ("lens", "states"),
    [
        ("work", {"H1": "employed", "H2": "zero", "H3": "employed", "H4": "unknown",
                  "H5": "unwilling", "H6": "unknown", "H7": "employed"}),
        ("income", {"H1": "faster", "H2": "slower", "H3": "apart", "H4": "fell",
                    "H5": "unknown", "H6": "unknown", "H7": "unknown"}),
        ("risk", {"H1": "helped", "H2": "waiting", "H3": "none", "H4": "cleared",
                  "H5": "none", "H6": "none", "H7": "none"}),
        ("reports", {"H1": "whole", "H2": "whole", "H3": "whole", "H4": "work", "H5": "income",
                     "H6": "both", "H7": "income"}),
    ],
)  # fmt: skip
def test_a_cell_says_the_state_of_its_household(
    house: Snapshot, lens: str, states: dict[str, str]
) -> None:
    seen = view(house, "2025-01", INSIDE).choosing(lens=lens)
    assert {one.key: one.state for one in page.members(seen)} == states


def test_what_explains_a_state_is_said_beside_it(house: Snapshot) -> None:
    seen = view(house, "2025-01", INSIDE)
    rows = {row["household_id"]: row for row in households(seen).iter_rows(named=True)}
    assert BY_KEY["work"].explanation(rows["H2"]) == "零就业已 1 个月"
    assert BY_KEY["reports"].explanation(rows["H4"]) == "就业缺报 1人，已 1 个月"
    assert BY_KEY["reports"].explanation(rows["H6"]) == "就业缺报 1人，已 2 个月、季度收入缺报"
    assert BY_KEY["income"].explanation(rows["H1"]) == "年内人均 4,800元，同比 +20.0%"
    assert BY_KEY["risk"].explanation(rows["H1"]) == "因病，2024年6月1日落实措施"


@pytest.mark.parametrize(
    ("period", "ended"),
    [("2025-01", "2024-Q4"), ("2025-02", "2024-Q4"), ("2025-03", "2025-Q1"), ("2025-Q2", "2025-Q2"),
     ("2025-04", "2025-Q1"), ("2025", "2025-Q4")],
)  # fmt: skip
def test_incomes_are_those_of_the_last_quarter_that_ended(
    house: Snapshot, period: str, ended: str
) -> None:
    assert str(quarter(view(house, period, INSIDE))) == ended


@pytest.mark.parametrize("month", ["2023-06", "2024-02", "2024-12"])
def test_the_cells_add_up_to_the_metric(settled: Snapshot, month: str) -> None:
    for place in metrics.below(settled, Scope(), "building"):
        seen = view(settled, month, place)
        states = [one.state for one in page.members(seen)]
        now = seen.read("zero_employment_households")
        if now.value is not None:
            assert states.count("zero") == now.value
        assert states.count("unknown") == now.unreported
        assert len(states) - states.count("unwilling") == now.expected
        watched = seen.read("risk_households").value or 0
        risks = [one.state for one in page.members(seen.choosing(lens="risk"))]
        assert risks.count("waiting") + risks.count("helped") == watched


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lens", [lens.key for lens in LENSES])
def test_every_lens_can_be_shown_for_buildings_and_units(
    settled: Snapshot, lens: str, language: str
) -> None:
    with speaking(language):
        for place in (INSIDE, Scope(building="7栋", unit="2单元")):
            seen = view(settled, "2024-Q4", place).choosing(lens=lens)
            assert page.rooms_finding(seen)
            figure = page.rooms(seen)
            points = [key for trace in figure["data"] for key in trace.get("customdata", [])]
            assert sorted(key for [key] in points) == sorted(k for k, _label in page.cards(seen))
            assert page.rooms_table(seen).frame.height == len(points)


def test_each_state_has_a_shape_of_its_own() -> None:
    for lens in LENSES:
        assert len({state.mark for state in lens.states}) == len(lens.states)
        assert {state.mark for state in lens.states} <= set(SYMBOLS)


def test_helpers_have_their_households_and_what_of_these_was_reported(house: Snapshot) -> None:
    seen = view(house, "2025-01", INSIDE)
    found = helpers.helpers(seen, helpers.names(seen))
    rows = {row["helper_name"]: row for row in found.iter_rows(named=True)}
    assert set(rows) == {"甲*", "乙*", None}
    grid, head, nobody = rows["甲*"], rows["乙*"], rows[None]
    assert (head["households"], head["workers"], head["unmonitored"]) == (2, 3, 1)
    assert (grid["households"], grid["workers"], grid["unmonitored"]) == (2, 3, 0)
    assert (grid["due"], grid["missing"], head["due"], head["missing"]) == (2, 0, 2, 1)
    assert (grid["units"], nobody["units"]) == (["1单元"], ["1单元", "2单元"])
    assert found["share"].to_list() == sorted(found["share"]), "worst first"
    assert found["households"].sum() == 7


@pytest.mark.parametrize(
    ("due", "missing", "text"),
    [
        (2, 1, "各联系人的户当月就业都已报齐，季度收入 1户未报"),
        (2, 0, "各联系人的户就业、收入都已报齐"),
        (0, 0, "各联系人的户当月就业都已报齐"),
    ],
)
def test_what_helpers_reported_is_told_of_what_was_looked_at(
    due: int, missing: int, text: str
) -> None:
    assert helpers_reported(pl.DataFrame({"due": [due], "missing": [missing]})) == text


def test_workers_are_not_monitored_before_the_first_report(house: Snapshot) -> None:
    rows = households(view(house, "2024-11", INSIDE))
    assert rows["workers"].sum() > 0
    assert rows["unmonitored"].to_list() == rows["workers"].to_list()
    assert set(rows["months_behind"]) <= {0, None}


def test_two_helpers_of_one_masked_name_are_two(house: Snapshot) -> None:
    table = helpers.listed(view(house, "2025-02", INSIDE)).frame
    assert table["联系人"].to_list().count("甲*") == 2


def test_where_no_name_can_be_seen_helpers_go_by_unit_and_role(
    housed: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(housed, tmp_path / "nameless")
    for persons in root.glob("snapshots/*.persons.duckdb"):
        persons.unlink()
    table = helpers.listed(view(open_store(root).snapshot(), "2025-01", INSIDE)).frame
    assert "联系人" not in table.columns
    assert table.height == 4


@pytest.mark.parametrize("reader", [Reader(), Reader("李", Role.LEADER, presenting=True)], ids=str)
def test_no_household_is_shown_to_whom_none_may_be(small: Snapshot, reader: Reader) -> None:
    seen = view(small, "2023-Q2", INSIDE, reader)
    for body in (page.rooms, helpers.listed, page.listing):
        with pytest.raises(WithheldError):
            body(seen)
    assert page.compared(seen)["data"]
    assert drawn(page.site(seen))["data"]


def test_who_sees_one_unit_is_told_so_and_no_other_house_is_empty(settled: Snapshot) -> None:
    unit = next(p for p in metrics.below(settled, Scope(), "unit")
                if len(page.members(view(settled, "2024-Q4", p))) > 1)  # fmt: skip
    grid_worker = Reader("赵", Role.TASK_FORCE, places=(f"{unit.building}/{unit.unit}",))
    seen = view(settled, "2024-Q4", Scope(building=unit.building), grid_worker)
    assert {one.unit for one in page.members(seen)} == {unit.unit}
    assert page.rooms_finding(seen).startswith("本人可看的")
    with pytest.raises(WithheldError):
        page.rooms(view(settled, "2024-Q4", Scope(building="12栋"), grid_worker))


def test_units_stand_beside_each_other_on_one_scale(settled: Snapshot) -> None:
    seen = view(settled, "2024-Q4", Scope(building="7栋", unit="2单元"))
    figure = page.compared(seen)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert len(bars) == len(places.COMPARED)
    assert all([key == ["幸福小镇/7栋/2单元"] for key in bar["customdata"]].count(True) == 1
               for bar in bars)  # fmt: skip
    table = page.compared_table(seen).frame
    assert table.height == len(metrics.below(settled, Scope(building="7栋"), "unit")) + 1


def test_the_plan_can_be_coloured_by_what_a_building_has(settled: Snapshot) -> None:
    offered = [key for key, _label in places.layers(view(settled, "2024-Q4", Scope()))]
    assert offered[0] in HEADLINE
    assert "task_completion" not in offered
    assert "monitoring_rounds" not in offered
    assert all("building" in METRICS[key].scopes for key in offered)
    seen = view(settled, "2024-Q4", Scope())
    for key in offered:
        for form in (places.FLAT, places.RAISED):
            chosen = seen.choosing(layer=key, form=form)
            assert drawn(page.site(chosen))["data"]
            assert page.UNITS.panels[0].finding(chosen)


# The plan's own file.

SQUARE = [[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]
WITHHELD = Status.SUPPRESSED


def drawn(body: dict[str, Any] | Facts) -> dict[str, Any]:
    """What a panel shows, which is a chart."""
    assert isinstance(body, dict)
    return body


def plan(*features: Any, **words: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **words}


def feature(ring: Any = SQUARE, kind: str = "Polygon", **words: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": words,
            "geometry": {"type": kind, "coordinates": [ring]}}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[object], Path]:
    """Writes the operator's plan into a store's folder."""
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))

    def write(found: object) -> Path:
        path = tmp_path / "site.geojson"
        if not isinstance(found, str | bytes):
            found = json.dumps(found, ensure_ascii=False)
        path.write_bytes(found if isinstance(found, bytes) else found.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ("{", "第 1 行第 2 列，应为JSON"),
        (b"\xff\xfe", "UTF-8"),
        ([], "最外层，应为FeatureCollection"),
        ({"type": "FeatureCollection"}, "features 是列表"),
        (plan("x"), "第 1 个要素，应为带 properties 的 Feature"),
        (plan(feature(name="甲"), feature()), "第 2 个要素，应为有 building"),
        (plan(feature(building=3)), "第 1 个要素“3”的 building，应为文字"),
        (plan(feature(building="3栋", kind="Point")), "第 1 个要素“3栋”，应为geometry 为 Polygon"),
        (plan(feature([[0, 0], [1, 1], [0, 0]], building="3栋")), "“3栋”，应为每一圈至少有 4 个点"),
        (plan(feature([[0, 0], [1, 0], [1, 1], [0, 1]], building="3栋")), "每一圈首尾同一点"),
        (plan(feature([[0, 0], [1, "0"], [1, 1], [0, 0]], building="3栋")), "两个数"),
        (plan(feature([[0, 0], [1, 1], [0, 0], [0, 0]], building="3栋")), "围出一块地"),
        (plan(feature(None, building="3栋")), "每一圈至少有 4 个点"),
        ({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": "甲"}, "geometry":
                {"type": "MultiPolygon", "coordinates": []}}]}, "至少有一圈坐标"),
    ],
)  # fmt: skip
def test_a_plan_that_cant_be_drawn_says_which_feature_and_what_is_expected(
    written: Callable[[object], Path], found: object, says: str
) -> None:
    written(found)
    with pytest.raises(reference.SiteError):
        reference.site_plan()
    assert says in reference.site_problem()
    with speaking("en"):
        told = reference.site_problem()
    assert "expected" in told


def test_the_operators_plan_takes_the_place_of_the_projects(
    written: Callable[[object], Path], settled: Snapshot
) -> None:
    assert len(reference.site_plan()["features"]) > 2
    written(plan(feature(building="1栋"), feature(building="<b>甲栋")))
    assert len(reference.site_plan()["features"]) == 2
    seen = view(settled, "2024-Q4", Scope())
    figure = page.site(seen)
    assert "&lt;b&gt;甲栋" in json.dumps(figure, ensure_ascii=False)
    assert "平面图里没有2栋" in present(page.UNITS.panels[0].caption)(seen)
    written(plan(feature(building="1栋", kind="Point")))
    instead = page.site(seen)
    assert isinstance(instead, Facts)
    said = instead.sentences[0]
    assert "1栋" in said
    assert reference.site_stamp()[0].endswith("site.geojson")


def test_a_plan_saved_on_windows_is_read(written: Callable[[object], Path]) -> None:
    written(b"\xef\xbb\xbf" + json.dumps(plan(feature(building="1栋"))).encode())
    assert reference.site_problem() == ""


def test_a_plan_is_put_to_use_by_the_command_line_and_kept_in_a_backup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, again, file = tmp_path / "store", tmp_path / "again", tmp_path / "甲.geojson"
    batch(store, AT, households=[household("H1")])
    file.write_text(json.dumps(plan(feature(building="1栋", kind="Point"))), "utf-8")
    assert main(["site", str(file), "--store", str(store)]) == 1
    assert "第 1 个要素“1栋”" in capsys.readouterr().out
    assert not (store / "site.geojson").exists()
    file.write_text(json.dumps(plan(feature(building="1栋"))), "utf-8")
    assert main(["site", str(file), "--store", str(store)]) == 0
    backup(store, tmp_path / "store.tar")
    restore(again, tmp_path / "store.tar")
    assert (again / "site.geojson").read_bytes() == file.read_bytes()
    assert main(["site", "--store", str(again)]) == 0
    assert main(["site", str(tmp_path / "none"), "--store", str(again)]) == 2


def test_the_projects_plan_can_be_drawn() -> None:
    assert reference.site_problem() == ""


@pytest.mark.parametrize("draw", [site_plan, site_relief])
def test_a_building_without_a_figure_says_why(draw: Callable[..., dict[str, Any]]) -> None:
    collection = plan(*(feature([[x + 9 * n, y] for x, y in SQUARE], building=f"{n}栋")
                        for n in range(1, 5)))  # fmt: skip
    values = {"1栋": 0.5, "2栋": None, "3栋": None}
    figure = draw(collection, values, LIGHT, title="", unit=PERCENT, states={"2栋": WITHHELD})
    told = figure["data"][-1]["hovertext"]
    assert told[1].endswith("不单独显示")
    assert told[2].endswith("未报")
    assert told[3] == "<b>4栋</b>"
    hatched = [trace for trace in figure["data"] if "fillpattern" in trace]
    assert len(hatched) == 1
    keys = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert "▨" in keys
    assert "□" in keys


def test_a_block_is_as_high_as_its_figure() -> None:
    collection = plan(
        feature(building="1栋"), feature([[x + 9, y] for x, y in SQUARE], building="2栋")
    )
    figure = site_relief(collection, {"1栋": 10, "2栋": 40}, DARK, title="", unit=HOUSEHOLDS)
    marks = figure["data"][-1]
    low, high = (y - 1 for y in marks["y"])
    assert high == pytest.approx(4 * low, rel=0.02)


@pytest.mark.parametrize(
    ("values", "foot"), [([10, 40], 0), ([0.93, 0.979], 0.92), ([-1, 5], -2), ([None], 0)]
)
def test_heights_begin_at_nought_unless_all_would_look_the_same(
    values: list[float | None], foot: float
) -> None:
    unit = PERCENT if isinstance(values[0], float) else HOUSEHOLDS
    assert height_base(values, unit) == pytest.approx(foot)


def test_a_block_shows_the_sides_that_face_the_reader() -> None:
    for ring in (SQUARE, SQUARE[::-1]):
        seen = dict(walls(ring, 1, 1))
        assert len(seen) == 2
        assert {tuple(point) for point in seen[True][:2]} == {(0, 0), (4, 0)}
        assert {tuple(point) for point in seen[False][:2]} == {(0, 0), (0, 2)}


@pytest.mark.parametrize("month", ["2023-03", "2023-06"])
def test_what_is_withheld_is_never_said_to_be_nothing(small: Snapshot, month: str) -> None:
    seen = view(small, month, Scope(), Reader())
    every = seen.read("zero_employment_households", by=("building",)).by["building"]
    hidden = [any(one.status is WITHHELD for one in every)]
    assert ("不单独显示" in page.UNITS.headline(seen)) == hidden[0]
    for key, _label in places.layers(seen):
        chosen = seen.choosing(layer=key)
        hidden.append(any(one.status is WITHHELD for one in places.buildings(chosen)))
        assert ("不单独显示" in page.UNITS.panels[0].finding(chosen)) == hidden[-1]
    assert any(hidden)
    for place in metrics.below(small, Scope(), "unit"):
        inside = view(small, month, place, Reader())
        rate = inside.read("employment_rate")
        unknown = rate.value is None and rate.status is not WITHHELD
        assert ("还没有就业监测" in page.UNITS.headline(inside)) == unknown
