"""The messages of the reading rules about single cells."""

from __future__ import annotations

from board.i18n import N_

CELL_WORDS: dict[str, str] = {
    "error_value": N_("“{header}”是公式错误值 {found}，请改正"),
    "formula_without_value": N_("“{header}”是没有算出结果的公式，请在 Excel 中打开、保存后再提交"),
    "merged_cell": N_("“{header}”在合并单元格 {block} 内是空的，请取消合并、逐行填写"),
    "required": N_("“{header}”必填"),
    "row_rule": N_("“{header}”不合要求：{expected}"),
    "not_a_number": N_("“{header}”应为数字，“{found}”不是"),
    "thousands": N_("“{header}”的千分位逗号位置不对：“{found}”"),
    "brackets_for_minus": N_("“{header}”不用括号表示负数：“{found}”，请写 {suggestion}"),
    "ten_thousands": N_("“{header}”以元为单位，不写“万”：“{found}”，请写 {suggestion}"),
    "too_large": N_("“{header}”太大：“{found}”，不超过 10^12"),
    "whole_number": N_("“{header}”应为整数：“{found}”"),
    "decimals": N_("“{header}”最多两位小数：“{found}”"),
    "out_of_bounds": N_("“{header}”超出范围：“{found}”，应为{expected}"),
    "percent_here": N_("“{header}”不是百分数：“{found}”"),
    "percent_below_one": N_("“{header}”按 {found}% 读取；若本意是百分之几十，请写成百分数"),
    "date_as_number": N_("“{header}”应为数字，单元格是日期格式：“{found}”"),
    "date": N_("“{header}”的“{found}”不是可读的写法，应为{expected}"),
    "date_short": N_("“{header}”的“{found}”缺少年份或写法不明，应为{expected}"),
    "date_number": N_("“{header}”是数字 {found}，不是日期；请设为日期格式或写成{expected}"),
    "month_number": N_(
        "“{header}”是数字 {found}：2024.1 与 2024.10 分不清，请写成 2024-01 这样的文字"
    ),
    "date_impossible": N_("“{header}”没有这一天：“{found}”"),
    "time_dropped": N_("“{header}”的时刻没有保留，按 {expected} 读取"),
    "quarter": N_("“{header}”的“{found}”不是季度，应为 2024-Q1 或 2024年第一季度"),
    "bool": N_("“{header}”只能填 是 或 否，不能填“{found}”"),
    "code": N_("“{header}”没有“{found}”这个选项，是不是“{suggestion}”？"),
    "text_logical": N_("“{header}”应为文字，单元格是 {found}"),
    "text_date": N_("“{header}”应为文字，单元格被 Excel 变成了日期；请设为文本格式后重填"),
    "text_fraction": N_("“{header}”应为文字，单元格是带小数的数字 {found}；请设为文本格式后重填"),
    "text_digits_lost": N_("“{header}”是数字格式，第 15 位以后的数字已丢失；请设为文本格式后重填"),
    "text_padded": N_(
        "“{header}”存的是数字 {found}，显示为 {suggestion}，前面的 0 会丢失；请设为文本格式后填 {suggestion}"
    ),
    "text_shown_otherwise": N_("“{header}”存的是数字 {found}，显示的却不同；请设为文本格式后重填"),
    "id_numeric": N_("“{header}”是数字格式，Excel 会改掉末几位；请设为文本格式后重填 18 位号码"),
    "id_fifteen": N_("“{header}”是 15 位的旧号码，请填 18 位公民身份号码"),
    "id_form": N_("“{header}”应为 17 位数字加 1 位校验码，现在是 {length} 位"),
    "id_birth": N_("“{header}”的第 7–14 位不是出生日期"),
    "id_future": N_("“{header}”的出生日期 {born} 在今天以后"),
    "id_check_digit": N_("“{header}”校验码不对，请核对号码"),
}
