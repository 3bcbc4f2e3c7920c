"""Buildings, units and rooms are stored in the spelling that is known, whatever a clerk writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import reference
from board.intake.frames import Load
from board.intake.homes import households_in_two_places, rooms_taken
from board.intake.places import places_settled
from board.ledgers.fields.places import building_key, room_key, unit_key
from tests.support.stores import batch
from tests.test_across import HOUSE, load_of

HOME = HOUSE | {"building": "3栋", "unit": "2单元", "room": "0502"}
CAPITAL = {1: "壹", 2: "贰", 3: "叁", 9: "玖", 10: "拾", 12: "拾贰", 21: "贰拾壹"}
CHINESE = {1: "一", 2: "二", 3: "三", 9: "九", 10: "十", 12: "十二", 21: "二十一"}
BUILDINGS = [
    "{}栋",
    "{}幢",
    "{}号楼",
    "{}#",
    "{}＃",
    "{}号",
    "{}",
    "第{}栋",
    "{}座",
    "{} 栋",
    "0{}栋",
    "{}#楼",
]
FLATS = ("0101", "0502", "1203", "3312")
UNITS = ["{}单元", "{}", "第{}单元", "{}#", "{} 单元", "0{}单元", "{}号单元"]
ROOMS = [
    "{r}",
    "{r}室",
    "{b}-{u}-{r}",
    "{b}栋{u}单元{r}",
    "{b}幢{u}单元{r}室",
    "{u}-{r}",
    "{u}单元{r}",
    "{b}#-{u}-{r}",
    "{b}#{u}-{r}",
    "{b}号楼{u}-{r}室",
    "{r}号",
]


def wide(text: str) -> str:
    """A text in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def settled(load: Load) -> list[tuple[str, str, str | None]]:
    return [(f.rule, f.column or "", f.suggestion) for f in places_settled(load)]


def places(load: Load) -> list[tuple[str, ...]]:
    return load.new["households"].select("building", "unit", "room").rows()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a household in every room of a few buildings."""
    root = tmp_path_factory.mktemp("town")
    homes = [
        HOME
        | {
            "household_id": f"H{b}-{u}-{room}",
            "building": f"{b}栋",
            "unit": f"{u}单元",
            "room": room,
        }
        for b in CHINESE
        for u in (1, 2, 12)
        for room in FLATS
    ]
    batch(root, households=homes)
    return root


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_spelling_of_a_place_is_stored_as_the_known_one(
    town: Path, data: st.DataObject
) -> None:
    b, u = data.draw(st.sampled_from(sorted(CHINESE))), data.draw(st.sampled_from([1, 2, 12]))
    flat = data.draw(st.sampled_from(FLATS))
    known = {"building": f"{b}栋", "unit": f"{u}单元", "room": flat}

    def written(number: int, shapes: Iterable[str]) -> str:
        shape = data.draw(st.sampled_from(list(shapes)))
        digits = data.draw(st.sampled_from([str(number), CHINESE[number], CAPITAL[number]]))
        text = shape.format(digits if not shape.startswith("0") else str(number))
        return wide(text) if data.draw(st.booleans()) else text

    number = data.draw(st.sampled_from([flat, flat.lstrip("0")]))
    room = data.draw(st.sampled_from(ROOMS)).format(b=b, u=u, r=number)
    row = {"building": written(b, BUILDINGS), "unit": written(u, UNITS), "room": room}
    load = load_of(town, households=[HOME | {"household_id": "H9"} | row])
    rules = {rule for rule, _, _ in settled(load)}
    assert places(load) == [tuple(known.values())], row
    assert rules == ({"place_spelling"} if row != known else set())


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 99), st.integers(1, 99), st.sampled_from(BUILDINGS), st.sampled_from(BUILDINGS)
)
def test_two_numbers_are_never_one_building(one: int, other: int, shape: str, second: str) -> None:
    same = building_key(shape.format(one)) == building_key(second.format(other))
    assert same == (one == other)
    assert (unit_key(f"{one}单元") == unit_key(f"{other}")) == (one == other)
    assert (room_key(f"{one:02d}02") == room_key(f"{other}02室")) == (one == other)


def test_a_room_gets_its_zero_only_where_the_register_has_it_so(tmp_path: Path) -> None:
    batch(
        tmp_path,
        households=[
            HOME | {"household_id": f"H{n}", "room": room}
            for n, room in enumerate(("0502", "0601", "601"))
        ],
    )
    load = load_of(
        tmp_path,
        households=[
            HOME | {"household_id": f"N{room}", "room": room}
            for room in ("502", "601", "0601", "703")
        ],
    )
    assert settled(load) == [("place_spelling", "room", None)]
    assert [room for _, _, room in places(load)] == ["0502", "601", "0601", "703"]


def test_the_register_decides_before_the_site_plan_and_the_first_of_a_load_last(
    tmp_path: Path,
) -> None:
    batch(tmp_path, households=[HOME | {"building": "3号楼"}])
    rows = [
        HOME | {"household_id": "H2", "building": name, "room": "0601"} for name in ("3栋", "四幢")
    ]
    load = load_of(tmp_path, households=rows)
    settled(load)
    assert [building for building, _, _ in places(load)] == ["3号楼", "四幢"]
    (tmp_path / reference.SITE).write_bytes(reference.site_file(tmp_path).read_bytes())
    load = load_of(tmp_path, households=rows)
    settled(load)
    assert [building for building, _, _ in places(load)] == ["3号楼", "4栋"]
    elsewhere = HOME | {"settlement": "别处", "building": "5幢"}
    load = load_of(
        tmp_path, households=[elsewhere, elsewhere | {"household_id": "H3", "building": "五号楼"}]
    )
    assert settled(load) == [("place_spelling", "building", None)]
    assert [building for building, _, _ in places(load)] == ["5幢", "5幢"]


def test_what_nobody_knows_is_a_warning_that_names_the_nearest(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOME])
    for change, column, near in (
        ({"building": "33栋"}, "building", "3栋"), ({"unit": "22单元"}, "unit", "2单元"),
        ({"origin_county": "大化县"}, "origin_county", "大化瑶族自治县"), ({"origin_county": "某某县"}, "origin_county", None),
    ):  # fmt: skip
        rows = [HOME | {"household_id": f"N{n}", "room": f"060{n}"} | change for n in range(3)]
        load = load_of(tmp_path, households=rows)
        (finding,) = places_settled(load)
        assert (finding.rule, finding.severity, finding.column) == ("place_new", "warning", column)
        assert (finding.suggestion, finding.message.gaps["count"]) == (near, 3)


def test_where_nothing_is_known_nothing_is_new(tmp_path: Path) -> None:
    rows = [
        HOME | {"household_id": f"N{n}", "settlement": "别处", "building": f"{n}栋"}
        for n in range(5)
    ]
    assert settled(load_of(tmp_path, households=rows)) == []


def test_the_buildings_of_the_sample_are_not_known_in_a_town_of_other_buildings(
    tmp_path: Path,
) -> None:
    batch(tmp_path, households=[HOME | {"building": "甲楼"}])
    load = load_of(tmp_path, households=[HOME | {"household_id": "H2", "building": "3栋"}])
    assert settled(load) == [("place_new", "building", "甲楼")]
    empty = load_of(tmp_path / "empty", households=[HOME | {"building": "33栋"}])
    assert settled(empty) == []


@pytest.mark.parametrize(
    ("change", "column"),
    [({"room": "4-2-502"}, "room"), ({"room": "3栋1单元502"}, "room"), ({"building": "3栋1单元"}, "building"), ({"unit": "4栋2单元"}, "unit")],
)  # fmt: skip
def test_a_cell_that_names_another_place_than_its_row_is_an_error(
    change: dict[str, str], column: str, tmp_path: Path
) -> None:
    batch(tmp_path, households=[HOME])
    load = load_of(tmp_path, households=[HOME | {"household_id": "H2", "room": "0601"} | change])
    assert settled(load) == [("place_contradicts", column, None)]


def test_repairs_and_assets_have_the_registers_buildings(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOME])
    repair = {
        "ticket_id": "W1",
        "kind": "电梯",
        "building": "三号楼",
        "unit": "二单元",
        "reported_on": date(2024, 1, 1),
        "owner": "物业",
    }
    load = load_of(tmp_path, repairs=[repair])
    assert settled(load) == [("place_spelling", "building", None), ("place_spelling", "unit", None)]
    assert load.new["repairs"].select("building", "unit").rows() == [("3栋", "2单元")]


def taken(load: Load) -> list[tuple[int, str, str]]:
    """The row of each household in a taken room, the household there, and the month."""
    return [
        (int(str(f.cell)[1:]), str(f.message.gaps["other"]), f"{f.message.gaps.get('month')}"[:7])
        for f in rooms_taken(load)
    ]


def month(number: int) -> date:
    return date(2024, number, 1)


def test_a_room_that_another_household_has_is_told_until_that_one_leaves(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOME])
    other = HOME | {"household_id": "H2"}
    (finding,) = rooms_taken(load_of(tmp_path, households=[other]))
    assert (finding.rule, finding.severity, finding.column) == ("room_taken", "warning", "room")
    assert str(HOME["household_id"]) in finding.message.zh
    assert taken(load_of(tmp_path, households=[other | {"room": "0503"}])) == []
    assert taken(load_of(tmp_path, households=[other | {"status": "迁出"}])) == []
    assert len(taken(load_of(tmp_path, households=[other | {"room": "502"}]))) == 1
    left = HOME | {"effective_month": month(5), "status": "迁出"}
    after = other | {"effective_month": month(5)}
    assert taken(load_of(tmp_path, households=[after, left])) == []
    # Without a month the other one would stand there before this one has left.
    assert len(taken(load_of(tmp_path, households=[other, left]))) == 1


def test_a_room_is_taken_in_the_months_of_the_row_not_at_the_end_of_the_register(
    tmp_path: Path,
) -> None:
    batch(
        tmp_path,
        households=[HOME, HOME | {"effective_month": month(6), "building": "4栋"}],
    )
    other = HOME | {"household_id": "H2", "effective_month": month(4)}
    assert taken(load_of(tmp_path, households=[other])) == [(2, "H1", "2024-04")]
    # A row for months long past, whose household has moved on since.
    gone = other | {"effective_month": month(8), "building": "4栋", "room": "0601"}
    assert taken(load_of(tmp_path, households=[other, gone])) == [(2, "H1", "2024-04")]
    later = other | {"effective_month": month(6)}
    assert taken(load_of(tmp_path, households=[later])) == []
    # The stored household comes into the room of the new one: told at the new row.
    waiting = other | {"building": "4栋"}
    assert taken(load_of(tmp_path, households=[waiting])) == [(2, "H1", "2024-06")]


def test_of_two_new_households_in_a_room_the_later_is_told_once(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOME | {"room": "0101"}])
    second = HOME | {"household_id": "H2", "effective_month": month(3)}
    third = HOME | {"household_id": "H3", "effective_month": month(5)}
    load = load_of(tmp_path, households=[third, second, second | {"effective_month": month(9)}])
    assert taken(load) == [(2, "H2", "2024-05")]


def test_a_household_put_elsewhere_without_a_month_stands_in_two_places(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOME])
    moved = HOME | {"building": "4栋", "room": "0101"}
    (finding,) = households_in_two_places(load_of(tmp_path, households=[moved]))
    assert finding.rule == "household_in_two_places"
    assert "3栋2单元0502" in finding.message.zh
    dated = moved | {"effective_month": date(2024, 5, 1)}
    assert list(households_in_two_places(load_of(tmp_path, households=[dated]))) == []
    assert list(households_in_two_places(load_of(tmp_path, households=[HOME]))) == []
