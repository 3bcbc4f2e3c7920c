"""Sentences about wages, changes of work and households' incomes: worked out from `rows`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from statistics import median

from tests.outside.reading import periods, words
from tests.outside.reading.answers import Question, Row, View
from tests.outside.reading.charts import items
from tests.outside.reading.figures import difference_of
from tests.outside.reading.pages import Gap, dated, number, of, quarter, sentence
from tests.outside.reading.panels import named
from tests.outside.reading.reading import gaps

OUT = "未就业"
Wages = dict[str, list[float]]


def rows_of(view: View, key: str, period: str = "", part: str = "numerator") -> list[Row]:
    """The rows behind a metric at the page's place, as the leader has them."""
    answers = view.answers.leader or view.answers
    return answers.rows(Question(key, period or view.period, view.scope), part)


def wages(view: View, axis: str) -> Wages:
    """A category → the wages of those who work there."""
    category = {row["subject"]: row[axis] for row in rows_of(view, "employment_destination")}
    found: Wages = defaultdict(list)
    for row in rows_of(view, "median_wage"):
        if category.get(row["subject"]):
            found[category[row["subject"]]].append(row["amount"])
    return found


def of_category(name: str, found: Wages) -> list[float] | None:
    """The wages of a category by its name on the page."""
    part = named(name, [{"key": key} for key in found])
    return found[part["key"]] if part else None


def median_of(name: str, text: str, found: Wages) -> list[str]:
    """What is wrong with a median wage told for a category."""
    own = of_category(name, found)
    if own is None:
        return [f"no category is called {name}"]
    return difference_of(text, f"median of {name}", median(own), "yuan")


def industry(gap: Gap, view: View) -> list[str]:
    """制造人数最多：897人，月收入中位 3,790元: the most people, and their median."""
    found = wages(view, "industry")
    faults = median_of(gap["name"], gap["wage"], found)
    own = of_category(gap["name"], found)
    if not gap.get("people") or own is None:
        return faults
    if len(own) < max(map(len, found.values())):
        faults.append("another industry has more people")
    if gap["paid"]:
        return faults + difference_of(gap["people"], "with a wage", len(own), "persons")
    everybody: Wages = defaultdict(list)
    for row in rows_of(view, "employment_destination"):
        everybody[row["industry"] or ""].append(1)
    people = of_category(gap["name"], everybody) or []
    return faults + difference_of(gap["people"], gap["name"], len(people), "persons")


def destinations(gap: Gap, view: View) -> list[str]:
    """广东收入最高：中位 4,550元；钦州市内最低：3,010元."""
    found = wages(view, "place")
    return median_of(gap["high"], gap["most"], found) + median_of(gap["low"], gap["least"], found)


def wages_drawn(text: str, view: View) -> list[str] | None:
    """月收入图，中位数：制造 3,790元；建筑 3,445元。"""
    gap = gaps(words.WAGES_DRAWN, text)
    listed = items(gap["items"]) if gap else None
    if listed is None:
        return None
    read = []
    for axis in ("place", "industry", "kind", "channel"):
        found = wages(view, axis)
        read.append([f for name, wage in listed for f in median_of(name, wage, found)])
    return min(read, key=len)


# Who moved between two months.


def months_of_moves(view: View) -> tuple[str, str] | None:
    """The two months that the panel's caption names."""
    for text in view.texts:
        if text.panel == "moves" and text.page == "employment" and text.kind == "caption":
            match = re.search(r"(\d{4}年\d{1,2}月)到(\d{4}年\d{1,2}月)", text.text)
            if match:
                return periods.of_words(match[1]) or "", periods.of_words(match[2]) or ""
    return None


def work_of(view: View, month: str) -> dict[str, str]:
    """Everybody who is monitored in a month → where they work, or that they don't."""
    monitored = {
        row["subject"]: OUT for row in rows_of(view, "employment_rate", month, "denominator")
    }
    places = rows_of(view, "employment_destination", month)
    return monitored | {row["subject"]: row["place"] or "未填" for row in places}


def moved(view: View) -> Counter[str]:
    """How many changed, began, stopped, stayed, and how many are monitored in either month."""
    months = months_of_moves(view)
    if months is None:
        return Counter()
    then, now = (work_of(view, month) for month in months)
    counts: Counter[str] = Counter(all=len(then | now))
    for subject, place in now.items():
        before = then.get(subject)
        if before is None:
            continue
        counts["same"] += before == place
        if before != place:
            kind = (
                "changed" if OUT not in (before, place) else "began" if before == OUT else "stopped"
            )
            counts[kind] += 1
    return counts


def of_moves(name: str, count: Callable[[Counter[str]], int]) -> Callable[[Gap, View], list[str]]:
    """A gap is one of the numbers of who moved."""

    def check(gap: Gap, view: View) -> list[str]:
        if view.answers.leader is not None:
            return []  # Who sees no small counts is told of the streams that are shown alone.
        return difference_of(gap[name], name, count(moved(view)), "persons")

    return check


# Households' incomes.


def quarters_of(view: View) -> str:
    """The latest quarter that has ended."""
    return view.period_for(view.answers.metrics["income_growth_gap"])


def incomes(view: View, period: str) -> dict[str, float]:
    """A household → its income a head of the year so far, of those that reported each quarter."""
    found: dict[str, float] = defaultdict(float)
    told: Counter[str] = Counter()
    due = periods.last_month(period) % 12 // 3 + 1
    for row in rows_of(view, "income_growth_gap", period):
        if row["members"] and str(row["period"])[:4] == period[:4]:
            found[row["subject"]] += row["amount"] / row["members"]
            told[row["subject"]] += 1
    return {subject: income for subject, income in found.items() if told[subject] == due}


def middle(gap: Gap, view: View) -> list[str]:
    """年内累计人均 1.18万元，中间一户 1.20万元: the household in the middle."""
    if not gap["middle"] or "/" in view.scope:
        return []  # Rows of a building leave out the quarters that a household lived elsewhere.
    found = incomes(view, quarters_of(view))
    return difference_of(gap["middle"], "middle", median(found.values()) if found else None, "yuan")


SPREAD_OWN = (
    sentence(
        "年内累计人均 {mean}(?:，中间一户 {middle})?",
        number("mean", of("income_growth_gap", "numerator"), "yuan"),
        middle,
        lambda _gap, view: quarter(view),
    ),
)
SPREAD = (dated(*SPREAD_OWN),)
SPREAD_DRAWN = (
    sentence("分布图：{range}之间最多，{n}。(?:县域人均 {county}；)?中位数 {middle}。", middle),
    sentence("分布图：{range}之间最多，{n}。(?:县域人均 {county}。)?"),
)
INDUSTRIES = (
    sentence("{name}(?P<paid>报了月收入)的人最多：{people}，中位 {wage}", industry),
    sentence("{name}人数最多：(?P<paid>报了月收入的 ?)?{people}，月收入中位 {wage}", industry),
    sentence("{name}月收入中位 {wage}", industry),
    sentence("各行业的收入"),
)
DESTINATIONS = (
    sentence("{high}收入最高：中位 {most}；{low}最低：{least}", destinations),
    sentence("各去向的收入"),
)
MOVES = (
    sentence(
        "{changed}换了去向，{began}由未就业到就业，{stopped}相反",
        of_moves("changed", lambda counts: counts["changed"]),
        of_moves("began", lambda counts: counts["began"]),
        of_moves("stopped", lambda counts: counts["stopped"]),
    ),
    sentence("两个月之间的变动，不单独显示的不列，合计只计所列"),
    sentence("没有两个月都监测到的人"),
    sentence("两个月之间没有人变动"),
)
MOVES_DRAWN = (
    sentence(
        "流动图：{since}到{until}，共 {all}，去向不变 {same}，变动 {moved}。",
        of_moves("all", lambda counts: counts["all"]),
        of_moves("same", lambda counts: counts["same"]),
        of_moves("moved", lambda counts: counts["all"] - counts["same"]),
    ),
)
