"""What is taken away: tables as workbooks that say what they are, and the rows in force."""

from board.export.audit_log import DONE, done, looks_table, looks_workbook, panel_named, role
from board.export.columns import Column, of_ledger, of_table
from board.export.definition_sheet import about, about_rows, exported, named
from board.export.ledgers import export
from board.export.lists import table_of
from board.export.workbook import Sheet, workbook_of

__all__ = [
    "DONE", "Column", "Sheet", "about", "about_rows", "done", "export", "exported",
    "looks_table", "looks_workbook", "named", "of_ledger", "of_table", "panel_named", "role", "table_of",
    "workbook_of",
]  # fmt: skip
