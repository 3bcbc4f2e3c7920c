"""The page of definitions, the posts that fit, and the plans in force: what is told in their words."""

from __future__ import annotations

import re

from tests.outside.reading import periods, plan
from tests.outside.reading.answers import View
from tests.outside.reading.figures import difference_of, told
from tests.outside.reading.household import scored
from tests.outside.reading.lists import fields, listed
from tests.outside.reading.pages import Gap, holds, sentence
from tests.outside.reading.people import rows_of
from tests.outside.reading.reading import VERDICTS

# How a post is scored: points, by what they are given for.
POINTS = {
    "谁": (10,), "地点": (40, 30, 15, 10, 5, 0), "学历": (20, 5), "求职意向": (20,),
    "岗位类型": (10, 10),
}  # fmt: skip
MEASURE = re.compile(r"第([GR]?\d+)项")


def of_metric(text: str, view: View) -> list[str] | None:
    """A term of a metric's definition: what the page of metrics and the plan say of it."""
    term, _break, words = text.partition("\n")
    headline = listed(view, "definitions", "", "headline")
    metric = view.by_label(headline[0].removeprefix("指标口径：")) if headline else None
    if metric is None:
        return [f"no metric is called so: {headline}"]
    if term == "定义":
        return [] if words == metric.definition else ["not its definition"]
    if term == "举措":
        own = measures_of(metric.key)
        return [] if set(MEASURE.findall(words)) == own else [f"its measures are {own}"]
    if term == "目标":
        return targets(words, metric.key)
    if term == "代号":
        return [] if words == f"`{metric.key}`" else [f"its key is {metric.key}"]
    return []


def measures_of(key: str) -> set[str]:
    """The measures of a metric without a filter; where it has none, of every filter."""
    rows = [row for row in plan.sheet("指标归属") if row["指标"] == key]
    bare = [row for row in rows if not row["筛选"]]
    return {row["举措序号"] for row in bare or rows}


def targets(words: str, key: str) -> list[str]:
    """50%（2023年12月…）；60%…: as many as the plan has, each with its value; or that it has none."""
    own = [target for target in plan.targets() if target.metric == key]
    if not own:
        return [] if words == "无目标" else ["it has no target"]
    values = {target.value for target in own}
    faults = [] if words.count("；") >= len(own) - 1 else [f"it has {len(own)} targets"]
    numbers = [n for match in re.findall(r"\d[\d,.]*%?", words) if (n := told(match))]
    missing = [v for v in values if not any(n.fits(v) or n.fits(v * 100) for n in numbers)]
    return [*faults, *(f"the target {value} is not told" for value in missing)]


def scoring(text: str, _view: View) -> list[str] | None:
    """片区内 40 分，…: the points of a rule, in their order."""
    term, _break, words = text.partition("\n")
    points = tuple(int(n) for n in re.findall(r"(\d+) 分", words))
    own = POINTS.get(term, ())
    return [] if points == own else [f"{points} points, they are {own}"]


def of_every(text: str, view: View) -> list[str] | None:
    """A metric among all: its measures, its label and its definition."""
    measures, label, words = text.split("\n")
    metric = view.by_label(label)
    if metric is None or words != metric.definition:
        return [f"no metric is defined so: {label}"]
    own = measures_of(metric.key)
    return [] if set(measures.split("、")) - {"—"} == own else [f"its measures are {own}"]


def behind(_text: str, _view: View) -> list[str]:
    """A row behind a figure: the answers of `rows` themselves."""
    return []


def for_posts(gap: Gap, view: View) -> list[str]:
    """还在招 38 个岗位，19 个有合适的人: those listed with somebody, and no more than there are."""
    own = [fields(text) for text in listed(view, "work_services", "people", "row")]
    fits = {row["岗位编号"] for row in own if row["人员代码"]}
    faults = difference_of(gap["fits"], "posts with somebody", len(fits))
    return faults if int(gap["fits"]) <= int(gap["posts"]) else [*faults, "more fit than there are"]


def no_posts(view: View) -> bool:
    """Whether no post is listed with somebody."""
    return not listed(view, "work_services", "people", "row")


def matched(text: str, view: View) -> list[str] | None:
    """XF0012, 3栋3单元：楼栋管理员（…，2,010元 起）, the reasons: a household behind the figure."""
    home, place, _reasons = text.split("\n")
    rows = {row["subject"]: row for row in rows_of(view, "zero_employment_households")}
    row = rows.get(home)
    if row is None:
        return [f"{home} is not behind the figure"]
    right = place.startswith(f"{row['building']}{row['unit']}：")
    return [] if right else [f"{place}, it is {row['building']}{row['unit']}"]


def in_force(gap: Gap, _view: View) -> list[str]:
    """1 份方案有效，管到 2025年12月: the shipped plan."""
    _first, last = plan.span()
    month = periods.of_words(gap["month"])
    right = month is not None and periods.last_month(month) == last
    faults = [] if right else [f"until {gap['month']}"]
    return faults + difference_of(gap["n"], "plans", 1)


def without_claims(text: str, _view: View) -> list[str] | None:
    """A title that tells no figure and no verdict."""
    return [f"it claims something: {text}"] if VERDICTS.search(text) else []


RULES = {
    ("definitions", "words", "article"): (of_metric,),
    ("definitions", "matching", "article"): (scoring,),
    ("definitions", "every", "line"): (of_every,),
    ("definitions", "every", "finding"): (sentence("全部指标"),),
    ("definitions", "rows", "row"): (behind,),
    ("definitions", "", "headline"): (sentence("指标口径：{label}"),),
    ("work_services", "people", "finding"): (
        sentence("还在招 {posts} 个岗位，{fits} 个有合适的人", for_posts),
    ),
    ("work_services", "people", "row"): (scored,),
    ("work_services", "people", "empty"): (
        sentence("没有还在招的岗位，或没有合适的人。", holds("some fit", no_posts)),
    ),
    ("work_services", "matching", "line"): (matched,),
    ("plans", "", "headline"): (sentence("{n} 份方案有效，管到 {month}", in_force),),
    ("looks", "", "headline"): (sentence("谁看了个人信息、谁带走了表格，每次都有记录"),),
    ("accounts", "", "headline"): (without_claims,),
}
