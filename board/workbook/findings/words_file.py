"""What the rules about files, sheets and tables say, in Chinese and in English, and expect."""

from __future__ import annotations

FILE_WORDS: dict[str, tuple[str, str, str]] = {
    "file_empty": (
        "文件是空的，请重新导出后再提交",
        "The file is empty; export it again",
        "有内容的文件",
    ),
    "file_too_large": (
        "文件超过 {limit}，请拆成几个文件",
        "The file is larger than {limit}; split it into several",
        "≤ {limit}",
    ),
    "file_inflated": (
        "文件解压后超过 {limit}，请删去多余的内容或拆成几个文件",
        "Unpacked, the file is larger than {limit}; remove what isn't needed or split it",
        "≤ {limit}",
    ),
    "file_too_many_entries": (
        "压缩包内超过 {limit} 个部件，请另存为新的 .xlsx 再提交",
        "The file holds more than {limit} parts; save it as a new .xlsx",
        "≤ {limit}",
    ),
    "file_too_many_rows": (
        "工作表超过 {limit} 行，请拆成几个文件",
        "A sheet has more than {limit} rows; split the file",
        "≤ {limit} 行",
    ),
    "file_too_heavy": (
        "文件太大，读取超出 {limit} 的限度，请拆成几个文件",
        "The file takes more than {limit} to read; split it into several",
        "≤ {limit}",
    ),
    "file_password": (
        "文件有打开密码，请在 Excel 中去掉密码后再提交",
        "The file is protected by a password; remove it in Excel and save again",
        "没有打开密码的文件",
    ),
    "file_damaged": (
        "文件已损坏，请用 Excel 打开、另存为 .xlsx 再提交",
        "The file is damaged; open it in Excel and save it as .xlsx",
        "完好的文件",
    ),
    "file_doctype": (
        "文件含有不允许的文档类型声明，请用 Excel 另存为 .xlsx 再提交",
        "The file declares a document type, which is not allowed; save it as .xlsx in Excel",
        "没有文档类型声明的文件",
    ),
    "file_foreign": (
        "不是可读的台账文件，请用 Excel 另存为 .xlsx 再提交（可读：.xlsx .xlsm .xls .xlsb .ods .csv）",
        "Not a workbook; save it as .xlsx in Excel (readable: .xlsx .xlsm .xls .xlsb .ods .csv)",
        ".xlsx .xlsm .xls .xlsb .ods .csv",
    ),
    "file_encoding": (
        "文字编码认不出，请另存为 UTF-8 的 .csv 或 .xlsx",
        "The text encoding is unknown; save it as .csv in UTF-8, or as .xlsx",
        "UTF-8 或 GB18030",
    ),
    "unknown_sheet": (
        "工作表“{found}”不是台账，没有读取；最接近的台账是“{suggestion}”",
        "The sheet “{found}” is no ledger and was not read; the nearest ledger is “{suggestion}”",
        "",
    ),
    "hidden_sheet": (
        "工作表是隐藏的，照常读取",
        "The sheet is hidden; it is read like any other",
        "不隐藏",
    ),
    "hidden_rows": (
        "有 {count} 行是隐藏的（{found}），照常读取",
        "{count} rows are hidden ({found}); they are read like any other",
        "不隐藏",
    ),
    "hidden_columns": (
        "列 {found} 是隐藏的，照常读取",
        "Column {found} is hidden; it is read like any other",
        "不隐藏",
    ),
    "empty_sheet": (
        "只有表头，没有数据行",
        "Nothing but a header: no rows",
        "至少一行数据",
    ),
    "no_header": (
        "前 20 行内没有找到表头，应有：{expected}",
        "No header in the first 20 rows; expected: {expected}",
        "",
    ),
    "missing_column": (
        "缺少必填列“{header}”{near}",
        "The required column “{header}” ({name}) is missing{near_en}",
        "",
    ),
    "unknown_column": (
        "列“{found}”不在台账内，没有读取；最接近的列是“{suggestion}”",
        "The column “{found}” is not in the ledger and was not read; the nearest is “{suggestion}”",
        "",
    ),
    "duplicate_column": (
        "列“{header}”出现两次（{other} 和 {cell}），只能有一列",
        "The column “{header}” ({name}) stands twice ({other} and {cell}); only one may",
        "每列只有一次",
    ),
    "outside_table": (
        "“{found}”在表格以外，没有读取",
        "“{found}” stands outside the table and was not read",
        "表格以内",
    ),
    "outside_column": (
        "{col} 列没有表头，{count} 个单元格没有读取",
        "Column {col} has no header; its {count} cells were not read",
        "有表头的列",
    ),
    "total_row": (
        "“{found}”行不是数据，已跳过",
        "The “{found}” row is no data and was skipped",
        "数据行",
    ),
    "repeated_header": (
        "重复的表头，已跳过",
        "A repeated header was skipped",
        "数据行",
    ),
    "file_unreadable": (
        "文件无法读取（{found}），请用 Excel 打开、另存为 .xlsx 再提交",
        "The file can't be read ({found}); open it in Excel and save it as .xlsx",
        "可读的台账文件",
    ),
}
