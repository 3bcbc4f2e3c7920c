"""The page of measures: each with its state, figures and tasks; and what became of the targets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tests.outside.reading import periods, plan, words
from tests.outside.reading.answers import Answer, Figure, View, value_of
from tests.outside.reading.beside import bounds_of, target_of
from tests.outside.reading.cards import judged, overdue
from tests.outside.reading.figures import difference_of, gap_of
from tests.outside.reading.overview import CARE, STATUS_OF, strip_numbers
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps

# Statuses of a target whose day has come; after the first the worst comes first.
RESULTS = ("met", "missed", "undetermined", "met_late", "no_data", "suppressed")
# Of these nobody can say whether the target was met.
UNKNOWN = ("undetermined", "no_data", "suppressed")
MARKS = {mark: status for status, (mark, _word) in words.STATUS.items()}


def states(view: View) -> dict[str, Answer]:
    """The answer of `measures` by the number of the measure."""
    return {one["measure"]: one for one in view.answers.measures(view.period)}


def headline(text: str, view: View) -> list[str] | None:
    """方案 33 项：13 项正常，4 项需关注."""
    gap = gaps(words.OF_PLAN, text)
    if gap is None:
        return None
    faults = strip_numbers(gap["counts"], view)
    return faults + difference_of(gap["n"], "measures", len(states(view)))


def chapter(text: str, view: View) -> list[str] | None:
    """一 工作底数：2 项，1 项需关注: counts the measures shown below it."""
    gap = gaps(words.CHAPTER, text)
    if gap is None:
        return None
    title = gap["chapter"]
    numbers = next((n for name, n in entries_by_panel(view).items() if name[1] == title), None)
    if numbers is None:
        return [f"no chapter is called {title}"]
    listed = [states(view)[number]["state"] for number in numbers]
    hidden = listed.count("suppressed")
    true = [len(listed), sum(s in CARE for s in listed), hidden]
    claimed = [int(gap[name] or 0) for name in ("n", "care", "hidden")]
    return [] if claimed == true else [f"told {claimed}, it is {true}"]


def entries_by_panel(view: View) -> dict[tuple[str, str], list[str]]:
    """The panel and the title of each chapter → the numbers of the measures shown there."""
    listed: dict[tuple[str, str], list[str]] = {}
    titles: dict[str, str] = {}
    for text in view.texts:
        if text.page == "measures" and text.kind == "finding":
            titles[text.panel] = text.text.partition("：")[0]
    for text in view.texts:
        if text.page == "measures" and text.kind == "entry":
            key = (text.panel, titles[text.panel])
            listed.setdefault(key, []).append(text.text.partition("　")[0])
    return listed


def entry(text: str, view: View) -> list[str] | None:
    """A measure: its state, what decides it, its targets, its figures, its tasks."""
    head, state, because, _leads, *rest = text.split("\n")
    number = head.partition("　")[0]
    answer = states(view).get(number)
    if answer is None:
        return [f"no measure has the number {number}"]
    mark, word = words.STATUS[answer["state"]]
    faults = [] if state == f"{mark} {word}" else [f"the state is told as {state}"]
    faults += reason(because, answer, view)
    for line in rest:
        kind, _, words_ = line.partition(" ")
        if kind == "target":
            faults += target(words_, number)
        elif kind == "indicator":
            faults += indicator(words_, view)
        elif kind == "tasks":
            faults += tasks(words_, answer)
        else:
            faults.append(f"{NOT_UNDERSTOOD}: {line}")
    return faults


def reason(text: str, answer: Answer, view: View) -> list[str]:
    """看：资产盘活率, or 看：任务 RW019 · …: what `because` names."""
    because = answer["because"]
    gap = gaps(words.BECAUSE, text)
    if gap is None:
        return [] if not text and because is None else [f"the reason is {because}"]
    task = gaps(words.BECAUSE_TASK, gap["reason"])
    if task:
        return [] if task["task"].split(" · ")[0] == because else [f"the reason is {because}"]
    figure = view.figure(gap["reason"])
    right = figure is not None and figure.metric.key == because
    return [] if right else [f"the reason is {because}"]


def target(text: str, number: str) -> list[str]:
    """资产盘活率 ≥ 50%（2023年12月，力争，方案）: a row of the plan."""
    if text == words.NO_NUMBER:
        return ["the plan has a target"] if any(t.measure == number for t in plan.targets()) else []
    gap = gaps(words.PLAN_TARGET, text)
    if gap is None:
        return [f"{NOT_UNDERSTOOD}: {text}"]
    rows = [t for t in plan.targets() if t.measure == number]
    for row in rows:
        when = row.when if row.every else periods.in_words(row.when)
        same = (row.sign, when, row.firmness, row.basis) == tuple(
            gap[name] for name in ("sign", "when", "firmness", "basis")
        )
        if same and not difference_of(gap["value"], "target", row.value):
            return []
    return [f"no target of the plan: {text}"]


def indicator(text: str, view: View) -> list[str]:
    """A figure of a measure: mark, label, value, and what it is to be compared with."""
    mark, label, value, against = text.split("|")
    figure = view.figure(label)
    if figure is None:
        return [f"no metric is called {label}"]
    figure = replace(figure, scope=view.whole)
    answer = view.answer(figure, beside=True)
    if answer is None:
        return [f"there is no such figure: {label}"]
    faults = []
    if figure.period != view.period and not figure.dated:
        faults.append(f"the figure is of {figure.period}, which is not said")
    status = judged(answer, view)
    if mark != words.STATUS[status][0]:
        faults.append(f"{label} is shown as {mark}, it is {status}")
    if answer["value"] is None:
        if value != words.STATUS[answer["status"]][1]:
            faults.append(f"{label} is told as {value}, it is {answer['status']}")
    else:
        number = value.removeprefix("已报的 ")
        faults += difference_of(number, label, answer["value"], answer["unit"])
    reaches = status == "undetermined" and answer["value"] == answer["target"] == 1
    if reaches and not value.startswith("已报的"):
        faults.append("what is reported reaches the target, which is not told")
    for clause in filter(None, against.split(" · ")):
        faults += compared(clause, answer, view)
    return faults


def compared(clause: str, answer: Answer, view: View) -> list[str]:
    """What a figure is compared with: target, bounds, and numbers that stand beside it."""
    if clause.startswith("目标"):
        return target_of(clause, answer)
    bounds = bounds_of(clause, answer, words.COMPLETED)
    if bounds is not None:
        return bounds
    if gap := gaps(words.OVERDUE_PART, clause):
        part = overdue(answer, view)
        return difference_of(gap["n"], "overdue", value_of(part), answer["unit"])
    label, _, value = clause.rpartition(" ")
    if label in words.COMPANIONS:
        return difference_of(value, label, answer.get(words.COMPANIONS[label]))
    return [f"{NOT_UNDERSTOOD}: {clause}"]


def tasks(text: str, answer: Answer) -> list[str]:
    """到期 6 项，办结 5 项，销号 4 项，■ 逾期 1 项."""
    if text in (words.NO_TASKS, words.NO_TASKS_DUE, words.TASKS_UNHEARD):
        return [f"{answer['tasks_due']} are due"] if answer["tasks_due"] else []
    gap = gaps(words.TASKS, re.sub(r"\s+", " ", text).strip())
    if gap is None:
        return [f"{NOT_UNDERSTOOD}: {text}"]
    names = {
        "due": "tasks_due", "done": "tasks_done", "accepted": "tasks_accepted",
        "today": "due_today", "overdue": "tasks_overdue",
    }  # fmt: skip
    return [
        fault
        for name, key in names.items()
        for fault in difference_of(gap[name] or "0", name, answer[key])
    ]


# What became of the targets.


def closing(text: str, view: View) -> list[str] | None:
    """收官：20 项目标到期，最近一次 12 项达标: as many as rows, as many as the leader has."""
    gap = gaps(words.CLOSING, text)
    if text in words.NOTHING_DUE:
        due = sum(bool(due_results(*key, view)) for key in with_targets(view))
        return [f"{due} targets were due"] if due else []
    if gap is None:
        return None
    rows = [t for t in view.texts if t.panel == "closing" and t.kind == "row"]
    faults = [] if int(gap["n"]) == len(rows) else [f"{gap['n']} counted, {len(rows)} rows"]
    last = Counter(results[-1]["status"] for row in rows if (results := of_row(row.text, view)))
    claimed: Counter[str] = Counter()
    for part in gap["verdicts"].split("、"):
        count = gaps(words.CLOSING_PART, part)
        if count is None or count["word"] not in STATUS_OF:
            return [f"{NOT_UNDERSTOOD}: {part}"]
        claimed[STATUS_OF[count["word"]]] += int(count["n"])
    if claimed != last:
        faults.append(f"the last time {dict(last)}, told {dict(claimed)}")
    if leader := view.answers.leader:
        whole = View(leader, view.period, view.scope)
        true = sum(bool(due_results(*key, whole)) for key in with_targets(whole))
        if len(rows) != true:
            faults.append(f"{len(rows)} rows, the leader sees {true}")
    return faults


def with_targets(view: View) -> list[tuple[str, str]]:
    """The metrics under their filters that a target of the plan holds for."""
    return list(
        dict.fromkeys(
            (t.metric, text)
            for t in plan.targets()
            if t.metric in view.answers.metrics
            for text in view.filters(t.metric)
            if plan.targets_of(t.metric, text)
        )
    )


def due_results(key: str, filter_: str, view: View) -> list[Answer]:
    """The answers of the periods in which a target was due and was judged, in their order."""
    found = []
    years = range(plan.span()[0] // 12, view.end // 12 + 1)
    metric = view.answers.metrics[key]
    for target_ in sorted(plan.targets_of(key, filter_), key=lambda t: t.when):
        for year in years:
            for when in plan.due_in(target_, year, view.end):
                due = when
                if periods.kind(when) not in metric.periods:
                    due = periods.named(periods.last_month(when), metric.periods[0])
                answer = view.answer(Figure(metric, due, view.whole, filter_))
                if answer and answer["status"] in RESULTS and answer["target"] is not None:
                    found.append(answer)
    return found


def of_row(text: str, view: View) -> list[Answer]:
    """The answers that a row of the closing table is about."""
    cells = dict(line.partition("：")[::2] for line in text.split("\n"))
    figure = view.figure(cells["指标"])
    return due_results(figure.metric.key, figure.filter, view) if figure else []


def closing_row(text: str, view: View) -> list[str] | None:
    """A row of the closing table: the target, each year's result, when it was first met."""
    cells = dict(line.partition("：")[::2] for line in text.split("\n"))
    if not {"指标", "首次达标"} <= set(cells):
        return None
    figure = view.figure(cells["指标"])
    if figure is None:
        return [f"no metric is called {cells['指标']}"]
    results = of_row(text, view)
    faults = []
    for name, cell in cells.items():
        if re.fullmatch(r"\d{4}", name):
            of_year = [one for one in results if one["period"].startswith(name)]
            faults += of_cell(cell, of_year)
            faults += hidden_of_cell(cell, name, figure, len(of_year), view)
    faults += first_met(cells["首次达标"], results)
    return faults + targets_of_cell(cells["目标"], results)


def of_cell(cell: str, results: list[Answer]) -> list[str]:
    """● 60.5%（高 0.5个百分点）; ■ 9/12 期达标: a year's results."""
    if not cell or not results:
        return [] if not cell and not results else [f"{cell!r} for {len(results)} results"]
    statuses = [one["status"] for one in results]
    worst = next((s for s in RESULTS[1:] if s in statuses), "met")
    several = gaps(words.RESULTS_OF, cell)
    if several:
        met = statuses.count("met")
        told = (MARKS.get(several["mark"]), int(several["met"]), int(several["all"]))
        right = told == (worst, met, len(results))
        faults = [] if right else [f"{cell!r}: {met} of {len(results)} are met, the worst {worst}"]
        return faults + unknown_of(several["unknown"], statuses)
    gap = gaps(words.RESULT_OF, cell)
    if gap is None or len(results) > 1:
        return [f"{NOT_UNDERSTOOD}: {cell}"]
    [one] = results
    if one["value"] is None:
        word = words.STATUS[one["status"]][1]
        return [] if gap["value"] == word else [f"{cell}, it is {one['status']}"]
    faults = difference_of(gap["value"], "result", one["value"])
    if MARKS.get(gap["mark"]) != one["status"]:
        faults.append(f"shown as {gap['mark']}, it is {one['status']}")
    if gap["by"]:
        step = one["value"] - one["target"]
        faults += gap_of(gap["by"], "difference", abs(step), one["unit"])
        if (gap["side"] == "高") != (step > 0):
            faults.append(f"{gap['side']}, it is off by {step}")
    elif one["value"] != one["target"]:
        faults.append("the difference from the target is not told")
    return faults


def unknown_of(text: str, statuses: list[str]) -> list[str]:
    """□ 2、▨ 1: what the count of met periods knows nothing of."""
    claimed: Counter[str] = Counter()
    for part in filter(None, text.split("、")):
        gap = gaps(words.SOME_UNKNOWN, part)
        if gap is None or gap["mark"] not in MARKS:
            return [f"{NOT_UNDERSTOOD}: {part}"]
        claimed[MARKS[gap["mark"]]] += int(gap["n"])
    true = Counter(status for status in statuses if status in UNKNOWN)
    return [] if claimed == true else [f"unknown {dict(claimed)}, it is {dict(true)}"]


def hidden_of_cell(cell: str, year: str, figure: Figure, shown: int, view: View) -> list[str]:
    """A year's results are as many for every reader; what is not shown is said."""
    leader = view.answers.leader
    if leader is None:
        return []
    whole = View(leader, view.period, view.scope)
    results = due_results(figure.metric.key, figure.filter, whole)
    true = sum(one["period"].startswith(year) for one in results)
    return [] if shown == true else [f"{shown} periods in {cell!r}, the leader sees {true}"]


def first_met(cell: str, results: list[Answer]) -> list[str]:
    """When the latest target was first met; never and first are said of nothing unknown before."""
    target = results[-1]["target"] if results else None
    alike = [one for one in results if one["target"] == target]
    met = next((n for n, one in enumerate(alike) if one["status"] == "met"), None)
    unknown = any(one["status"] in UNKNOWN for one in alike[:met])
    if met is None:
        true = words.NEVER_KNOWN if unknown else words.NEVER_MET
        late = any(one["status"] == "met_late" for one in alike)
        faults = ["told as never met, it was met late"] if late else []
        return faults + ([] if cell == true else [f"{cell}, it is {true}"])
    by = gaps(words.MET_BY, cell)
    period = periods.of_words(by["month"] if by else cell)
    if bool(by) != unknown:
        return [f"{cell}, periods before are {'not ' * (not unknown)}unknown"]
    if period is None or periods.last_month(alike[met]["period"]) != periods.last_month(period):
        return [f"first met in {cell}, it was in {alike[met]['period']}"]
    return []


def targets_of_cell(cell: str, results: list[Answer]) -> list[str]:
    """50% → 60%: the targets that were due, in their order."""
    true = list(dict.fromkeys(one["target"] for one in results))
    parts = [part.removeprefix("高于 ").removeprefix("低于 ") for part in cell.split(" → ")]
    if len(parts) != len(true):
        return [f"{len(true)} targets were due, told {cell}"]
    return [
        fault
        for part, value in zip(parts, true, strict=True)
        for fault in difference_of(part, "target", value)
    ]
