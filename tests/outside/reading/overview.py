"""The overview: the headline, what moved, what is to be decided, the strip of measures."""

from __future__ import annotations

import math
import re
from collections import Counter

from tests.outside.reading import periods, words
from tests.outside.reading.answers import WORST, Answer, Figure, View
from tests.outside.reading.beside import between
from tests.outside.reading.cards import judged, of_settlement, verdict
from tests.outside.reading.catalogue import SETTLED
from tests.outside.reading.figures import (
    counted,
    difference_of,
    enough_of,
    gap_of,
    subjects_of,
    told,
)
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps

SHORT = ("missed", "behind")
STATUS_OF = {word: status for status, (_mark, word) in words.STATUS.items()}
FINE = ("met", "on_pace")
CARE = ("missed", "behind", "undetermined", "met_late")


def headline(text: str, view: View) -> list[str] | None:
    """五项核心指标三项达序时、两项未达标: every core figure counted once, by its status."""
    gap = gaps(words.HEADLINE, text)
    if gap is None:
        return None
    kind = periods.place_kind(view.scope)
    core = [m for key in words.CORE if kind in (m := view.answers.metrics[key]).scopes]
    answers = [a for m in core if (a := view.read(m.key))]
    true = Counter(judged(answer, view) for answer in answers)
    claimed: Counter[str] = Counter()
    for part in gap["parts"].split("、"):
        found = re.fullmatch(r"(?P<n>[一二两三四五六七\d]+)项(?P<word>.+)", part)
        if not found or found["word"] not in STATUS_OF:
            return [f"{NOT_UNDERSTOOD}: {part}"]
        claimed[STATUS_OF[found["word"]]] += counted(found["n"])
    faults = []
    if counted(gap["total"]) != len(core):
        faults.append(f"{gap['total']} core figures, there are {len(core)}")
    if claimed.total() != len(core):
        faults.append(f"the parts add up to {claimed.total()} of {len(core)}")
    if claimed != true:
        faults.append(f"counted {dict(claimed)}, it is {dict(true)}")
    return faults


# What moved.


def moves(text: str, view: View) -> list[str] | None:
    """比上季：五项改善，三项回落，各列三项: counts all that moved, and says how many are listed."""
    if gap := gaps(words.NO_MOVES, text):
        listed = count_of("moves", "line", view)
        return ["nothing moved, but lines are shown"] if listed else []
    gap = gaps(words.MOVES, text)
    if gap is None:
        return None
    faults = []
    sure, open_ = moved(view)
    parts = [gaps(words.MOVED_PART, part) for part in gap["counts"].split("，")]
    counts = {part["word"]: counted(part["n"]) for part in parts if part}
    if len(counts) != len(parts):
        return [NOT_UNDERSTOOD]
    for name, word in (("better", words.BETTER), ("worse", words.WORSE)):
        n = counts.get(word, 0)
        listed = count_of("moves", "line", view, word)
        said = gap["each"] or gap[name]
        if listed > n:
            faults.append(f"{listed} listed as {word}, {n} counted")
        if said and listed != counted(said):
            faults.append(f"{said} said to be listed as {word}, {listed} are")
        if not said and listed != n:
            faults.append(f"{n} counted as {word}, {listed} listed, which is not said")
        if view.answers.leader is None and not sure[word] <= n <= sure[word] + open_[word]:
            faults.append(f"{n} counted as {word}, {sure[word]} to {sure[word] + open_[word]} are")
    return faults


def moved(view: View) -> tuple[Counter[str], Counter[str]]:
    """How many figures surely got better and worse, and how many may have, by the word for it."""
    sure: Counter[str] = Counter({words.BETTER: 0, words.WORSE: 0})
    open_: Counter[str] = Counter({words.BETTER: 0, words.WORSE: 0})
    kind = periods.place_kind(view.scope)
    for metric in view.answers.metrics.values():
        if not metric.better or kind not in metric.scopes:
            continue
        if periods.kind(view.period) not in metric.periods:
            continue
        if metric.is_count and metric.months.startswith("January"):
            continue  # A count of the year to date only grows.
        step, certain = movement(Figure(metric, view.period, view.scope), view)
        if step is None or (certain and nothing(step, metric.unit)):
            continue
        word = words.BETTER if (step > 0) == (metric.better > 0) else words.WORSE
        if certain:
            sure[word] += 1
        else:
            open_[words.BETTER] += 1
            open_[words.WORSE] += 1
    return sure, open_


def nothing(step: float, unit: str) -> bool:
    """Whether a difference is told as nothing."""
    step = step * 100 if unit == "fraction" else step
    places = 1 if unit in ("fraction", "percentage_points") else 0
    return round(abs(step), places) == 0


def movement(figure: Figure, view: View) -> tuple[float | None, bool]:
    """How much a figure moved without what reporting did, and whether the answers tell it."""
    former = former_of(figure)
    now = view.answer(figure, since=former)
    changed = (now and now["change"]) or {}
    step = changed.get("difference")
    if now is None or step is None or now["value"] is None:
        return None, True
    if not changed["comparable"]:
        return None, True
    if figure.metric.is_count and changed["real"] is not None:
        move = changed["real"] + changed["entered"] + changed["left"]
        silence = changed["newly_reported"] + changed["fell_silent"]
        return (move if abs(silence) <= abs(move) + 1e-9 else None), True
    then = view.answer(Figure(figure.metric, former, figure.scope, figure.filter))
    whole = not now["unreported"] and not (then and then["unreported"])
    return step, whole or not figure.metric.is_rate


def former_of(figure: Figure) -> str:
    """The period that a figure compares with."""
    if figure.metric.restarts:
        return periods.year_before(figure.period)
    return periods.before(figure.period)


def move(text: str, view: View) -> list[str] | None:
    """改善, 资产盘活率提高 2.0个百分点，达 58.2%."""
    word, sentence, _note = text.split("\n")
    gap = gaps(words.MOVE, sentence)
    if gap is None:
        return None
    label, yearly = gap["label"], False
    for since, (_kind, of_year) in words.SINCE.items():
        if label.endswith(since):
            label, yearly = label.removesuffix(since), of_year
    figure = view.figure(label)
    if figure is None:
        return [f"no metric is called {label}"]
    figure = Figure(figure.metric, view.period, view.scope)
    return [*move_of(gap, figure, view), *direction(word, gap["verb"], figure, yearly)]


def direction(word: str, verb: str, figure: Figure, yearly: bool) -> list[str]:
    """改善 is what moves to the better side; what restarts compares with last year's."""
    faults = []
    up = verb in ("提高", "增加")
    if (word == words.BETTER) != (up == (figure.metric.better > 0)):
        faults.append(f"{verb} is told as {word}")
    if word not in (words.BETTER, words.WORSE):
        faults.append(f"{NOT_UNDERSTOOD}: {word}")
    of_year = periods.kind(figure.period) == "year"
    if figure.metric.restarts and not yearly and not of_year:
        faults.append("what begins again in January is compared with the period before")
    if yearly and not figure.metric.restarts and not of_year:
        faults.append("compared with last year, it does not begin again in January")
    return faults


def move_of(gap: dict[str, str], figure: Figure, view: View) -> list[str]:
    """The numbers of a move: by how much, to what, and what reporting did beside."""
    now = view.answer(figure, since=former_of(figure))
    if now is None or now["value"] is None:
        return ["a movement of what is not known"]
    step, certain = movement(figure, view)
    changed, unit = now["change"] or {}, now["unit"]
    up = gap["verb"] in ("提高", "增加")
    faults = difference_of(gap["now"], "value", now["value"])
    difference = changed.get("difference")
    told_all = gap["all"]
    if view.answers.leader is not None and step is None:
        step, certain = difference, False
    if step is None:
        return [*faults, "silence is told as a movement"]
    if certain:
        faults += gap_of(gap["by"], "movement", abs(step), unit)
        if (step > 0) != up:
            faults.append(f"{gap['verb']}, it moved by {step}")
        if not told_all and not nothing((difference or 0) - step, unit):
            faults.append(f"the difference of {difference} is not told beside")
    elif not told_all:
        faults += gap_of(gap["by"], "movement", abs(difference or 0), unit)
    if told_all:
        faults += gap_of(told_all, "difference", difference, unit) if told_all != words.FLAT else []
    if (number := told(gap["by"])) and number.value == 0:
        faults.append("a movement of nothing")
    return faults


def no_moves_listed(text: str, view: View) -> list[str] | None:
    """没有两期都报了、又有变化的指标."""
    if text != words.NO_MOVES_LISTED:
        return None
    sure, _open = moved(view)
    return [f"{sure.total()} figures moved"] if sure.total() and not view.answers.leader else []


def count_of(panel: str, kind: str, view: View, start: str = "") -> int:
    """How many texts of a kind a panel of the overview shows."""
    return sum(
        t.page == "overview" and t.panel == panel and t.kind == kind and t.text.startswith(start)
        for t in view.texts
    )


# What is to be decided.


def matters(text: str, view: View) -> list[str] | None:
    """需要会议决定：5 项: as many as are listed, as many as the leader has."""
    none = gaps(words.NO_MATTERS, text)
    gap = none or gaps(words.MATTERS, text)
    if gap is None:
        return None
    n = 0 if none is not None else int(gap["n"])
    listed = count_of("matters", "line", view)
    faults = [f"{n} counted, {listed} listed"] if n != listed else []
    true = {(f.metric.label, f.filter) for f, _a in view.undecided()}
    if n != len(true):
        faults.append(f"{n} counted, {len(true)} are to be decided: {sorted(true)}")
    return faults + among(gap, text, view)


def among(gap: dict[str, str], text: str, view: View) -> list[str]:
    """有目标的指标共 41 项，3 项未报，另有 4 项不单独显示: the same whole for every reader."""
    leader = view.answers.leader
    whole = View(leader, view.period, view.scope) if leader else view
    with_target = {
        figure: answer["status"]
        for figure, answer in whole.figures()
        if answer["target"] is not None
    }
    own = {
        figure: (view.answer(figure) or {"status": "suppressed"})["status"]
        for figure in with_target
    }
    faults = difference_of(gap["all"], "with a target", len(with_target))
    for name, status in (("unheard", "no_data"), ("hidden", "suppressed")):
        n = sum(one == status for one in own.values())
        faults += difference_of(gap[name] or "0", name, n)
        if n and text.startswith("没有"):
            faults.append(f"none, but {n} are {status}")
    return faults


def no_targets(text: str, view: View) -> list[str] | None:
    """这里没有定了目标的指标: none that is defined here has one."""
    if text != words.NO_TARGETS:
        return None
    aimed = [figure.metric.label for figure, one in view.figures() if one["target"] is not None]
    return [f"{aimed[0]} has one"] if aimed else []


def all_fine(text: str, view: View) -> list[str] | None:
    """有目标的指标都达到了序时进度: all, so none that is hidden or not reported."""
    gap = gaps(words.ALL_FINE, text)
    if gap is None:
        return None
    leader = view.answers.leader
    whole = View(leader, view.period, view.scope) if leader and not gap["shown"] else view
    aimed = [
        (figure.metric.label, answer["status"])
        for figure, answer in whole.figures()
        if answer["target"] is not None
    ]
    late = sum(status == "met_late" for _label, status in aimed)
    faults = difference_of(gap["late"] or "0", "late", late)
    if gap["shown"] and all(status != "suppressed" for _label, status in aimed):
        faults.append("nothing is hidden")
    passing = {*FINE, "met_late", "no_data", "not_due", "not_applicable"}
    passing |= {"suppressed"} if gap["shown"] else set()
    other = [f"{label} {status}" for label, status in aimed if status not in passing]
    return [*faults, *(f"all, but {one}" for one in other[:3])]


def matter(text: str, view: View) -> list[str] | None:
    """A matter: status, sentence, and below it how long and what would be enough."""
    parts = text.split("\n")
    if len(parts) < 4:
        return None
    status, sentence, remarks = parts[:3]
    for kind in (whole_and_part, unsure, thin, reported_fine, short):
        if (found := kind(sentence, view)) is not None:
            figure, faults = found
            break
    else:
        return None
    if figure is None:
        return faults
    answer = view.answer(figure)
    if answer is None:
        return [*faults, "there is no such figure"]
    faults = [*faults, *verdict(status, answer["status"]), *of_settlement(status, figure)]
    if figure.period != view.period and not figure.dated and not is_part(sentence):
        faults.append(f"the figure is of {figure.period}, which is not said")
    for remark in filter(None, remarks.split(" · ")):
        faults += remarked(remark, figure, answer, view)
    return faults


Read = tuple[Figure | None, list[str]]


def is_part(sentence: str) -> bool:
    """Whether a sentence tells a part of a figure that stands before it."""
    return "其中超期" in sentence


def labelled(label: str, view: View) -> Read:
    figure = view.figure(label)
    return figure, [] if figure else [f"no metric is called {label}"]


def short(text: str, view: View) -> Read | None:
    """任务完成率 92.6%，目标 100%，差 7.4个百分点; or with the path."""
    behind = gaps(words.BEHIND, text)
    over = None if behind else gaps(words.OVER, text)
    gap = behind or over or gaps(words.SHORT, text)
    if gap is None:
        return None
    figure, faults = labelled(gap["label"], view)
    answer = view.answer(figure) if figure else None
    if figure is None or answer is None:
        return figure, faults
    return figure, faults + short_of(gap, answer, figure, bool(over), bool(behind))


def short_of(
    gap: dict[str, str], answer: Answer, figure: Figure, over: bool, behind: bool
) -> list[str]:
    """The numbers of what is short: value, target, path and what is missing to what is required."""
    unit = answer["unit"]
    faults = difference_of(gap["value"], "value", answer["value"], unit)
    target = gap["target"].removeprefix("高于 ").removeprefix("低于 ")
    faults += difference_of(target, "target", answer["target"])
    if behind:
        faults += difference_of(gap["path"], "path", answer["path"])
    required = required_of(answer)
    if not behind and required != answer["target"]:
        faults.append("the path is called the target")
    if required is None or answer["value"] is None:
        return [*faults, "a gap is told of what is not known"]
    missing = abs(answer["value"] - required)
    faults += gap_of(gap["gap"], "gap", missing, unit)
    if over != (figure.metric.better < 0):
        faults.append("差 and 多 are mixed up")
    if gap["value"] == gap["target"] or ((number := told(gap["gap"])) and number.value == 0):
        faults.append("two numbers are told alike, and one as short of the other")
    return faults


def required_of(answer: Answer) -> float | None:
    """What is required now: the target once it is due, before it the path."""
    required: float | None = answer["path"]
    if answer["status"] == "missed" or required is None:
        required = answer["target"]
    return required


def whole_and_part(text: str, view: View) -> Read | None:
    """零就业家庭 10户，其中超期 8户，目标 0，多 8户: the whole, then its part that has the target."""
    gap = gaps(words.PART, text)
    if gap is None:
        return None
    whole, faults = labelled(gap["whole"], view)
    part = view.by_label(words.OVERDUE_ZERO)
    if whole is None or part is None:
        return None, faults
    figure = Figure(part, whole.period, whole.scope)
    counted_whole = view.answer(whole)
    if counted_whole is None:
        return figure, ["there is no such figure"]
    faults += difference_of(gap["value"], "value", counted_whole["value"], counted_whole["unit"])
    rest = short(f"{words.OVERDUE_ZERO} {gap['part']}", view)
    if rest is None:
        answer = view.answer(figure)
        told_ = f"{words.OVERDUE_ZERO}{gap['part']}"
        if answer and (bounds := gaps(words.UNSURE, told_)):
            return figure, faults + unsure_of(bounds, answer)
        reached = reported_fine(told_, view)
        return figure, faults + (reached[1] if reached else [NOT_UNDERSTOOD])
    return figure, faults + rest[1]


def unsure(text: str, view: View) -> Read | None:
    """适龄儿童在读率在 99.0%~100% 之间，缺报 16."""
    if text.startswith(words.ZERO) and "其中超期" in text:
        head, _, rest = text.partition("，其中超期")
        return whole_and_part(f"{head}，其中超期 {rest}", view)
    gap = gaps(words.UNSURE, text)
    if gap is None:
        return None
    figure, faults = labelled(gap["label"], view)
    answer = view.answer(figure) if figure else None
    if answer is None:
        return figure, faults
    return figure, faults + unsure_of(gap, answer)


def unsure_of(gap: dict[str, str], answer: Answer) -> list[str]:
    """Both bounds and how many are missing, of what can't be told yet."""
    faults = between(gap["low"], gap["high"], answer)
    faults += subjects_of(gap["unreported"], answer["unreported"])
    if answer["value"] == answer["target"] == 1 and answer["unit"] == "fraction":
        faults.append("what is reported reaches the target, which is not told")
    return faults


def reported_fine(text: str, view: View) -> Read | None:
    """适龄儿童在读率已报的都在读，16 人未报: all that is reported, and how many are not."""
    gap = gaps(words.REPORTED_FINE, text)
    if gap is None:
        return None
    figure, faults = labelled(gap["label"].rstrip("：，"), view)
    answer = view.answer(figure) if figure else None
    if answer is None:
        return figure, faults
    if answer["value"] != answer["target"]:
        faults.append(f"told as reached by what is reported, it is {answer['value']}")
    if told(gap["fine"]):
        faults += difference_of(gap["fine"], "value", answer["value"], answer["unit"])
    elif answer["value"] != 1 or not gap["fine"].startswith("都"):
        faults.append(f"all that is reported, it is {answer['value']}")
    return figure, faults + subjects_of(gap["unreported"], answer["unreported"])


def thin(text: str, view: View) -> Read | None:
    """增收差距 +1.0个百分点，数据不全，还不能判定: too few are reported to tell."""
    gap = gaps(words.THIN, text)
    if gap is None:
        return None
    figure, faults = labelled(gap["label"], view)
    answer = view.answer(figure) if figure else None
    if answer is None:
        return figure, faults
    known = view.answers.leader is None and not answer["unreported"]
    if answer["status"] != "undetermined" or known:
        faults.append(f"{answer['status']} with {answer['unreported']} not reported")
    return figure, faults + difference_of(gap["value"], "value", answer["value"], answer["unit"])


def remarked(text: str, figure: Figure, answer: Answer, view: View) -> list[str]:
    """How long a matter lasts, or what would be enough."""
    for kind in (lasting, remedy):
        faults = kind(text, figure, answer, view)
        if faults is not None:
            return faults
    return [f"{NOT_UNDERSTOOD}: {text}"]


def lasting(text: str, figure: Figure, answer: Answer, view: View) -> list[str] | None:
    """已连续 3 个季度: so many periods in a row; 本期新出现: not in the period before."""
    former = view.earlier(figure, 1)
    before = former["status"] if former else ""
    if text == words.NEW:
        if before in WORST:
            return ["told as new, it was so the period before"]
        unknown = before in ("suppressed", "no_data", "not_applicable", "")
        return [f"told as new, the period before is {before or 'none'}"] if unknown else []
    gap = gaps(words.DURATION, text)
    if gap is None:
        return None
    n, more = int(gap["n"]), bool(gap["more"] or gap["least"])
    alike = SHORT if answer["status"] in SHORT else ("undetermined",)
    faults = []
    if words.LASTING[gap["unit"]] != periods.kind(figure.period):
        faults.append(f"counted in {gap['unit']}")
    statuses = [(view.earlier(figure, k) or {}).get("status") for k in range(n + 1)]
    if any(status not in alike for status in statuses[:n]):
        faults.append(f"{n} in a row, they are {statuses[:n]}")
    if not more and statuses[n] in alike:
        faults.append(f"{n} in a row, they are more")
    if not more and statuses[n] == "suppressed":
        faults.append(f"{n} in a row, what was before is hidden and not said to be")
    return faults


def remedy(text: str, figure: Figure, answer: Answer, view: View) -> list[str] | None:
    """What would be enough: for the least favourable bound, no more than that, and possible."""
    if gap := gaps(words.REPORT_FIRST, text) or gaps(words.CLEAR_FIRST, text):
        faults = subjects_of(gap["unreported"], answer["unreported"])
        return faults + ([] if answer["unreported"] else ["a remedy of nothing"])
    if gap := gaps(words.LESS_AND_CLEAR, text):
        return less(gap["n"], gap["unclear"], answer)
    if gap := gaps(words.LESS_MEETS, text):
        return less(gap["n"], "", answer)
    for sentence in (words.MORE_MEETS_LATE, words.MORE_PACES, words.MORE_MEETS):
        if gap := gaps(sentence, text):
            faults = [] if possible(figure, answer) else ["a remedy for what can't be done"]
            if answer["status"] == "undetermined":
                faults.append("the unknown alone keep it open, and are not cleared first")
            return faults + more(gap["n"], sentence, figure, answer)
    return None


def possible(figure: Figure, answer: Answer) -> bool:
    """Whether anything can still be done: not once the time is over in which it counts."""
    over = answer["status"] == "missed" and (figure.metric.is_flow or figure.metric.restarts)
    return figure.metric.key not in SETTLED and not over


def less(text: str, unclear: str, answer: Answer) -> list[str]:
    """减少 n（、查清 m）: the known ones down to the target, the unclear ones cleared."""
    if answer["value"] is None or answer["target"] is None:
        return ["a remedy for what is not known"]
    faults = enough_of(text, "remedy", answer["value"] - answer["target"], answer["unit"])
    cloud = (answer["high"] or answer["value"]) - answer["value"]
    if unclear:
        return faults + difference_of(unclear, "unclear", cloud, answer["unit"])
    return faults + ([f"not enough: {cloud} are unclear"] if cloud else [])


def more(text: str, sentence: str, figure: Figure, answer: Answer) -> list[str]:
    """再有 n: enough and no more, none of the unreported good; told by what it leads to."""
    number, required = told(text), required_of(answer)
    if number is None or required is None:
        return ["a remedy for what is not known"]
    faults = []
    if (sentence == words.MORE_PACES) != (answer["status"] == "behind"):
        faults.append(f"told as leading to another status than {answer['status']} has")
    if not figure.metric.is_rate:
        low = answer["value"] if answer["low"] is None else answer["low"]
        return faults + enough_of(text, "remedy", required - low, answer["unit"])
    whole = expected_amount(answer)
    if whole is None:
        return [*faults, "a remedy for what is not known"]
    enough = math.ceil(required * whole - answer["numerator"] - 1e-6)
    return faults + ([] if number.fits(enough) else [f"remedy {text}, enough is {enough}"])


def expected_amount(answer: Answer) -> float | None:
    """The denominator with what is missing, from the bounds; None where it is not known."""
    n, d, low, high = (answer[name] for name in ("numerator", "denominator", "low", "high"))
    if None in (n, d, low, high):
        return None
    if low == high:
        return float(d)
    return float(n / low) if low else float(d / (1 - high)) if high < 1 else None


# The strip.


def strip(text: str, view: View) -> list[str] | None:
    """29 项举措、3 项要求：13 项正常，4 项需关注，15 项…: every measure counted once."""
    gap = gaps(words.STRIP, text)
    if gap is None:
        return None
    place, measures = view.placed(gap["measures"])
    faults = numbers_of_measures(measures, view) + strip_numbers(gap["counts"], view)
    if not place and "/" in view.scope:
        faults.append("the measures are the whole's, which is not said")
    return faults


def strip_numbers(text: str, view: View) -> list[str]:
    """13 项正常，4 项需关注，15 项未评定: every measure once, by its state."""
    states = Counter(one["state"] for one in view.answers.measures(view.period))
    fine, care = (sum(states[s] for s in group) for group in (FINE, CARE))
    hidden = states["suppressed"]
    rest = states.total() - fine - care - hidden
    claimed = dict.fromkeys(("fine", "care", "rest", "hidden"), 0)
    for part in text.split("，"):
        count = gaps(words.STRIP_COUNT, part)
        if count is None:
            return [f"{NOT_UNDERSTOOD}: {part}"]
        claimed |= {name: int(n) for name, n in count.items() if n}
    true = [fine, care, rest, hidden]
    return (
        [] if list(claimed.values()) == true else [f"told {list(claimed.values())}, it is {true}"]
    )


def numbers_of_measures(text: str, view: View) -> list[str]:
    """29 项举措、3 项要求、1 项总目标: how many of each the plan has, by their numbers."""
    numbers = [one["measure"] for one in view.answers.measures(view.period)]
    true = {
        "举措": sum(n[0].isdigit() for n in numbers),
        "要求": sum(n[0] == "R" for n in numbers),
        "总目标": sum(n[0] == "G" for n in numbers),
    }
    claimed = dict.fromkeys(true, 0)
    for part in text.split("、"):
        gap = gaps(words.STRIP_MEASURES, part)
        if gap is None:
            return [f"{NOT_UNDERSTOOD}: {part}"]
        claimed[gap["what"]] = int(gap["n"])
    return [] if claimed == true else [f"told {claimed}, the plan has {true}"]


def strip_cells(text: str, view: View) -> list[str] | None:
    """A chapter of the strip: each measure with the mark of its state."""
    marks = {
        one["measure"]: words.STATUS[one["state"]][0] for one in view.answers.measures(view.period)
    }
    if text.startswith("counts\n"):
        return strip_counts(text, view)
    faults = []
    for line in text.split("\n"):
        match = re.fullmatch(r"(\S) (G\d+|R\d+|\d+) \S.*", line)
        if match and marks.get(match[2]) != match[1]:
            faults.append(f"{match[2]} is shown as {match[1]}, it is {marks.get(match[2])}")
    return faults


def strip_counts(text: str, view: View) -> list[str]:
    """The counts by state below the strip."""
    true = Counter(one["state"] for one in view.answers.measures(view.period))
    claimed: Counter[str] = Counter()
    for line in text.split("\n")[1:]:
        _mark, word, n = line.split(" ")
        claimed[STATUS_OF[word]] += int(n)
    return [] if claimed == true else [f"counted {dict(claimed)}, it is {dict(true)}"]
