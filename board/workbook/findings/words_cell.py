"""The messages of the reading rules about cells and rows of any kind."""

from __future__ import annotations

from board.i18n import N_

CELL_WORDS: dict[str, str] = {
    "merged_cell": N_("“{header}”在合并单元格 {block} 内是空的，请取消合并、逐行填写"),
    "required": N_("“{header}”必填"),
    "row_rule": N_("“{header}”不合要求：{expected}"),
}
