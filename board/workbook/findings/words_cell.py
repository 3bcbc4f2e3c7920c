"""What the rules about single cells say, in Chinese and in English."""

from __future__ import annotations

CELL_WORDS: dict[str, tuple[str, str]] = {
    "error_value": (
        "“{header}”是公式错误值 {found}，请改正",
        "{header} ({name}) holds the error value {found}; correct it",
    ),
    "formula_without_value": (
        "“{header}”是没有算出结果的公式，请在 Excel 中打开、保存后再提交",
        "{header} ({name}) is a formula without a value; open the file in Excel and save it",
    ),
    "merged_cell": (
        "“{header}”在合并单元格 {block} 内是空的，请取消合并、逐行填写",
        "{header} ({name}) is empty inside the merged cells {block}; unmerge them and fill each row",
    ),
    "required": (
        "“{header}”必填",
        "{header} ({name}) is required",
    ),
    "row_rule": (
        "“{header}”不合要求：{expected}",
        "{header} ({name}) doesn't hold: {expected_en}",
    ),
    "not_a_number": (
        "“{header}”应为数字，“{found}”不是",
        "{header} ({name}) takes a number; “{found}” is none",
    ),
    "thousands": (
        "“{header}”的千分位逗号位置不对：“{found}”",
        "The thousands commas of {header} ({name}) are misplaced: “{found}”",
    ),
    "brackets_for_minus": (
        "“{header}”不用括号表示负数：“{found}”，请写 {suggestion}",
        "{header} ({name}) takes no brackets for minus: “{found}”; write {suggestion}",
    ),
    "ten_thousands": (
        "“{header}”以元为单位，不写“万”：“{found}”，请写 {suggestion}",
        "{header} ({name}) is in yuan, not in 万: “{found}”; write {suggestion}",
    ),
    "too_large": (
        "“{header}”太大：“{found}”，不超过 10^12",
        "{header} ({name}) is too large: “{found}”; at most 10^12",
    ),
    "whole_number": (
        "“{header}”应为整数：“{found}”",
        "{header} ({name}) takes a whole number, not “{found}”",
    ),
    "decimals": (
        "“{header}”最多两位小数：“{found}”",
        "{header} ({name}) takes at most two decimals: “{found}”",
    ),
    "out_of_bounds": (
        "“{header}”超出范围：“{found}”，应为{expected}",
        "{header} ({name}) is out of bounds: “{found}”; expected {bounds}",
    ),
    "percent_here": (
        "“{header}”不是百分数：“{found}”",
        "{header} ({name}) is no percentage: “{found}”",
    ),
    "percent_below_one": (
        "“{header}”按 {found}% 读取；若本意是百分之几十，请写成百分数",
        "{header} ({name}) was read as {found} %; write a percentage if more was meant",
    ),
    "date_as_number": (
        "“{header}”应为数字，单元格是日期格式：“{found}”",
        "{header} ({name}) takes a number; the cell is formatted as a date: “{found}”",
    ),
    "date": (
        "“{header}”的“{found}”不是可读的写法，应为{expected}",
        "{header} ({name}): “{found}” is not an accepted spelling; expected e.g. {example}",
    ),
    "date_short": (
        "“{header}”的“{found}”缺少年份或写法不明，应为{expected}",
        "{header} ({name}): “{found}” is ambiguous; write all of it, e.g. {example}",
    ),
    "date_number": (
        "“{header}”是数字 {found}，不是日期；请设为日期格式或写成{expected}",
        "{header} ({name}) is the number {found}, not a date; write e.g. {example}",
    ),
    "month_number": (
        "“{header}”是数字 {found}：2024.1 与 2024.10 分不清，请写成 2024-01 这样的文字",
        "{header} ({name}) is the number {found}; 2024.1 and 2024.10 look alike: write 2024-01 as text",
    ),
    "date_impossible": (
        "“{header}”没有这一天：“{found}”",
        "{header} ({name}): there is no such day: “{found}”",
    ),
    "time_dropped": (
        "“{header}”的时刻没有保留，按 {expected} 读取",
        "The time of day in {header} ({name}) was dropped; read as {expected}",
    ),
    "quarter": (
        "“{header}”的“{found}”不是季度，应为 2024-Q1 或 2024年第一季度",
        "{header} ({name}): “{found}” is no quarter; write 2024-Q1",
    ),
    "bool": (
        "“{header}”只能填 是 或 否，不能填“{found}”",
        "{header} ({name}) takes 是 or 否, not “{found}”",
    ),
    "code": (
        "“{header}”没有“{found}”这个选项，是不是“{suggestion}”？",
        "{header} ({name}) has no code “{found}”; is it “{suggestion}”?",
    ),
    "text_logical": (
        "“{header}”应为文字，单元格是 {found}",
        "{header} ({name}) takes text; the cell holds {found}",
    ),
    "text_date": (
        "“{header}”应为文字，单元格被 Excel 变成了日期；请设为文本格式后重填",
        "{header} ({name}) takes text; Excel turned the cell into a date: format it as text and retype",
    ),
    "text_fraction": (
        "“{header}”应为文字，单元格是带小数的数字 {found}；请设为文本格式后重填",
        "{header} ({name}) takes text; the cell is the number {found}: format it as text and retype",
    ),
    "text_digits_lost": (
        "“{header}”是数字格式，第 15 位以后的数字已丢失；请设为文本格式后重填",
        "{header} ({name}) is a number and lost its digits after the 15th: format it as text and retype",
    ),
    "text_padded": (
        "“{header}”存的是数字 {found}，显示为 {suggestion}，前面的 0 会丢失；请设为文本格式后填 {suggestion}",
        "{header} ({name}) is stored as the number {found} but shown as {suggestion}, so its zeros would be lost: format it as text and write {suggestion}",
    ),
    "text_shown_otherwise": (
        "“{header}”存的是数字 {found}，显示的却不同；请设为文本格式后重填",
        "{header} ({name}) is stored as the number {found} but shown otherwise: format it as text",
    ),
    "id_numeric": (
        "“{header}”是数字格式，Excel 会改掉末几位；请设为文本格式后重填 18 位号码",
        "{header} ({name}) is in a numeric cell, where Excel loses the last digits: format it as text and retype all 18",
    ),
    "id_fifteen": (
        "“{header}”是 15 位的旧号码，请填 18 位公民身份号码",
        "{header} ({name}) is an old number of 15 digits; write the one of 18",
    ),
    "id_form": (
        "“{header}”应为 17 位数字加 1 位校验码，现在是 {length} 位",
        "{header} ({name}) takes 17 digits and a check character; this has {length} characters",
    ),
    "id_birth": (
        "“{header}”的第 7–14 位不是出生日期",
        "Digits 7–14 of {header} ({name}) are no birth date",
    ),
    "id_future": (
        "“{header}”的出生日期 {born} 在今天以后",
        "{header} ({name}) has a birth date after today: {born}",
    ),
    "id_check_digit": (
        "“{header}”校验码不对，请核对号码",
        "{header} ({name}) has a wrong check character; compare it with the card",
    ),
}
