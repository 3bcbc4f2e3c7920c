"""Exports: tables as workbooks with a sheet that describes them, and the rows in force."""

from board.export.audit_log import kind_label, looks_table, looks_workbook, panel_named
from board.export.columns import of_ledger, of_table
from board.export.definition_sheet import about, about_rows, export_terms
from board.export.ledgers import export, inert
from board.export.lists import table_of
from board.export.prefilled import (
    PrefilledTemplate,
    can_be_prefilled,
    prefilled,
    prefilled_for_terminal,
    prefilled_name,
)
from board.export.workbook import Sheet, workbook_of

__all__ = [
    "PrefilledTemplate", "Sheet", "about", "about_rows", "can_be_prefilled", "export", "export_terms", "inert",
    "kind_label", "looks_table", "looks_workbook", "of_ledger", "of_table", "panel_named",
    "prefilled", "prefilled_for_terminal", "prefilled_name", "table_of", "workbook_of",
]  # fmt: skip
