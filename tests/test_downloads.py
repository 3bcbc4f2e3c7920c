"""What is taken away from a page can't run in the spreadsheet that opens it."""

from __future__ import annotations

import polars as pl

from board.ui.downloads import csv


def test_text_that_would_start_a_formula_is_kept_as_text():
    frame = pl.DataFrame({"text": ["=1+1", "@SUM(A1)", "-2", "甲=乙", None], "n": [1, -2, 3, 4, 5]})
    lines = csv(frame).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["'=1+1,1", "'@SUM(A1),-2", "'-2,3", "甲=乙,4", ",5"]


def test_several_values_in_a_cell_are_joined():
    frame = pl.DataFrame({"leads": [["甲局", "乙局"], [], None]})
    assert csv(frame).decode("utf-8-sig").splitlines() == ["leads", "甲局、乙局", '""', ""]
