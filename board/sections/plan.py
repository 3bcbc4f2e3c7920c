"""Names from the plan as pages show them: chapters, lead departments, short names."""

from __future__ import annotations

from board.i18n import N_, _
from board.sections.section import View
from board.sections.words import plain

CHAPTERS = {
    "一": N_("一 工作底数"), "二": N_("二 稳岗就业"), "三": N_("三 发展产业"),
    "四": N_("四 盘活资产"), "五": N_("五 监测帮扶"), "六": N_("六 社区治理"),
    "七": N_("七 社会融入"), "八": N_("八 资金政策"), "要求": N_("工作要求"),
}  # fmt: skip

BRIEF = {
    "一": N_("底数"), "二": N_("就业"), "三": N_("产业"), "四": N_("盘活"), "五": N_("监测"),
    "六": N_("治理"), "七": N_("融入"), "八": N_("资金"), "要求": N_("要求"),
}  # fmt: skip


def brief(key: str) -> str:
    """A chapter's name in two characters, not translated yet."""
    return BRIEF.get(key, key)


def chapter(key: str) -> str:
    """A chapter's number and short title, translated."""
    return _(CHAPTERS.get(key, key))


def short_name(view: View, department: str) -> str:
    """A department's short name; the full name when there is none."""
    frame = view.frame("departments_named")
    short = dict(zip(frame["department"], frame["short"], strict=True))
    return _(short.get(department, department))


def leads(view: View, measures: tuple[str, ...]) -> list[str]:
    """The departments that lead any of the measures, in the order of the plan."""
    rows = view.frame("plan").rows(named=True)
    return list(dict.fromkeys(d for r in rows if r["measure"] in measures for d in r["leads"]))


def leads_in_short(view: View, departments: list[str]) -> str:
    """Up to two departments by name; for more, the first name and the count: 人社局等 3 个部门."""
    if not departments:
        return ""
    first = plain(short_name(view, departments[0]))
    if len(departments) == 1:
        return first
    if len(departments) == 2:
        return first + _("、") + plain(short_name(view, departments[1]))
    return _("{first}等 {n} 个部门", first=first, n=len(departments), others=len(departments) - 1)
