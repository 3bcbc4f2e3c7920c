"""Which members of a household worked in which month: a row each, states as shape and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.figures.shared.axes import month_axis
from board.figures.shared.parts import Spec, bold, dots, empty, escape, figure, hover, iso, legend
from board.figures.shared.rows import column, hairlines, left_margin, row_axis, row_names
from board.i18n import N_, _
from board.numerals import month
from board.theme import Theme

ROW = 46
# State → mark in the key, plotly's symbol, tone, word.
STATES = {
    "working": ("●", "circle", "good", N_("在业")),
    "on_leave": ("◆", "diamond", "warn", N_("暂离")),
    "idle": ("■", "square", "bad", N_("未就业")),
    "unmonitored": ("◇", "diamond-open", "undetermined", N_("未监测")),
    "unable": ("—", "line-ew-open", "mute", N_("不在劳动年龄或无劳动能力")),
}
WIDEST = 190


@dataclass(frozen=True)
class Month:
    """A member's month: its state (a key of STATES), more lines for the hover, the click's key."""

    when: date
    state: str
    details: tuple[str, ...]
    key: str


def work_history(
    members: Sequence[tuple[str, str, Sequence[Month]]], theme: Theme
) -> dict[str, Any]:
    """Members as (name, text at the right, months); customdata is the month's key."""
    months = [entry for _name, _last, line in members for entry in line]
    if not months:
        return empty(theme, _("没有可画的月份。"))
    first, last = min(m.when for m in months), max(m.when for m in months)
    labels = [name for name, _last, _line in members]
    rights = [last for _name, last, _line in members]
    left = left_margin(labels, WIDEST)
    shown = [state for state in STATES if any(entry.state == state for entry in months)]
    tones = {state: getattr(theme, STATES[state][2]) for state in shown}
    return figure(
        [_marks(members, state, tones[state]) for state in shown],
        theme, alt(members), ROW * len(members) + 110,
        annotations=[
            *row_names(labels, left, theme),
            *column(rights, 96, theme),
            legend([(STATES[s][0], tones[s], _(STATES[s][3])) for s in shown], theme,
                 xshift=-left, yshift=10),
        ],
        shapes=hairlines(len(members)),
        xaxis=month_axis(first, last, most=12),
        yaxis=row_axis(len(members)), margin={"l": left, "r": 100, "t": 40, "b": 54},
    )  # fmt: skip


def _marks(members: Sequence[tuple[str, str, Sequence[Month]]], state: str, colour: str) -> Spec:
    spots = [
        (iso(entry.when), n, entry.key, _hover(name, entry))
        for n, (name, _last, line) in enumerate(members)
        for entry in line
        if entry.state == state
    ]
    size = 13 if state != "unable" else 9
    own = {"marker": {"symbol": STATES[state][1], "line": {"width": 2, "color": colour}}}
    marks = dots([s[0] for s in spots], [s[1] for s in spots], colour, size, **own)
    return marks | hover([s[3] for s in spots], [s[2] for s in spots])


def _hover(name: str, entry: Month) -> str:
    head = f"{bold(name)} {escape(month(entry.when))}"
    lines = [_(STATES[entry.state][3]), *entry.details]
    return "<br>".join([head, *(escape(text) for text in lines if text)])


def alt(members: Sequence[tuple[str, str, Sequence[Month]]]) -> str:
    """The alt text: every member's state in the last month."""
    member_texts = [
        f"{name} {month(line[-1].when)} {_(STATES[line[-1].state][3])}"
        for name, _last, line in members
        if line
    ]
    return _("就业史：{members}。", members=_("；").join(member_texts))
