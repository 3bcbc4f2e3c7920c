"""How figures, dates and places are written in both languages."""

from datetime import date

import pytest

from board import numerals as n
from board.i18n import know, speaking
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, POINTS, TIMES, YUAN, Period, Scope, Unit


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (4216, PERSONS, "4,216", "4,216"),
        (0.5824, PERCENT, "58.2%", "58.2%"),
        (1, PERCENT, "100%", "100%"),
        (0, PERCENT, "0%", "0%"),
        (0.9996, PERCENT, "99.9%", "99.9%"),
        (0.0001, PERCENT, "0.1%", "0.1%"),
        (-0.4, POINTS, "−0.4", "−0.4"),
        (-0.01, POINTS, "0.0", "0.0"),
        (4350, YUAN, "4,350", "4,350"),
        (12_345, YUAN, "1.23万", "12,345"),
        (1_864_000, YUAN, "186.4万", "1,864,000"),
        (123_456_789, YUAN, "1.23亿", "123,456,789"),
        (-20_000, YUAN, "−2.00万", "−20,000"),
        (None, PERCENT, "—", "—"),
    ],
)
def test_a_figure_is_written_as_its_readers_expect(
    value: float | None, unit: Unit, zh: str, en: str
) -> None:
    assert n.shown(value, unit) == zh
    with speaking("en"):
        assert n.shown(value, unit) == en


def test_a_figure_with_its_unit_has_an_english_singular() -> None:
    assert n.counted(1, HOUSEHOLDS) == "1户"
    assert n.counted(1_864_000, YUAN) == "186.4万元"
    with speaking("en"):
        assert n.counted(1, HOUSEHOLDS) == "1 household"
        assert n.counted(7, HOUSEHOLDS) == "7 households"
        assert n.counted(1.0, POINTS) == "1.0 percentage points"


def test_a_number_behind_its_label_repeats_no_unit_in_english() -> None:
    assert n.labelled("零就业家庭", 7, HOUSEHOLDS) == "7户"
    with speaking("en"):
        assert n.labelled("Zero-employment households", 7, HOUSEHOLDS) == "7"
        assert n.labelled("Quarterly meetings", 1, TIMES) == "1"
        assert n.labelled("Returns distributed", 1200, YUAN) == "1,200 yuan"
        assert n.labelled("Employment rate", 0.5824, PERCENT) == "58.2%"


def test_a_change_of_a_rate_is_said_in_points() -> None:
    assert n.change(0.582, 0.562, PERCENT) == "+2.0个百分点"
    assert n.change(7, 12, HOUSEHOLDS) == "−5户"
    assert n.change(7, 7, HOUSEHOLDS) == "持平"
    assert n.change(None, 7, HOUSEHOLDS) == "—"
    with speaking("en"):
        assert n.change(13, 12, HOUSEHOLDS) == "+1 household"
        assert n.change(0.5, 0.5, PERCENT) == "no change"


def test_a_target_has_no_idle_decimal() -> None:
    assert n.goal(0.6, PERCENT) == "60%"
    assert n.goal(0.575, PERCENT) == "57.5%"
    assert n.goal(0, POINTS) == "0"


def test_a_plus_stands_where_a_change_is_meant() -> None:
    assert n.shown(1.3, POINTS, signed=True) == "+1.3"
    assert n.shown(0, POINTS, signed=True) == "0.0"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2024-09", "2024年9月", "Sep 2024"),
        ("2024-Q3", "2024年三季度", "Q3 2024"),
        ("2024-H2", "2024年下半年", "H2 2024"),
        ("2024", "2024年", "2024"),
    ],
)
def test_a_period_is_said_in_words(text: str, zh: str, en: str) -> None:
    assert n.period(Period.parse(text)) == zh
    with speaking("en"):
        assert n.period(Period.parse(text)) == en


def test_a_day_is_said_in_words() -> None:
    assert n.day(date(2024, 9, 30)) == "2024年9月30日"
    with speaking("en"):
        assert n.day(date(2024, 9, 30)) == "30 Sep 2024"


def test_a_place_is_said_as_readers_call_it() -> None:
    assert n.place_name(Scope(building="3栋", unit="2单元")) == "3栋2单元"
    assert n.place_name(Scope("甲新村")) == "甲新村"
    with speaking("en"):
        assert n.place_name("3栋") == "Building 3"
        assert n.place_name(Scope(building="3栋", unit="2单元")) == "Building 3 Unit 2"
        know({"甲新村": "First Village"})
        assert n.place_name(Scope("甲新村")) == "First Village"
        know({})
