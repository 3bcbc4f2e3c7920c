"""Short names of categories for charts, in the reader's language."""

from __future__ import annotations

from board.figures.shared.parts import escape
from board.i18n import N_, _
from board.ledgers import by_name
from board.metrics import Metric, Reading
from board.metrics.axes import TOGETHER
from board.numerals import counted, place_name, shown
from board.plans import place_of_work, short_name, surrounding

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


def named(category: object) -> str:
    """The short name of a category, place, department, industry or ledger, translated."""
    text = "" if category is None else str(category)
    if TOGETHER in text:
        *others, last = (named(one) for one in text.split(TOGETHER))
        return _("{others}及{last}", others=_("、").join(others), last=last)
    if (brief := short_name(text)) != text:
        return _(brief)
    if surrounding(text):
        return place_of_work(text)
    if text in by_name():
        return str(by_name()[text].sheet_title())
    short = SHORT.get(text)
    return _(short) if short else place_name(text) if text else _("未填")


def beyond(metric: Metric, target: str) -> str:
    """A target's value, with 高于 or 低于 where it must be passed and not only reached."""
    signs = {one.sign for one in metric.targets}
    if ">" in signs:
        return _("高于 {target}", target=target)
    return _("低于 {target}", target=target) if "<" in signs else target


def value_lines(reading: Reading) -> list[str]:
    """The value of a reading, and its bounds if they differ; lines of a hover text, escaped."""
    unit = reading.metric.unit
    lines = [escape(counted(reading.value, unit))]
    if reading.bounds:
        low, high = (shown(bound, unit) for bound in reading.bounds)
        lines.append(escape(_("补齐后在 {low} 至 {high} 之间", low=low, high=high)))
    return lines
