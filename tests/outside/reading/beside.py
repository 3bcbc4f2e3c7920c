"""Remarks beside a figure: its target, change, coverage, bounds; a clause at a time."""

from __future__ import annotations

from tests.outside.reading import periods, words
from tests.outside.reading.answers import Answer, Figure, View
from tests.outside.reading.figures import difference_of, gap_of, told
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps

JUDGED = ("on_pace", "behind", "undetermined")


def target_of(text: str, answer: Answer) -> list[str]:
    """What is wrong with 目标 高于 60%（力争），序时 57.5% for an answer."""
    both = gaps(words.TARGET_AND_PATH, text)
    only = both or gaps(words.TARGET, text)
    if only is None:
        return [NOT_UNDERSTOOD]
    if answer["target"] is None:
        return ["a target is told, there is none"]
    value, firmness = split_firmness(only["target"])
    for word in ("高于 ", "低于 "):
        value = value.removeprefix(word)
    faults = difference_of(value, "target", answer["target"])
    expected = answer["basis"] if answer["basis"] == words.BOARD else answer["firmness"]
    if firmness and firmness != expected:
        faults.append(f"firmness is told as {firmness}, it is {expected}")
    if not firmness:
        faults.append("a target is told without its firmness")
    if both:
        faults += difference_of(both["path"], "path", answer["path"])
    elif differs(answer) and answer["status"] in JUDGED:
        faults.append("the path decides and is not told")
    return faults


def split_firmness(text: str) -> tuple[str, str]:
    """60% and 力争 of 60%（力争）."""
    value, _, rest = text.partition("（")
    return value, rest.removesuffix("）")


def differs(answer: Answer) -> bool:
    """Whether the path is another value than the target."""
    path, target = answer["path"], answer["target"]
    return path is not None and target is not None and abs(path - target) > 1e-9


def change_of(text: str, figure: Figure, view: View) -> list[str] | None:
    """What is wrong with 较上季 +2.0个百分点; None where a clause tells no change."""
    since, _, rest = text.partition(" ")
    if text.endswith(words.FLAT) and text.removesuffix(words.FLAT) in words.SINCE:
        since, rest = text.removesuffix(words.FLAT), words.FLAT
    if since not in words.SINCE:
        return None
    kind, yearly = words.SINCE[since]
    former = periods.year_before(figure.period) if yearly else periods.before(figure.period)
    faults = []
    if not yearly and kind != periods.kind(figure.period):
        faults.append(f"{since} is said of a {periods.kind(figure.period)}")
    if figure.metric.restarts and former != periods.year_before(figure.period):
        faults.append("what begins again in January is compared with the period before")
    now = view.answer(figure, since=former)
    then = view.answer(Figure(figure.metric, former, figure.scope, figure.filter))
    if now is None or then is None or now["value"] is None or then["value"] is None:
        return [*faults, "a change is told of what one period doesn't know"]
    return faults + step_of(rest, figure, now, then)


def step_of(text: str, figure: Figure, now: Answer, then: Answer) -> list[str]:
    """What is wrong with the words of a change between two answers."""
    step = now["value"] - then["value"]
    changed = now["change"] or {}
    if text == words.CHANGE_THIN:
        return [] if changed.get("comparable") is False else ["it is comparable"]
    if gap := gaps(words.CHANGE_FEW, text):
        few = told(gap["few"])
        return [] if few and 0 < abs(step) < few.value else [f"the change is {step}"]
    for sentence in (words.CHANGE_PLACES, words.CHANGE_SILENT, words.CHANGE_HEARD):
        if gap := gaps(sentence, text):
            return silence_of(gap["n"], sentence, now, then)
    faults = silent_of(changed)
    if text == words.FLAT:
        half = 0.0005 if now["unit"] == "fraction" else 0.5
        half = 0.05 if now["unit"] == "percentage_points" else half
        return faults + ([] if abs(step) <= half + 1e-9 else [f"flat, the change is {step}"])
    unit = now["unit"]
    if unit == "percentage_points":
        return faults + difference_of(text, "change", step)
    return faults + gap_of(text, "change", step, unit)


def silent_of(changed: Answer) -> list[str]:
    """Silence is no movement: a count's change that reporting made more than movement did."""
    parts = [changed.get(name) for name in ("real", "entered", "left")]
    quiet = [changed.get(name) for name in ("newly_reported", "fell_silent")]
    if None in parts or None in quiet:
        return []
    moved, by_reporting = sum(parts), sum(quiet)  # type: ignore[arg-type]
    if abs(by_reporting) > abs(moved) + 1e-9:
        return [f"told as a movement: {moved} moved, reporting alone made {by_reporting}"]
    return []


def silence_of(text: str, sentence: str, now: Answer, then: Answer) -> list[str]:
    """未报 and 新报 count what is not reported now, or was not then."""
    number = told(text)
    if number is None:
        return [NOT_UNDERSTOOD]
    if sentence == words.CHANGE_PLACES:
        return []
    answer = then if sentence == words.CHANGE_HEARD else now
    if number.value > answer["unreported"]:
        return [f"{text} of {answer['unreported']} not reported"]
    return []


def coverage_of(text: str, figure: Figure, answer: Answer) -> list[str] | None:
    """What is wrong with 覆盖 98.4%; None where a clause tells no coverage."""
    gap = gaps(words.COVERAGE, text)
    if gap is None:
        return None
    faults = []
    if not figure.metric.is_expected:
        faults.append("coverage of a ledger of which nobody knows how many rows it should have")
    return faults + share_of(gap["share"], figure, answer)


def share_of(text: str, figure: Figure, answer: Answer) -> list[str]:
    """A share of what is reported, against what the answer says is missing."""
    share = told(text)
    if share is None:
        return [NOT_UNDERSTOOD]
    if (share.value == 1.0) != (answer["unreported"] == 0):
        return [f"covered {text}, {answer['unreported']} are not reported"]
    subjects = answer["denominator"]
    whole = figure.metric.key in ("employment_rate", "task_completion", "enrolment_rate")
    if whole and subjects is not None:
        return difference_of(text, "coverage", subjects / (subjects + answer["unreported"]))
    return []


def bounds_of(text: str, answer: Answer, sentence: str = words.BOUNDS) -> list[str] | None:
    """What is wrong with 在 57.1%~60.3% 之间; None where a clause tells no bounds."""
    gap = gaps(sentence, text)
    return None if gap is None else between(gap["low"], gap["high"], answer)


def between(low: str, high: str, answer: Answer) -> list[str]:
    """What is wrong with two bounds: they are the answer's, and two."""
    faults = difference_of(low, "low", answer["low"]) + difference_of(high, "high", answer["high"])
    return faults + ([f"both bounds are told as {low}"] if low == high else [])
