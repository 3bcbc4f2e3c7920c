"""The reading of sentences refuses each kind that would not stand before an auditor."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.outside.reading import NOT_UNDERSTOOD, Answer, Answers, Question, View, faults

TOWN = "幸福小镇"
Told = Mapping[tuple[str, str], Answer]
SENSIBLE: Answer = {
    "scope": TOWN,
    "value": None, "numerator": None, "denominator": None, "low": None, "high": None,
    "unreported": 0, "target": None, "path": None, "status": "no_target", "unit": "fraction",
    "firmness": None, "basis": None, "filter": None, "by": {}, "change": None,
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A text on the screen."""

    page: str
    panel: str
    kind: str
    text: str


def view(
    period: str, told: Told, measures: Mapping[str, str] | None = None, leader: View | None = None
) -> View:
    """A view of a period; `told` has the answers by metric and period, `measures` the states."""

    def ask(question: Question) -> Answer | None:
        answer = told.get((question.metric, question.period))
        if answer is None:
            return None
        return {**SENSIBLE, "metric": question.metric, "period": question.period, **answer}

    states: list[Answer] = [
        {"measure": number, "state": state, "because": None, "indicators": []}
        for number, state in (measures or {}).items()
    ]
    answers = Answers(ask, lambda _period: states, leader.answers if leader else None)
    return View(answers, period, TOWN)


def rate(n: float, d: float, status: str, missing: int = 0, **own: Any) -> Answer:
    """The answer for a rate: n of d that are reported, some missing."""
    bounds = {"low": n / (d + missing), "high": (n + missing) / (d + missing)}
    figures = {"value": n / d, "numerator": n, "denominator": d, "unreported": missing}
    of_plan = {"firmness": "应当", "basis": "方案"}
    return {**figures, **bounds, **of_plan, "status": status, **own}


def count(n: float, status: str = "no_target", unclear: float = 0, **own: Any) -> Answer:
    """The answer for a count."""
    of_plan = {"firmness": "应当", "basis": "方案"}
    return {"value": n, "numerator": n, "low": n, "high": n + unclear, "unit": "persons",
            "status": status, **of_plan, **own}  # fmt: skip


def matter(mark: str, sentence: str, *remarks: str) -> Text:
    """A line of what is to be decided."""
    return Text("overview", "matters", "line", "\n".join((mark, sentence, " · ".join(remarks), "")))


def card(label: str, basis: str, value: str, status: str, line: str = "", note: str = "") -> Text:
    """A card at the top of a page."""
    return Text("employment", "", "card", "\n".join((label, basis, value, status, line, note)))


BEHIND = {
    ("training_rate", "2024-Q3"): rate(200, 1000, "behind", target=0.3, path=0.225),
    ("training_rate", "2024-Q2"): rate(200, 1000, "met", target=0.3, path=0.15),
}


def test_a_path_is_told_as_a_path() -> None:
    right = "技能培训率 20.0%，序时 22.5%，差 2.5个百分点（目标 30%）"
    assert (
        faults(matter("▲ 滞后", right, "本期新出现", "再有 25人 即达序时"), view("2024-Q3", BEHIND))
        == []
    )
    wrong = "技能培训率 20.0%，目标 22.5%，差 2.5个百分点"
    told = faults(matter("▲ 滞后", wrong), view("2024-Q3", BEHIND))
    assert "the path is called the target" in told
    assert any("target is told as 22.5%" in one for one in told)


@pytest.mark.parametrize(
    "sentence",
    [
        "技能培训率 20.1%，序时 22.5%，差 2.5个百分点（目标 30%）",
        "技能培训率 20.0%，序时 22.5%，差 10.0个百分点（目标 30%）",
        "技能培训率 20.0%，序时 25.0%，差 2.5个百分点（目标 30%）",
        "技能培训率 20.0%，序时 22.5%，差 2.5个百分点（目标 40%）",
        "就业率 20.0%，序时 22.5%，差 2.5个百分点（目标 30%）",
    ],
)
def test_each_number_is_the_one_it_is_called(sentence: str) -> None:
    assert faults(matter("▲ 滞后", sentence), view("2024-Q3", BEHIND))


def test_a_verdict_is_the_status() -> None:
    right = "技能培训率 20.0%，序时 22.5%，差 2.5个百分点（目标 30%）"
    assert faults(matter("■ 未达标", right), view("2024-Q3", BEHIND))


def moved(period: str, before: str, n: int, then: int, **parts: float) -> dict[Any, Answer]:
    changed = {"from": before, "difference": n - then, "real": n - then, "entered": 0, "left": 0,
               "newly_reported": 0, "fell_silent": 0, "rest": None, "comparable": True}  # fmt: skip
    changed |= parts
    key = "employment_destination"
    return {(key, period): count(n, change=changed), (key, before): count(then)}


def test_improvements_are_all_counted_and_the_lines_listed_are_said_to_be() -> None:
    answers = moved("2024-Q3", "2024-Q2", 520, 500)
    line = Text("overview", "moves", "line", "改善\n就业人数增加 20人，现 520人\n")
    page = view("2024-Q3", answers)
    page.texts = [line]
    assert faults(line, page) == []

    def finding(text: str) -> list[str]:
        return faults(Text("overview", "moves", "finding", text), page)

    assert finding("比上季：一项改善，零项回落") == []
    assert finding("比上季：三项改善，零项回落")
    assert finding("比上季：一项改善，零项回落，各列三项")
    page.texts = []
    assert finding("比上季：一项改善，零项回落")


def test_silence_is_no_movement() -> None:
    quiet = moved("2024-Q3", "2024-Q2", 440, 500, real=5, fell_silent=-65)
    line = Text("overview", "moves", "line", "回落\n就业人数减少 60人，现 440人\n")
    assert "silence is told as a movement" in faults(line, view("2024-Q3", quiet))
    told = card("就业人数", "人", "440", "", note="较上季 −60人")
    assert any("told as a movement" in one for one in faults(told, view("2024-Q3", quiet)))


def test_better_and_worse_go_by_the_better_side() -> None:
    answers = moved("2024-Q3", "2024-Q2", 520, 500)
    line = Text("overview", "moves", "line", "回落\n就业人数增加 20人，现 520人\n")
    assert faults(line, view("2024-Q3", answers))


LATE = {
    ("task_completion", "2024-Q3"): rate(90, 100, "missed", 10, target=1, path=1),
    ("task_completion", "2024-Q2"): rate(90, 100, "missed", target=1, path=1),
    ("task_completion", "2024-Q1"): {"status": "no_data"},
}
SHORT = "任务完成率 90.0%，目标 100%，差 10.0个百分点"


@pytest.mark.parametrize("remedy", ["再有 10项 即达标", "再有 21项 即达标", "再有 20项 即达序时"])
def test_a_remedy_is_enough_for_the_least_favourable_bound_and_no_more(remedy: str) -> None:
    page = view("2024-Q3", LATE)
    assert faults(matter("■ 未达标", SHORT, "再有 20项 即达标"), page) == []
    assert faults(matter("■ 未达标", SHORT, remedy), page)


@pytest.mark.parametrize(
    ("key", "label", "unit"),
    [("entry_coverage", "入户排查率", "户"), ("ledger_timeliness", "台账及时率", "份"),
     ("monitoring_rounds", "就业监测轮次", "轮")],
)  # fmt: skip
def test_no_remedy_is_told_for_what_is_over(key: str, label: str, unit: str) -> None:
    answers = {(key, "2024-12"): rate(90, 100, "missed", target=1, path=1)}
    page = view("2024-12", answers)
    text = matter("■ 未达标", f"{label} 90.0%，目标 100%，差 10.0个百分点", f"再有 10{unit} 即达标")
    assert "a remedy for what can't be done" in faults(text, page)


def test_fewer_is_enough_only_where_nothing_is_unclear() -> None:
    answers = {
        ("overdue_repairs", "2024-03"): count(3, "missed", 2, target=0, path=0, unit="tickets")
    }
    page = view("2024-03", answers)
    text = "逾期维修 3张工单，目标 0，多 3张工单"
    assert faults(matter("■ 未达标", text, "减少 3张工单、查清 2张工单 才达标"), page) == []
    assert faults(matter("■ 未达标", text, "减少 3张工单 即达标"), page)


def test_a_duration_never_reaches_back_before_the_first_row() -> None:
    page = view("2024-Q3", LATE)
    assert faults(matter("■ 未达标", SHORT, "已连续 2 个季度"), page) == []
    assert faults(matter("■ 未达标", SHORT, "已连续 3 个季度"), page)
    assert faults(matter("■ 未达标", SHORT, "已连续 1 个季度"), page)
    assert faults(matter("■ 未达标", SHORT, "已连续 2 个月"), page)
    assert faults(matter("■ 未达标", SHORT, "本期新出现"), page)


def test_a_path_of_whole_things_is_not_fractional_and_nothing_is_no_gap() -> None:
    answers = {("demonstration_sites", "2024-03"): count(0, "not_due", target=1, unit="times")}
    page = view("2024-03", answers)
    assert faults(matter("▲ 滞后", "示范点 0次，序时 0.3，差 0次（目标 1）"), page)
    level = {("task_completion", "2024-03"): rate(9999, 10000, "missed", target=1, path=1)}
    nothing = matter("■ 未达标", "任务完成率 99.9%，目标 100%，差 0.0个百分点")
    assert "two numbers are told alike, and one as short of the other" in faults(
        nothing, view("2024-03", level)
    )


def test_what_begins_again_in_january_compares_with_last_year() -> None:
    answers = {
        ("loans_granted", period): count(n, unit="loans")
        for period, n in (("2025-01", 1), ("2024-12", 30), ("2024-01", 2))
    }
    page = view("2025-01", answers)

    def note(text: str) -> list[str]:
        return faults(card("创业贷款", "笔", "1", "", note=text), page)

    assert note("较上年同期 −1笔") == []
    assert "what begins again in January is compared with the period before" in note("较上月 −29笔")


def test_what_begins_again_in_january_is_not_told_as_worse_than_december() -> None:
    answers = moved("2025-01", "2024-12", 1, 30)
    told = {("loans_granted", period): one for (_key, period), one in answers.items()}
    line = Text("overview", "moves", "line", "回落\n创业贷款减少 29笔，现 1笔\n")
    assert "what begins again in January is compared with the period before" in faults(
        line, view("2025-01", told)
    )


def test_a_chip_stands_where_there_is_a_target_and_nowhere_else() -> None:
    page = view("2024-09", {("employment_rate", "2024-09"): rate(80, 90, "no_target")})
    assert faults(card("就业率", "", "88.9%", ""), page) == []
    assert faults(card("就业率", "", "88.9%", "— 无目标"), page)
    due = view("2024-Q3", {("training_rate", "2024-Q3"): BEHIND["training_rate", "2024-Q3"]})
    assert faults(card("技能培训率", "", "20.0%", "▲ 滞后"), due) == []
    assert faults(card("技能培训率", "", "20.0%", ""), due)


def test_coverage_is_told_of_expected_rows_alone() -> None:
    drills = {("fire_drills", "2024-Q3"): count(3, unit="times")}
    told = card("消防宣传和演练", "次", "3", "", note="覆盖 100%")
    assert any("coverage of a ledger" in one for one in faults(told, view("2024-Q3", drills)))
    caption = Text(
        "community",
        "fire_drills",
        "caption",
        "季度内的消防宣传和消防演练次数 · 《活动台账》，已报 100%",
    )
    assert any("coverage of a ledger" in one for one in faults(caption, view("2024-Q3", drills)))
    known = {("employment_rate", "2024-09"): rate(80, 90, "no_target", 10)}
    assert faults(card("就业率", "", "88.9%", "", note="覆盖 90.0%"), view("2024-09", known)) == []
    assert faults(card("就业率", "", "88.9%", "", note="覆盖 100%"), view("2024-09", known))


FULL = {("enrolment_rate", "2024-09"): rate(984, 984, "undetermined", 16, target=1, path=1)}


@pytest.mark.parametrize(
    "sentence",
    [
        "适龄儿童在读率 100%，目标 100%，差 0.0个百分点",
        "适龄儿童在读率在 100%~100% 之间，缺报 16",
        "适龄儿童在读率在 98.4%~100% 之间，缺报 16",
        "适龄儿童在读率已报的都在读，15 人未报",
    ],
)
def test_a_full_rate_that_can_not_be_told_yet_says_who_is_missing(sentence: str) -> None:
    page = view("2024-09", FULL)
    right = "适龄儿童在读率已报的都在读，16 人未报"
    assert faults(matter("◇ 尚不能判定", right), page) == []
    assert faults(matter("◇ 尚不能判定", sentence), page)


@pytest.mark.parametrize("remedy", ["先查清 15人", "再有 16人 即达标"])
def test_where_the_unknown_alone_keep_it_open_they_are_cleared_first(remedy: str) -> None:
    page, text = view("2024-09", FULL), "适龄儿童在读率已报的都在读，16 人未报"
    assert faults(matter("◇ 尚不能判定", text, "先查清 16人"), page) == []
    assert faults(matter("◇ 尚不能判定", text, remedy), page)


def test_all_is_said_only_where_all_are_known() -> None:
    text = Text("overview", "matters", "empty", "已报、已到期的指标都达到了目标或序时进度。")
    met = {("task_completion", "2024-09"): rate(9, 9, "met", target=1, path=1)}
    assert faults(text, view("2024-09", met)) == []
    for status in ("missed", "suppressed", "undetermined"):
        unknown = {("task_completion", "2024-09"): {"status": status, "target": 1}}
        assert faults(text, view("2024-09", unknown))
    late = {("task_completion", "2024-09"): rate(9, 9, "met_late", target=1, path=1)}
    told_late = "已报、已到期的指标都达到了目标或序时进度，1 项是逾期后达到的。"
    assert faults(text, view("2024-09", late))
    assert faults(Text("overview", "matters", "empty", told_late), view("2024-09", late)) == []
    shown = "可以显示的指标里，已报、已到期的都达到了目标或序时进度。"
    hidden = {("task_completion", "2024-09"): {"status": "suppressed", "target": 1}}
    assert faults(Text("overview", "matters", "empty", shown), view("2024-09", hidden)) == []
    assert faults(Text("overview", "matters", "empty", shown), view("2024-09", met))


def test_what_is_hidden_is_counted_and_said() -> None:
    leader = view("2024-09", {}, {"1": "missed", "2": "met"})
    page = view("2024-09", {}, {"1": "suppressed", "2": "met"}, leader)

    def finding(text: str) -> list[str]:
        return faults(Text("overview", "strip", "finding", text), page)

    assert finding("2 项举措：1 项正常，0 项需关注，另有 1 项不单独显示") == []
    assert finding("2 项举措：1 项正常，0 项需关注，1 项未评定")
    assert finding("1 项举措：1 项正常，0 项需关注，0 项未评定")


def test_decisions_are_among_as_many_for_every_reader() -> None:
    short = {("task_completion", "2024-09"): rate(9, 10, "missed", target=1, path=1)}
    leader = view("2024-09", short)
    page = view(
        "2024-09", {("task_completion", "2024-09"): {"status": "suppressed"}}, leader=leader
    )

    def finding(text: str) -> list[str]:
        return faults(Text("overview", "matters", "finding", text), page)

    among = "（有目标的指标共 1 项，另有 1 项不单独显示）"
    assert finding(f"已知的指标里没有需要会议决定的{among}") == []
    assert finding(f"没有需要会议决定的事项{among}")
    assert finding("没有需要会议决定的事项（有目标的指标共 1 项）")
    assert finding("已知的指标里没有需要会议决定的（有目标的指标共 0 项）")


def test_a_figure_of_another_period_says_so() -> None:
    answers = {
        ("quarterly_meetings", "2024-Q3"): count(0, "missed", target=1, path=1, unit="times")
    }
    page = view("2024-10", answers)
    finding = Text(
        "departments", "quarterly_meetings", "finding", "季度工作会议 0次，目标 1（应当）"
    )
    assert any("which is not said" in one for one in faults(finding, page))


def test_the_lowest_is_the_lowest_and_alone() -> None:
    parts = [
        {"key": name, "value": n / 40, "denominator": 40} for name, n in (("1栋", 30), ("2栋", 31))
    ]
    answers = {
        ("employment_rate", "2024-09"): {**rate(61, 80, "no_target"), "by": {"building": parts}}
    }
    page = view("2024-09", answers)

    def finding(text: str) -> list[str]:
        return faults(Text("community", "employment_rate_place_below", "finding", text), page)

    assert finding("就业率 76.3%，1栋最低 75.0%") == []
    assert finding("就业率 76.3%，2栋最低 77.5%")
    parts[1]["value"] = 0.75
    assert finding("就业率 76.3%，1栋最低 75.0%")


def test_a_new_sentence_with_a_number_is_a_fault_until_it_is_read() -> None:
    page = view("2024-09", {})
    new = Text("overview", "new", "note", "全部 12 项都已达标")
    assert faults(new, page) == [NOT_UNDERSTOOD]
    assert faults(Text("overview", "new", "note", "各楼栋放在一起看"), page) == []


def test_the_reading_knows_nothing_of_the_board() -> None:
    place = Path(__file__).parent / "reading"
    for path in place.glob("*.py"):
        text = path.read_text("utf-8")
        assert "board." not in text.replace("board's", ""), path.name
        assert "import board" not in text, path.name


def test_an_annotation_tells_no_number_of_its_own() -> None:
    answers = {("employment_rate", "2024-09"): rate(80, 90, "no_target")}
    page = view("2024-09", answers)
    alt = Text(
        "community",
        "employment_rate",
        "alt",
        "折线图：就业率，2024年1月至2024年9月，最新 88.9%，无目标。",
    )
    page.texts = [alt]
    assert faults(alt, page) == []
    assert faults(Text("community", "employment_rate", "mark", "80/90人"), page) == []
    assert faults(Text("community", "employment_rate", "mark", "88.9%"), page) == []
    assert faults(Text("community", "employment_rate", "mark", "87.9%"), page)
