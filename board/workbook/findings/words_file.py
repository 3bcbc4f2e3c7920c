"""The messages of the reading rules about files, sheets and tables, and what each expects."""

from __future__ import annotations

from board.i18n import N_

READABLE = ".xlsx .xlsm .xls .et .csv"
FILE_WORDS: dict[str, str] = {
    "file_empty": N_("文件是空的，请重新导出后再提交"),
    "file_too_large": N_("文件超过 {limit}，请拆成几个文件"),
    "file_inflated": N_("文件解压后超过 {limit}，请删去多余的内容或拆成几个文件"),
    "file_too_many_entries": N_("压缩包内超过 {limit} 个部件，请另存为新的 .xlsx 再提交"),
    "file_too_many_rows": N_("工作表超过 {limit} 行，请拆成几个文件"),
    "file_too_heavy": N_("文件太大，读取超出 {limit} 的限度，请拆成几个文件"),
    "file_password": N_("文件有打开密码，请在 Excel 中去掉密码后再提交"),
    "file_damaged": N_("文件已损坏，请用 Excel 打开、另存为 .xlsx 再提交"),
    "file_doctype": N_("文件含有不允许的文档类型声明，请用 Excel 另存为 .xlsx 再提交"),
    "file_foreign": N_(
        "不是可读的台账文件，请用 Excel 另存为 .xlsx 再提交（可读：.xlsx .xlsm .xls .et .csv）"
    ),
    "file_web_page": N_("这是网页，不是工作簿：打开后另存为 .xlsx"),
    "file_xml_table": N_("这是 XML 表格，不是工作簿：打开后另存为 .xlsx"),
    "file_binary": N_("这是 .xlsb 文件，请另存为 .xlsx 再提交（WPS 和 Excel 都可以）"),
    "file_open_document": N_("这是 .ods 文件，请另存为 .xlsx 再提交（WPS 和 Excel 都可以）"),
    "file_encoding": N_("文字编码认不出，请另存为 UTF-8 的 .csv 或 .xlsx"),
    "unknown_sheet": N_("工作表“{found}”不是台账，没有读取"),
    "unknown_sheet_suggested": N_(
        "工作表“{found}”不是台账，没有读取；最接近的台账是“{suggestion}”"
    ),
    "sheet_recognised": N_("工作表“{found}”按表头认作“{suggestion}”，照常读取"),
    "sheet_ambiguous": N_(
        "工作表“{found}”的表头合乎几本台账（{expected}），没有读取：请把工作表改成其中一本的名字"
    ),
    "sheet_like_ledger": N_(
        "工作表“{found}”像是“{suggestion}”，但缺少必填列{lacking}，没有读取：请补上，并把工作表改名为“{suggestion}”；不是台账就从文件中删去"
    ),
    "hidden_sheet": N_("工作表是隐藏的，照常读取"),
    "hidden_rows": N_("有 {count} 行是隐藏的（{found}），照常读取"),
    "hidden_columns": N_("列 {found} 是隐藏的，照常读取"),
    "empty_sheet": N_("只有表头，没有数据行"),
    "no_header": N_("前 20 行内没有找到表头，应有：{expected}"),
    "missing_column": N_("缺少必填列“{header}”"),
    "missing_column_suggested": N_("缺少必填列“{header}”，是不是写成了“{near}”？"),
    "unknown_column": N_("列“{found}”不在台账内，没有读取"),
    "unknown_column_suggested": N_("列“{found}”不在台账内，没有读取；最接近的列是“{suggestion}”"),
    "unit_in_header": N_(
        "表头写的单位是“{stated}”，“{header}”按“{own}”填：请换算成{own}，或把表头的单位改对"
    ),
    "unit_above": N_(
        "表名或表头上方写的单位是“{stated}”，“{header}”按“{own}”填：请换算成{own}，或把写的单位改对"
    ),
    "unit_in_row": N_(
        "表头下一行写的单位是“{stated}”，“{header}”按“{own}”填：请换算成{own}，或把写的单位改对"
    ),
    "unit_of_format": N_(
        "单元格的数字格式写的单位是“{stated}”，“{header}”按“{own}”填：请换算成{own}，或把数字格式改对"
    ),
    "duplicate_column": N_("列“{header}”出现两次（{other} 和 {cell}），只能有一列"),
    "outside_table": N_("“{found}”在表格以外，没有读取"),
    "outside_column": N_("{col} 列没有表头，{count} 个单元格没有读取"),
    "total_row": N_("“{found}”行不是数据，已跳过"),
    "repeated_header": N_("重复的表头，已跳过"),
    "numbering_row": N_("“{found}”开头的这一行是栏次编号，不是数据，已跳过"),
    "unit_row": N_("“{found}”开头的这一行是计量单位，不是数据，已跳过"),
    "example_row": N_("“{found}”这一行是填写示例，不是数据，已跳过"),
    "hint_row": N_("“{found}”这一行是填写说明，不是数据，已跳过"),
    "subtitle_row": N_("“{found}”这一行是小标题，不是数据，已跳过"),
    "rest_rows": N_("{count} 行只有预填的内容（第 {found} 行），已跳过"),
    "untouched_rows": N_("{count} 行只有预填内容，没有填写，未读入（第 {found} 行）"),
    "row_unfilled": N_("这一行只填了 {count} 格，缺：{lacking}。是数据请补全，不是数据请删去"),
    "picture": N_("{found} 列有 {count} 张图片盖在单元格上，图片没有读取；请把内容写成文字"),
    "file_unreadable": N_("文件无法读取（{found}），请用 Excel 打开、另存为 .xlsx 再提交"),
}
EXPECTED: dict[str, str] = {
    "file_empty": N_("有内容的文件"),
    "file_too_large": "≤ {limit}",
    "file_inflated": "≤ {limit}",
    "file_too_many_entries": "≤ {limit}",
    "file_too_many_rows": N_("≤ {limit} 行"),
    "file_too_heavy": "≤ {limit}",
    "file_password": N_("没有打开密码的文件"),
    "file_damaged": N_("完好的文件"),
    "file_doctype": N_("没有文档类型声明的文件"),
    "file_foreign": READABLE,
    "file_web_page": READABLE,
    "file_xml_table": READABLE,
    "file_binary": READABLE,
    "file_open_document": READABLE,
    "file_encoding": N_("UTF-8 或 GB18030"),
    "hidden_sheet": N_("不隐藏"),
    "hidden_rows": N_("不隐藏"),
    "hidden_columns": N_("不隐藏"),
    "empty_sheet": N_("至少一行数据"),
    "duplicate_column": N_("每列只有一次"),
    "outside_table": N_("表格以内"),
    "outside_column": N_("有表头的列"),
    "total_row": N_("数据行"),
    "repeated_header": N_("数据行"),
    "numbering_row": N_("数据行"),
    "unit_row": N_("数据行"),
    "example_row": N_("数据行"),
    "hint_row": N_("数据行"),
    "subtitle_row": N_("数据行"),
    "rest_rows": N_("数据行"),
    "untouched_rows": N_("数据行"),
    "row_unfilled": N_("必填的列都填"),
    "picture": N_("文字"),
    "file_unreadable": N_("可读的台账文件"),
}
