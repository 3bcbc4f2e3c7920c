"""What is taken away: tables as workbooks that say what they are, and the rows in force."""

from board.export._about import about, about_rows, exported, named
from board.export._columns import Column, of_frame, of_ledger
from board.export._ledgers import export
from board.export._lists import table_of
from board.export._looks import DONE, done, looks_table, looks_workbook, panel_named, role
from board.export._workbook import Sheet, workbook_of

__all__ = [
    "DONE", "Column", "Sheet", "about", "about_rows", "done", "export", "exported",
    "looks_table", "looks_workbook", "named", "of_frame", "of_ledger", "panel_named", "role", "table_of",
    "workbook_of",
]  # fmt: skip
