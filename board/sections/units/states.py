"""The lenses for the households of a building: each gives a household one of a few states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from board.figures.rooms import State
from board.i18n import N_, _
from board.metrics import PERCENT, PERSONS, YUAN
from board.numerals import counted, day, shown
from board.sections.words import joined

Row = dict[str, Any]


@dataclass(frozen=True)
class Lens:
    """A way to classify households: `state` returns the key of one of `states` for a row.

    `state` also takes the growth of the county's income, or None when that is unknown.
    `explanation` returns the details of a row as text. `definition` says how the states are
    distinguished, `ledger` which ledger they come from.
    """

    key: str
    label: str
    states: tuple[State, ...]
    state: Callable[[Row, float | None], str]
    explanation: Callable[[Row], str]
    definition: str
    ledger: str


def work(row: Row, county: float | None) -> str:
    """The household's employment state in the month; `unwilling` when no able member wants work."""
    return row["state"] or "unwilling"


def work_explanation(row: Row) -> str:
    """零就业已 5 个月; 未监测 2人."""
    if row["state"] == "zero":
        return _("零就业已 {n} 个月", n=row["months_open"])
    if row["state"] == "unknown":
        return _("未监测 {n}", n=counted(row["unmonitored"], PERSONS))
    return _("劳动力 {n}", n=counted(row["workers"], PERSONS)) if row["workers"] else ""


def income(row: Row, county: float | None) -> str:
    """Whether income per head grew faster than the county's, slower, or fell.

    `apart` for households that need not report, `unknown` when an income is missing.
    """
    if row["income_reported"] is None:
        return "apart"
    if row["now"] is None or not row["before"] or row["before"] < 0:
        return "unknown"
    growth = row["now"] / row["before"] - 1
    if growth < 0:
        return "fell"
    return "faster" if county is None or growth > county else "slower"


def income_explanation(row: Row) -> str:
    """年内人均 9,800元，同比 +4.2%."""
    if row["now"] is None:
        return ""
    text = _("年内人均 {amount}", amount=counted(row["now"], YUAN))
    if not row["before"] or row["before"] < 0:
        return text
    growth = shown(row["now"] / row["before"] - 1, PERCENT, signed=True)
    return _("{amount}，同比 {growth}", amount=text, growth=growth)


def risk(row: Row, county: float | None) -> str:
    """Whether the household at risk waits for help, is helped, or is no longer at risk."""
    if row["risk"] is None:
        return "none"
    if not row["is_open"]:
        return "cleared"
    return "helped" if row["helped_on"] else "waiting"


def risk_explanation(row: Row) -> str:
    """因病，2024年3月5日落实措施."""
    if row["risk"] is None:
        return ""
    kind = _(row["risk"])
    if not row["helped_on"]:
        return kind
    return _("{kind}，{day}落实措施", kind=kind, day=day(row["helped_on"]))


def reports(row: Row, county: float | None) -> str:
    """Which of the household's two reports (work and income) are missing."""
    work_due, income_due = row["workers"] > 0, row["income_reported"] is not None
    late = (row["unmonitored"] > 0, row["income_reported"] is False)
    if not (work_due or income_due):
        return "none"
    return {
        (False, False): "whole", (True, False): "work", (False, True): "income",
        (True, True): "both",
    }[late]  # fmt: skip


def reports_explanation(row: Row) -> str:
    """就业缺报 2人，已 3 个月；收入缺报."""
    missing = []
    if row["unmonitored"]:
        people, months = counted(row["unmonitored"], PERSONS), row["months_behind"]
        missing.append(
            _("就业缺报 {people}，已 {n} 个月", people=people, n=months)
            if months
            else _("就业缺报 {people}", people=people)
        )
    if row["income_reported"] is False:
        missing.append(_("季度收入缺报"))
    return joined(missing)


LENSES = (
    Lens("work", N_("就业情况"), (
        State("employed", N_("有人就业"), "●", "good"),
        State("zero", N_("零就业"), "■", "bad", solid=True),
        State("unknown", N_("情况不明"), "◇", "undetermined"),
        State("unwilling", N_("无有意愿劳动力"), "—", "mute"),
    ), work, work_explanation, N_("有愿就业劳动力的户：有人在业为有人就业，都已监测而无人在业为零就业"),
        "employment"),
    Lens("income", N_("收入"), (
        State("faster", N_("增速高于全县"), "●", "good"),
        State("slower", N_("增速不高于全县"), "▲", "warn"),
        State("fell", N_("比上年同期下降"), "■", "bad", solid=True),
        State("unknown", N_("未报齐"), "◇", "undetermined"),
        State("apart", N_("非脱贫户"), "—", "mute"),
    ), income, income_explanation, N_("年内人均可支配收入比上年同期；只比增速，不比水平"), "income"),
    Lens("risk", N_("返贫风险"), (
        State("waiting", N_("监测中，措施未落实"), "■", "bad", solid=True),
        State("helped", N_("监测中，措施已落实"), "▲", "warn"),
        State("cleared", N_("年内风险已消除"), "●", "good"),
        State("none", N_("未列入监测"), "—", "mute"),
    ), risk, risk_explanation, N_("防返贫监测台账里该户最近一次识别"), "risk"),
    Lens("reports", N_("报送"), (
        State("whole", N_("已报齐"), "●", "good"),
        State("work", N_("就业缺报"), "▲", "warn"),
        State("income", N_("收入缺报"), "◇", "undetermined"),
        State("both", N_("两项都缺"), "■", "bad", solid=True),
        State("none", N_("无需报送"), "—", "mute"),
    ), reports, reports_explanation, N_("当月就业监测和最近一季收入应报而未报的户"), "employment"),
)  # fmt: skip
BY_KEY = {lens.key: lens for lens in LENSES}
