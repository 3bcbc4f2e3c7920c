"""The page of measures: each with its state, figures and tasks; and what became of the targets."""

from __future__ import annotations

import re

from tests.outside.reading import periods, plan, words
from tests.outside.reading.answers import Answer, Figure, View
from tests.outside.reading.beside import bounds_of, target_of
from tests.outside.reading.cards import judged, overdue
from tests.outside.reading.figures import difference_of, gap_of
from tests.outside.reading.overview import CARE, FINE
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps

# Statuses of a target whose day has come; after the first the worst comes first.
RESULTS = ("met", "missed", "undetermined", "met_late")
MARKS = {mark: status for status, (mark, _word) in words.STATUS.items()}


def states(view: View) -> dict[str, Answer]:
    """The answer of `measures` by the number of the measure."""
    return {one["measure"]: one for one in view.answers.measures(view.period)}


def headline(text: str, view: View) -> list[str] | None:
    """33 项举措和要求：3 项正常，4 项需关注."""
    gap = gaps(words.MEASURES, text)
    if gap is None:
        return None
    listed = [one["state"] for one in states(view).values()]
    fine, care = (sum(s in group for s in listed) for group in (FINE, CARE))
    hidden = listed.count("suppressed")
    true = [len(listed), fine, care, hidden]
    claimed = [int(gap[name] or 0) for name in ("n", "fine", "care", "hidden")]
    return [] if claimed == true else [f"told {claimed}, it is {true}"]


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
    figure = Figure(figure.metric, figure.period, view.whole, figure.filter)
    answer = view.answer(figure, beside=True)
    if answer is None:
        return [f"there is no such figure: {label}"]
    faults = []
    if figure.period != view.period and periods.in_words(figure.period) not in label:
        faults.append(f"the figure is of {figure.period}, which is not said")
    status = judged(answer, view)
    if mark != words.STATUS[status][0]:
        faults.append(f"{label} is shown as {mark}, it is {status}")
    if answer["value"] is None:
        if value != words.STATUS[answer["status"]][1]:
            faults.append(f"{label} is told as {value}, it is {answer['status']}")
    else:
        faults += difference_of(value, label, answer["value"], answer["unit"])
    if status == "undetermined" and answer["value"] == answer["target"] == 1:
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
        return difference_of(gap["n"], "overdue", part and part["value"], answer["unit"])
    label, _, value = clause.rpartition(" ")
    if label in words.COMPANIONS:
        return difference_of(value, label, answer.get(words.COMPANIONS[label]))
    return [f"{NOT_UNDERSTOOD}: {clause}"]


def tasks(text: str, answer: Answer) -> list[str]:
    """到期 6 项，办结 5 项，销号 4 项，■ 逾期 1 项."""
    if text in (words.NO_TASKS, words.NO_TASKS_DUE):
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
    if gap is None:
        return None
    rows = [t for t in view.texts if t.panel == "closing" and t.kind == "row"]
    faults = [] if int(gap["n"]) == len(rows) else [f"{gap['n']} counted, {len(rows)} rows"]
    last = [results[-1] for row in rows if (results := of_row(row.text, view))]
    met = sum(one["status"] == "met" for one in last)
    if int(gap["met"]) != met:
        faults.append(f"{gap['met']} met the last time, {met} did")
    if leader := view.answers.leader:
        whole = View(leader, view.period, view.scope)
        true = sum(bool(due_results(*key, whole)) for key in with_targets(whole))
        beside = int(gap["hidden"] or 0)
        if len(rows) + beside != true:
            faults.append(f"{len(rows)} shown and {beside} said not to be, the leader sees {true}")
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
    faults += first_met(cells["首次达标"], results, figure, view)
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
        return [] if right else [f"{cell!r}: {met} of {len(results)} are met, the worst {worst}"]
    gap = gaps(words.RESULT_OF, cell)
    if gap is None or len(results) > 1:
        return [f"{NOT_UNDERSTOOD}: {cell}"]
    [one] = results
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


def hidden_of_cell(cell: str, year: str, figure: Figure, shown: int, view: View) -> list[str]:
    """A year's results are as many for every reader; what is not shown is said."""
    leader = view.answers.leader
    if leader is None:
        return []
    whole = View(leader, view.period, view.scope)
    results = due_results(figure.metric.key, figure.filter, whole)
    true = sum(one["period"].startswith(year) for one in results)
    said = re.search(r"(\d+) ?期不单独显示", cell)
    beside = int(said[1]) if said else 0
    if shown + beside == true or "不单独显示" in cell:
        return []
    return [f"{shown} shown and {beside} said not to be, the leader sees {true}"]


def first_met(cell: str, results: list[Answer], figure: Figure, view: View) -> list[str]:
    """The first month in which the latest target was met; 没有达到 only where none is hidden."""
    target = results[-1]["target"] if results else None
    met = [one for one in results if one["status"] == "met" and one["target"] == target]
    if cell == words.NEVER_MET:
        if met:
            return [f"it was met in {met[0]['period']}"]
        if any(one["status"] == "met_late" for one in results):
            return ["told as never met, it was met late"]
        return hidden_before(None, figure, view)
    period = periods.of_words(cell)
    if period is None:
        return [f"{NOT_UNDERSTOOD}: {cell}"]
    if not met or periods.last_month(met[0]["period"]) != periods.last_month(period):
        return [f"first met in {cell}, it was in {met[0]['period'] if met else 'none'}"]
    return hidden_before(met[0]["period"], figure, view)


def hidden_before(period: str | None, figure: Figure, view: View) -> list[str]:
    """Never and first are said of nothing that is hidden before."""
    key, text = figure.metric.key, figure.filter
    for target_ in plan.targets_of(key, text):
        for year in range(plan.span()[0] // 12, view.end // 12 + 1):
            for when in plan.due_in(target_, year, view.end):
                if periods.kind(when) not in figure.metric.periods:
                    continue
                if period and periods.last_month(when) >= periods.last_month(period):
                    continue
                answer = view.answer(Figure(figure.metric, when, view.whole, text))
                if answer and answer["status"] == "suppressed":
                    return [f"first or never, {when} is hidden"]
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
