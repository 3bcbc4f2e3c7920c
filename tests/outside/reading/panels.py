"""Panels of any metric: its course, its parts, the numbers beside it; captions and charts in words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace

from tests.outside.reading import periods, plan, words
from tests.outside.reading.answers import Answer, Figure, View
from tests.outside.reading.beside import bounds_of, change_of, share_of, target_of
from tests.outside.reading.figures import difference_of, told
from tests.outside.reading.overview import FINE, Read, reported_fine, thin, unsure
from tests.outside.reading.reading import NOT_UNDERSTOOD, VERDICTS, gaps

UNKNOWN = ("no_data", "suppressed")
STATUS_OF = {word: status for status, (_mark, word) in words.STATUS.items()}


def whole(text: str, view: View) -> list[str] | None:
    """技能培训率 34.4%, then its target, its change, its lowest part or its first parts."""
    for kind in (unsure, thin, reported_fine):
        clauses = text.split("，")
        for n in range(1, min(len(clauses), 3) + 1):
            if found := kind("，".join(clauses[:n]), view):
                return undecided(found, "，".join(clauses[n:]), view)
    head, comma, rest = split_head(text)
    gap = gaps(words.LABELLED, head) or without_value(head)
    figure = view.figure(gap["label"]) if gap else None
    if gap is None or figure is None:
        return None
    answer = view.answer(figure)
    if answer is None:
        return ["there is no such figure"]
    faults = unsaid(figure, view) + value_of(gap["value"], figure, answer)
    if comma == "：":
        return faults + first_parts(rest, figure, view)
    return faults + (remark(rest, figure, answer, view) if comma else [])


def undecided(found: Read, rest: str, view: View) -> list[str]:
    """A figure that can't be told yet, and what follows it."""
    figure, faults = found
    answer = view.answer(figure) if figure else None
    if figure is None or answer is None:
        return faults
    faults = [*faults, *unsaid(figure, view)]
    return faults + (remark(rest, figure, answer, view) if rest else [])


def without_value(text: str) -> dict[str, str] | None:
    """走访覆盖率未报: a label and the word of the status that has no value."""
    for word in STATUS_OF:
        if text.endswith(word) and text != word:
            return {"label": text.removesuffix(word).strip(), "value": word}
    return None


def split_head(text: str) -> tuple[str, str, str]:
    """A text before and behind the first ， or ：that stands behind a number or a word of status."""
    match = re.match(r"([^，：]+)([，：])(.+)", text, re.DOTALL)
    return (match[1], match[2], match[3]) if match else (text, "", "")


def unsaid(figure: Figure, view: View) -> list[str]:
    """A figure that is of another period or place than the page says which."""
    faults = []
    if figure.period != view.period and not figure.dated:
        faults.append(f"the figure is of {figure.period}, which is not said")
    if figure.scope != view.scope and not figure.placed:
        faults.append(f"the figure is of {figure.scope}, which is not said")
    return faults


def value_of(text: str, figure: Figure, answer: Answer) -> list[str]:
    """A value with its unit, or the word of the status that has none."""
    if text in STATUS_OF:
        right = answer["value"] is None and answer["status"] == STATUS_OF[text]
        return [] if right else [f"told as {text}, it is {answer['status']} {answer['value']}"]
    return difference_of(text, figure.metric.label, answer["value"], answer["unit"])


def remark(text: str, figure: Figure, answer: Answer, view: View) -> list[str]:
    """What follows the value: target, change, the lowest part, or how many parts are hidden."""
    if text.startswith("目标"):
        return target_of(text, answer)
    change = change_of(text, figure, view)
    if change is not None:
        return change
    if gaps(words.HIDDEN_PARTS, text):
        return [] if view.answers.leader else ["nothing is hidden from this reader"]
    if gap := gaps(words.LOWEST_PART, text):
        return lowest(gap, figure, view)
    return [f"{NOT_UNDERSTOOD}: {text}"]


def parts(figure: Figure, axis: str, view: View) -> list[Answer]:
    """The answers of a figure's parts along an axis, or of the places below."""
    answer = view.answer(figure, by=(axis,))
    listed: list[Answer] = (answer or {}).get("by", {}).get(axis, [])
    return listed


def every_part(figure: Figure, view: View) -> Iterator[tuple[str, list[Answer]]]:
    """Every axis of a figure, places too, with its parts."""
    below = {"plan": "building", "building": "unit"}.get(periods.place_kind(figure.scope))
    for axis in (*figure.metric.axes, *((below,) if below in figure.metric.scopes else ())):
        if axis:
            yield axis, parts(figure, axis, view)


def named(name: str, listed: list[Answer]) -> Answer | None:
    """The part of a name as pages write it: whole, short, or with letters left out."""
    full = plan.short_names().get(name, name)
    for part in listed:
        if (
            part["key"] in (name, full)
            or name == together(part["key"])
            or name == words.PART_NAMES.get(part["key"])
        ):
            return part
    if re.fullmatch(r".*\d+(?:栋|单元)", name):
        return None  # A place is told whole.
    spelled = re.compile(".*?".join(map(re.escape, name)))
    near = [part for part in listed if spelled.search(str(part["key"]))]
    return near[0] if len(near) == 1 else None


def together(key: str) -> str:
    """The name of categories that stand for one part: 区外＋境外 is 区外及境外."""
    short = {full: name for name, full in plan.short_names().items()}
    *others, last = (short.get(one, one) for one in key.split("＋"))
    return "、".join(others) + ("及" if others else "") + last


def lowest(gap: dict[str, str], figure: Figure, view: View) -> list[str]:
    """公益性岗位最低 52.3%: no other part is as low, and none is told as low."""
    name, value = gap["name"], gap["value"]
    for _axis, listed in every_part(figure, view):
        part = named(name, listed)
        if part is None:
            continue
        faults = difference_of(value, "lowest", part["value"])
        unknown = [p["key"] for p in listed if p["value"] is None and p["status"] in UNKNOWN]
        if unknown and not gap["partly"]:
            faults.append(f"told as lowest, {unknown[0]} is not known")
        number = told(value)
        others = [p for p in listed if p is not part and p["value"] is not None]
        others = [p for p in others if p["denominator"]]
        lower = [p["key"] for p in others if p["value"] < part["value"] - 1e-9]
        same = [p["key"] for p in others if number and number.fits(p["value"])]
        if lower:
            faults.append(f"told as lowest, {lower[0]} is lower")
        elif same:
            faults.append(f"told as lowest alone, so is {same[0]}")
        return faults
    return [f"no part is called {name}"]


def first_parts(text: str, figure: Figure, view: View) -> list[str]:
    """群众增收 62.0万元、集体经济 21.4万元: parts with their values, the greatest first."""
    claimed = [re.match(r"(.+) (\S+)$", part) for part in text.split("、")]
    for _axis, listed in every_part(figure, view):
        found = [named(c[1], listed) if c else None for c in claimed]
        if not found or any(part is None for part in found):
            continue
        faults = []
        for match, part in zip(claimed, found, strict=True):
            if match and part:
                faults += difference_of(match[2], match[1], part["value"])
        values = [part["value"] for part in found if part]
        rest = [p["value"] for p in listed if p not in found and p["value"] is not None]
        if values != sorted(values, reverse=True) or any(v > values[-1] + 1e-9 for v in rest):
            faults.append("not the greatest parts")
        return faults
    return [f"no parts are called so: {text}"]


# Captions.


def caption(text: str, view: View) -> list[str] | None:
    """定义 · 《资产盘活台账》，已报 100% · 数据截至 2024年9月30日."""
    faults = []
    metric = next(
        (m for m in view.answers.metrics.values() if text.startswith(m.definition.rstrip("。"))),
        None,
    )
    rest = text.removeprefix(metric.definition.rstrip("。")) if metric else text
    figure = figure_of(metric.key, view) if metric else None
    for clause in filter(None, rest.split(" · ")):
        faults += captioned(clause, figure, view)
    return faults


def figure_of(key: str, view: View) -> Figure:
    """A metric's figure as the page reads it."""
    metric = view.answers.metrics[key]
    return Figure(metric, *view.fitting(metric))


def captioned(clause: str, figure: Figure | None, view: View) -> list[str]:
    """A clause of a caption: the ledger and how much of it is reported, the date, the bounds."""
    if gap := gaps(words.LEDGER, clause):
        return ledger(gap, figure, view)
    if gap := gaps(words.THROUGH, clause):
        return through(gap["day"], view)
    if gap := gaps(words.HELD, clause):
        return through(gap["day"], view) + held(gap["n"], figure, view)
    if clause in words.EXPLAINED or not VERDICTS.search(clause):
        return []
    for known in words.EXPLAINED_WITH_NUMBERS:
        if gaps(known, clause):
            return []
    if gaps(words.BOUNDS, clause):
        return any_bounds(clause, figure, view)
    return [f"{NOT_UNDERSTOOD}: {clause}"]


def through(text: str, view: View) -> list[str]:
    """The day that data reach to is the page's last."""
    year, month = divmod(view.end, 12)
    true = f"{year}年{month + 1}月{monthrange(year, month + 1)[1]}日"
    return [] if text == true else [f"through {text}, it is {true}"]


def held(text: str, figure: Figure | None, view: View) -> list[str]:
    """已报 132 条: at least as many rows as the figure counts of what happened."""
    answer = view.answer(figure) if figure else None
    number = told(text)
    if figure is None or answer is None or number is None or answer["unit"] != "times":
        return []
    few = (answer["value"] or 0) > number.value
    return [f"{text} rows, {answer['value']} are counted"] if few else []


def any_bounds(clause: str, figure: Figure | None, view: View) -> list[str]:
    """Bounds below a chart: of its figure, or of some figure at the page's period and place."""
    figures = [figure] if figure else [figure_of(key, view) for key in view.answers.metrics]
    answers = [answer for one in figures if (answer := view.answer(one))]
    return [] if any(bounds_of(clause, one) == [] for one in answers) else ["no figure's bounds"]


def ledger(gap: dict[str, str], figure: Figure | None, view: View) -> list[str]:
    """《就业监测台账》，已报 95.8%: only of a ledger of which it is known how many rows are due."""
    if not gap["share"]:
        return []
    faults = []
    if figure is not None and not figure.metric.is_expected:
        faults.append("coverage of a ledger of which nobody knows how many rows it should have")
    answer = view.answer(figure) if figure else None
    if figure is None or answer is None:
        return faults
    return faults + share_of(gap["share"], figure, answer)


# Charts in words.


def course(text: str, view: View) -> list[str] | None:
    """折线图：技能培训率，2023年3月至2024年9月，最新 20.0%，滞后。"""
    gap = gaps(words.COURSE, text)
    if gap is None:
        return None
    figure = view.figure(gap["label"])
    last = periods.of_words(gap["last"])
    if figure is None or last is None:
        return [f"no metric or period is called so: {text}"]
    figure = replace(figure, period=last)
    answer = view.answer(figure)
    if answer is None:
        return ["there is no such figure"]
    faults = value_of(gap["value"], figure, answer) if gap["value"] != words.ABSENT else []
    if answer["status"] != STATUS_OF.get(gap["word"]):
        faults.append(f"judged {gap['word']}, it is {answer['status']}")
    return faults


def bars(text: str, view: View) -> list[str] | None:
    """条形图：岗位到岗率。公益性岗位 67.1% 无目标；企业岗位 67.6% 无目标。"""
    gap = gaps(words.BARS, text)
    figure = view.figure(gap["label"]) if gap else None
    if gap is None or figure is None:
        return None
    items = [re.match(r"(.+?) (\S+)(?: (\S+))?$", one) for one in gap["items"].split("；")]
    if any(item is None for item in items):
        return [NOT_UNDERSTOOD]
    for _axis, listed in every_part(figure, view):
        found = [named(item[1], listed) for item in items if item]
        if all(found):
            pairs = zip(items, found, strict=True)
            return [f for item, part in pairs if item and part for f in bar(item, part)]
    return [f"no parts are called so: {text}"]


def bar(item: re.Match[str], part: Answer) -> list[str]:
    """One bar: its value and its status."""
    if item[2] in STATUS_OF:
        return []
    faults = difference_of(item[2], item[1], part["value"])
    if item[3] and item[3] != words.STATUS[part["status"]][1]:
        faults.append(f"{item[1]} is judged {item[3]}, it is {part['status']}")
    return faults


# Numbers beside.


def fact(text: str, view: View) -> list[str] | None:
    """A large figure below a panel's finding: 取得证书人数, 人, 127; or 批复金额 3,148.2万元."""
    label, _, rest = text.partition("\n")
    value = rest.rpartition("\n")[2]
    if not rest:
        label, _, value = text.rpartition(" ")
    key = words.COMPANIONS.get(label)
    if key is None:
        return None
    holding = [
        answer
        for metric in view.answers.metrics.values()
        if (answer := view.answer(Figure(metric, *view.fitting(metric)), beside=True))
        and key in answer
    ]
    right = any(not difference_of(value, label, answer[key]) for answer in holding)
    return [] if right else [f"no figure has {text!r} beside it"]


def nothing_drawn(text: str, _view: View) -> list[str] | None:
    """没有可画的数据。"""
    return [] if text == words.NOTHING_DRAWN else None


def judged_fine(status: str) -> bool:
    """Whether a status says that all is well."""
    return status in FINE
