"""Short names of categories for charts, in the reader's language."""

from __future__ import annotations

from board.figures.shared.parts import escape
from board.i18n import N_, _, language
from board.metrics import Reading
from board.numerals import counted, place_name, shown

SHORT = {
    "农、林、牧、渔业": N_("农林牧渔"),
    "采矿业": N_("采矿"),
    "制造业": N_("制造"),
    "电力、热力、燃气及水生产和供应业": N_("电热燃水"),
    "建筑业": N_("建筑"),
    "批发和零售业": N_("批发零售"),
    "交通运输、仓储和邮政业": N_("交通仓储"),
    "住宿和餐饮业": N_("住宿餐饮"),
    "信息传输、软件和信息技术服务业": N_("信息技术"),
    "金融业": N_("金融"),
    "房地产业": N_("房地产"),
    "租赁和商务服务业": N_("租赁商务"),
    "科学研究和技术服务业": N_("科研技术"),
    "水利、环境和公共设施管理业": N_("环境公用"),
    "居民服务、修理和其他服务业": N_("居民服务"),
    "教育": N_("教育"),
    "卫生和社会工作": N_("卫生社工"),
    "文化、体育和娱乐业": N_("文体娱乐"),
    "公共管理、社会保障和社会组织": N_("公共管理"),
    "国际组织": N_("国际组织"),
    "wage_income": N_("工资性收入"),
    "business_income": N_("经营净收入"),
    "property_income": N_("财产净收入"),
    "transfer_income": N_("转移净收入"),
}
# Departments: the short name for Chinese charts, and the source string of the English name.
DEPARTMENTS = {
    "组织人社局": ("组织人社局", N_("人社局")),
    "社会事务局": ("社会事务局", N_("社事局")),
    "乡村振兴工作专班": ("乡村振兴专班", N_("专班")),
    "中马投资控股集团有限公司": ("中马投控集团", N_("中马投控")),
    "自然资源和建设局": ("自然资源建设局", N_("自资建设局")),
    "财政金融局": ("财政金融局", N_("财金局")),
    "经济发展局": ("经济发展局", N_("经发局")),
    "招商服务中心": ("招商服务中心", N_("招商中心")),
    "行政审批局": ("行政审批局", N_("审批局")),
    "协调指导局": ("协调指导局", N_("协调局")),
    "钦州保税港区消防救援大队": ("消防救援大队", N_("消防大队")),
    "管委会": ("管委会", N_("管委")),
}


def named(category: object) -> str:
    """The short name of a category, building, department or industry, in the reader's language."""
    text = "" if category is None else str(category)
    if text in DEPARTMENTS:
        chinese, brief = DEPARTMENTS[text]
        return _(brief) if language() == "en" else chinese
    short = SHORT.get(text)
    return _(short) if short else place_name(text) if text else _("未填")


def value_lines(reading: Reading) -> list[str]:
    """The value of a reading, and its bounds if they differ; lines of a hover text, escaped."""
    unit = reading.metric.unit
    lines = [escape(counted(reading.value, unit))]
    if reading.bounds:
        low, high = (shown(bound, unit) for bound in reading.bounds)
        lines.append(escape(_("补齐后在 {low} 至 {high} 之间", low=low, high=high)))
    return lines
