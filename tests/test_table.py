"""A table holds values with their kinds, and is read in the reader's words."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from board.i18n import speaking
from board.metrics import HOUSEHOLDS, PERCENT, YUAN
from board.table import COUNT, Cell, Column, Dates, Figures, Table

MONTH = date(2024, 3, 1)


def words(column: Column) -> list[str | None]:
    return Table.of(column).in_words()[column.header].to_list()


@pytest.mark.parametrize(
    ("kind", "values", "chinese", "english"),
    [
        (Figures(PERCENT), [0.5824, 1, None], ["58.2%", "100%", "—"], ["58.2%", "100%", "—"]),
        (Figures(YUAN, "counted"), [12_345], ["1.23万元"], ["12,345 yuan"]),
        (Figures(HOUSEHOLDS, "signed"), [3, -3], ["+3", "−3"], ["+3", "−3"]),
        (Figures(PERCENT, "target", absent=""), [0.6, None], ["60%", ""], ["60%", ""]),
        (COUNT, [1234, None], ["1,234", ""], ["1,234", ""]),
        (Dates("month"), [MONTH, None], ["2024年3月", ""], ["Mar 2024", ""]),
        (Dates("day", absent=None), [MONTH, None], ["2024年3月1日", None], ["1 Mar 2024", None]),
        ("month", [MONTH], ["2024-03"], ["2024-03"]),
        (
            "mixed",
            ["R2", Cell(12, "int"), Cell(0.5, Figures(PERCENT)), Cell(MONTH, "date"), Cell(True, "bool")],
            ["R2", "12", "50.0%", "2024-03-01", "是"],
            ["R2", "12", "50.0%", "2024-03-01", "Yes"],
        ),
    ],
)  # fmt: skip
def test_a_column_is_read_as_its_kind_says(
    kind: str | Figures | Dates,
    values: list[object],
    chinese: list[str | None],
    english: list[str | None],
) -> None:
    assert words(Column("列", values, kind)) == chinese
    with speaking("en"):
        assert words(Column("列", values, kind)) == english


def test_numbers_without_a_unit_stay_numbers_on_a_page() -> None:
    table = Table.of(Column("户数", pl.Series([1, 2])), Column("名", ["甲", "乙"]))
    assert table.in_words().equals(table.frame)
    assert [table.kind(header) for header in table.frame.columns] == ["int", "text"]


def test_a_column_that_shows_nothing_is_left_out() -> None:
    table = Table.of(
        Column("空", ["", ""]), Column("缺", [None, None], COUNT), Column("有", ["", "甲"])
    )
    assert table.without_empty_columns().frame.columns == ["有"]
