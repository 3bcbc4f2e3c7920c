"""Cards: a figure with its status, and what stands below it."""

from __future__ import annotations

from tests.outside.reading import periods, words
from tests.outside.reading.answers import Answer, Figure, View, value_of
from tests.outside.reading.beside import bounds_of, change_of, coverage_of, target_of
from tests.outside.reading.figures import difference_of
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps


def card(text: str, view: View) -> list[str] | None:
    """A card: label, basis, value, status, line, note; a line each."""
    label, basis, value, status, line, note = text.split("\n")
    metric = view.by_label(label)
    if metric is None:
        return [f"no metric is called {label}"]
    own, place = view.fitting(metric)
    period, scope, faults = elsewhere(basis, view)
    figure = Figure(metric, period or own, scope or place)
    if (own, place) != (view.period, view.scope) and (figure.period, figure.scope) == (
        view.period,
        view.scope,
    ):
        faults.append("the figure is of another period or place, which is not said")
    if period is None and own != view.period:
        faults.append(f"the figure is of {own}, which is not said")
    if scope is None and place != view.scope:
        faults.append(f"the figure is of {place}, which is not said")
    answer = view.answer(figure, beside=True)
    if answer is None:
        return [*faults, "there is no such figure"]
    faults += difference_of(value, "value", answer["value"])
    if not status:
        told = judged(answer, view)
        faults += [] if told == "no_target" else [f"nothing is said of the status, which is {told}"]
    else:
        faults += verdict(status, judged(answer, view)) + of_settlement(status, figure)
        if judged(answer, view) == "no_target":
            faults.append("a figure without a target has a chip")
    for clause in filter(None, line.split(" · ")):
        faults += below(clause, figure, answer, view)
    for clause in filter(None, note.split(" · ")):
        faults += beside(clause, figure, answer, view)
    return faults


def elsewhere(basis: str, view: View) -> tuple[str | None, str | None, list[str]]:
    """The period and the place that the gray part of a label names."""
    period, scope, faults = None, None, []
    for part in filter(None, basis.split(" · ")):
        if part in words.CARD_UNITS | words.BASES:
            continue
        if named := periods.of_words(part):
            period = named
        elif part == periods.place_in_words(view.whole):
            scope = view.whole
        elif view.scope != view.whole and part == view.scope.split("/")[1]:
            scope = "/".join(view.scope.split("/")[:2])
        else:
            faults.append(f"{part!r} is neither period, place nor unit")
    return period, scope, faults


def judged(answer: Answer, view: View) -> str:
    """The status that stands with a figure: of zero-employment households that of the overdue."""
    status: str = (overdue(answer, view) or answer)["status"]
    return status


def overdue(answer: Answer, view: View) -> Answer | None:
    """The answer for the overdue among zero-employment households; None for another figure."""
    metric = view.answers.metrics[answer["metric"]]
    part = view.by_label(words.OVERDUE_ZERO)
    if metric.label != words.ZERO or part is None:
        return None
    return view.answer(Figure(part, answer["period"], answer["scope"]))


def of_settlement(text: str, figure: Figure) -> list[str]:
    """Income is judged for the settlement alone: a building shows its growth without a verdict."""
    judged_ = any(text.endswith(words.STATUS[s][1]) for s in words.JUDGING)
    if judged_ and figure.metric.ledgers[0] == "income" and "/" in figure.scope:
        return ["a building's income is judged"]
    return []


def verdict(text: str, status: str) -> list[str]:
    """A mark and a word are those of the status."""
    mark, word = words.STATUS[status]
    return [] if text in (f"{mark} {word}", mark, word) else [f"judged {text}, it is {status}"]


def below(clause: str, figure: Figure, answer: Answer, view: View) -> list[str]:
    """The line below a card's figure: its target, a part of it, or the rate that belongs to it."""
    if clause.startswith("目标"):
        return target_of(clause, overdue(answer, view) or answer)
    if gap := gaps(words.OVERDUE_PART, clause):
        part = overdue(answer, view)
        return difference_of(gap["n"], "overdue", value_of(part), answer["unit"])
    label, _, value = clause.rpartition(" ")
    rate = view.by_label(label)
    if rate is None:
        return [f"{NOT_UNDERSTOOD}: {clause}"]
    other = view.answer(Figure(rate, figure.period, figure.scope))
    if other and other["value"] is None and value == words.STATUS[other["status"]][1]:
        return []
    return difference_of(value, label, value_of(other))


def beside(clause: str, figure: Figure, answer: Answer, view: View) -> list[str]:
    """A remark in gray: the change, the coverage, the bounds, parts of the figure."""
    faults = change_of(clause, figure, view)
    if faults is None:
        faults = coverage_of(clause, figure, answer)
    if faults is None:
        faults = bounds_of(clause, answer)
    if faults is None:
        faults = parts_of(clause, figure, answer, view)
    return [f"{NOT_UNDERSTOOD}: {clause}"] if faults is None else faults


def parts_of(clause: str, figure: Figure, answer: Answer, view: View) -> list[str] | None:
    """Numbers beside a figure that count some of it."""
    if gap := gaps(words.NOT_MONITORED, clause):
        return difference_of(gap["n"], "unreported", answer["unreported"])
    if gap := gaps(words.ACCEPTED, clause):
        return difference_of(gap["n"], "accepted", answer.get("accepted"))
    if gap := gaps(words.DUE_TODAY, clause):
        return difference_of(gap["n"], "due today", answer.get("due_today"))
    if gap := gaps(words.DUE_AND_LATE, clause):
        late = view.read("overdue_tasks", figure.scope, figure.period)
        return [
            *difference_of(gap["due"], "due", answer["denominator"]),
            *difference_of(gap["late"], "late", value_of(late)),
        ]
    if gap := gaps(words.PLACES_BESIDE, clause):
        other = view.read("asset_occupancy_count", figure.scope, figure.period)
        if other is None:
            return ["there is no such figure"]
        faults = difference_of(gap["value"], "by places", other["value"])
        return faults + (verdict(gap["status"], other["status"]) if gap["status"] else [])
    return None
