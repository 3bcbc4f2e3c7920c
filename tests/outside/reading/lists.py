"""Lists of pages, row by row: checked against the rows behind a figure, and against one another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.outside.columns import NAMES
from tests.outside.reading import periods, words
from tests.outside.reading.answers import Row, View
from tests.outside.reading.charts import items
from tests.outside.reading.figures import difference_of, told
from tests.outside.reading.pages import (
    Gap,
    covered,
    holds,
    number,
    of,
    of_town,
    sentence,
    split_of,
)
from tests.outside.reading.panels import named
from tests.outside.reading.people import incomes, quarters_of, rows_of
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps, literal

SPACES = {"商业铺面": "间", "地下车库": "个车位", "地面停车位": "个车位", "农贸市场": "个摊位"}
FULL = 0.9
OTHER_SPACES = "个"
Cells = list[tuple[int, str]]


def fields(text: str) -> dict[str, str]:
    """The cells of a row by their headers."""
    return {
        header: cell for header, _colon, cell in (line.partition("：") for line in text.split("\n"))
    }


def listed(view: View, page: str, panel: str, kind: str) -> list[str]:
    """The texts of a kind in a panel of the page."""
    return [t.text for t in view.texts if (t.page, t.panel, t.kind) == (page, panel, kind)]


# What arrived when.


def held_in_all(gap: Gap, _view: View) -> list[str]:
    """28本台账已有9本: no more than there are."""
    return [] if int(gap["n"]) <= int(gap["all"]) else ["more ledgers are held than there are"]


def cells_of(text: str, view: View) -> Cells:
    """The number of a month → what stands in its cell, for each column of a ledger's row."""
    own = [line.partition("：") for line in text.split("\n")[1:]]
    first = view.end - len(own) + 1
    return [(first + n, cell) for n, (_header, _colon, cell) in enumerate(own)]


def arrived(text: str, view: View) -> list[str] | None:
    """就业监测台账, then each month's mark and day: ● by the 10th of the next, ▲ later, □ not."""
    name = text.split("\n")[0].removeprefix("台账：")
    cells = cells_of(text, view)
    faults = []
    for month, cell in cells:
        match = re.fullmatch(r"(●|▲) (\d+)-(\d+)", cell)
        if match is None:
            faults += [] if cell in ("", "□ 未报") else [f"{cell} is no day"]
            continue
        received, day = int(match[2]), int(match[3])
        own = month % 12 + 1
        in_time = received == own or (received == own % 12 + 1 and day <= 10)
        if in_time != (match[1] == "●"):
            faults.append(f"{cell} for month {own}")
    return faults + counted_in_time(name, cells, view)


def counted_in_time(name: str, cells: Cells, view: View) -> list[str]:
    """As many months of the year so far are in time as the figure counts of this ledger."""
    answers = {
        part: [
            row
            for row in rows_of(view, "ledger_timeliness", part=part)
            if row["ledger"] == NAMES.get(name)
        ]
        for part in ("numerator", "denominator")
    }
    if "/" in view.scope or not answers["denominator"]:
        return []
    year = view.end // 12
    marks = Counter(cell[0] for month, cell in cells if month // 12 == year and cell)
    n = len(answers["numerator"])
    return [] if marks["●"] == n else [f"{name}: {marks['●']} months in time, counted are {n}"]


def marks_of_all(view: View) -> Counter[str]:
    """How many cells of the table have each mark."""
    rows = listed(view, "ledgers", "received", "row")
    return Counter(cell[0] for row in rows for _month, cell in cells_of(row, view) if cell)


# How much of each place is reported.


def shares(view: View) -> list[float]:
    """The share of able workers who are monitored, of each place that shows it."""
    every = split_of("employment_rate", "below", view, every=True)
    shown = [part for part in every if part["status"] != "suppressed" or part["denominator"]]
    return [share for share in map(covered, shown) if share is not None]


def places_below(gap: Gap, view: View) -> list[str]:
    """{n}处就业监测覆盖不足九成：{names}: as many, and each of them."""
    every = split_of("employment_rate", "below", view, every=True)
    faults = difference_of(gap["n"], "places", sum(share < FULL for share in shares(view)))
    for name in gap["names"].split("、"):
        part = named(name, every) or named(name.rpartition("栋")[2], every)
        if part is None or (covered(part) or 0) >= FULL:
            faults.append(f"{name} is covered")
    return faults


def incomes_by_place(view: View) -> dict[str, tuple[int, int]]:
    """A building → its households that reported an income in the quarter, and that were due."""
    quarter = periods.ended(view.end, "quarter")
    start = f"{quarter[:4]}-{int(quarter[-1]) * 3 - 2:02}"
    counts: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"told": set(), "due": set()})
    for part in ("numerator", "unreported"):
        for row in rows_of(view, "income_growth_gap", quarter, part):
            if str(row["period"])[:7] == start:
                counts[row["building"]]["due"].add(row["subject"])
                if part == "numerator":
                    counts[row["building"]]["told"].add(row["subject"])
    return {place: (len(n["told"]), len(n["due"])) for place, n in counts.items()}


def reported_incomes(gap: Gap, view: View) -> list[str]:
    """收入报送率 90.7%，3 处最低 75.0%."""
    found = incomes_by_place(view)
    reported, due = (sum(counts[n] for counts in found.values()) for n in (0, 1))
    rates = {place: n / of for place, (n, of) in found.items()}
    least = min(rates.values())
    lowest = [place for place, rate in rates.items() if rate == least]
    faults = difference_of(gap["share"], "share", reported / due)
    faults += difference_of(gap["least"], "lowest", least)
    several = re.fullmatch(r"(\d+) ?处", gap["place"])
    right = len(lowest) == int(several[1]) if several else lowest == [gap["place"]]
    return faults if right else [*faults, f"the lowest are {lowest}"]


def incomes_drawn(text: str, view: View) -> list[str] | None:
    """条形图：收入报送率。10栋 75.0%；5栋 75.0%。"""
    gap = gaps("条形图：收入报送率。{items}。", text)
    bars = items(gap["items"]) if gap else None
    if bars is None:
        return None
    found = incomes_by_place(view)
    rates = {place: n / of for place, (n, of) in found.items()}
    unknown = [f"{place} is none" for place, _share in bars if place not in rates]
    return unknown or [
        f for place, share in bars for f in difference_of(share, place, rates[place])
    ]


# Incomes that fell.


def compared(view: View) -> dict[str, bool]:
    """A household that reported this year and last → whether its income is below last year's.

    A household may have lived elsewhere in a quarter: its quarters are asked of the town, and it
    belongs where it lives in the last of them.
    """
    quarter, town = quarters_of(view), of_town(view)
    rows = rows_of(view, "income_growth_gap", quarter)
    last = max((str(row["period"]) for row in rows), default="")
    here = {row["subject"] for row in rows if str(row["period"]) == last}
    now, before = incomes(town, quarter), incomes(town, periods.year_before(quarter))
    # In the rows of a year both years stand; those of the year before are asked of it.
    homes = now.keys() & before.keys() & here
    return {home: now[home] < before[home] - 1e-9 for home in homes}


def fallen(gap: Gap, view: View) -> list[str]:
    """收入比上年同期下降的 19户，占 42.2%."""
    homes = compared(view)
    fell = sum(homes.values())
    faults = difference_of(gap["n"], "fallen", fell, "households")
    return faults + difference_of(gap["share"], "share", fell / len(homes) if homes else None)


def fallen_drawn(text: str, view: View) -> list[str] | None:
    """条形图：收入下降的户。6栋 5；10栋 2。: together they are those of the finding."""
    gap = gaps("条形图：收入下降的户。{items}。", text)
    bars = items(gap["items"]) if gap else None
    if bars is None:
        return None
    numbers = [n for n in (told(n) for _place, n in bars) if n]
    told_of = [gaps(FALLEN, one) for one in listed(view, "income", "fallen", "finding")]
    wholes = [told(one["n"]) for one in told_of if one]
    together = sum(n.value for n in numbers)
    wrong = [one for one in wholes if one and not one.fits(together)]
    return [f"bars sum to {together}, told is {one.text}" for one in wrong]


def of_fallen(view: View) -> Iterator[float]:
    """The shares of the places' households whose incomes fell, and how many there are."""
    homes = compared(view)
    rows = rows_of(view, "income_growth_gap", quarters_of(view))
    building = {r["subject"]: r for r in sorted(rows, key=lambda r: str(r["period"]))}
    level = "unit" if "/" in view.scope else "building"
    places: dict[str, list[bool]] = defaultdict(list)
    for home, fell in homes.items():
        places[building[home][level]].append(fell)
    for each in places.values():
        yield from (sum(each), len(each), sum(each) / len(each))


FALLEN = "收入比上年同期下降的 {n}，占 {share}"


# Households without work, assets that stand empty.


def without_work(text: str, view: View) -> list[str] | None:
    """A household of the list: its code, place and months are those of a row behind the figure."""
    cells = fields(text)
    rows = {r["subject"]: r for r in rows_of(view, "zero_employment_households")}
    row = rows.get(cells["户编号"])
    if row is None:
        return [f"{cells['户编号']} is not behind the figure"]
    told_as = [cells[name] for name in ("所在楼栋", "所在单元", "已持续月数")]
    true = [row["building"], row["unit"], str(row["months_open"])]
    faults = [] if told_as == true else [f"{told_as} is told, it is {true}"]
    if (cells["说明"] == "此前没有清零过") != (not cells["上次清零"]):
        faults.append("what is said of the last time does not fit its month")
    if len(listed(view, "zero_employment", "list", "row")) != len(rows):
        faults.append("the list has not every household")
    return faults


def nobody_without_work(view: View) -> bool:
    """Whether no household is behind the figure."""
    return not rows_of(view, "zero_employment_households")


def not_full(view: View) -> dict[str, Row]:
    """An asset's name → its row, of those that are not fully used."""
    found = {}
    for row in rows_of(view, "asset_occupancy_count", part="denominator"):
        used = used_of(row["subject"], view)
        if row["amount"] > used:
            found[str(row["name"])] = {**row, "used": used}
    return found


def used_of(asset: str, view: View) -> float:
    """How many places of an asset are in use."""
    rows = rows_of(view, "asset_occupancy_count", part="numerator")
    return sum(float(row["amount"]) for row in rows if row["subject"] == asset)


def empty_spaces(gap: Gap, view: View) -> list[str]:
    """7 项没有用满，空 4间、10个车位、1个摊位."""
    assets = not_full(view)
    faults = difference_of(gap["n"], "assets", len(assets))
    empty: Counter[str] = Counter()
    for row in assets.values():
        empty[SPACES.get(row["kind"], OTHER_SPACES)] += int(row["amount"] - row["used"])
    spaces = [told(one) for one in gap["spaces"].split("、")]
    found = {one.unit: int(one.value) for one in spaces if one}
    return faults if found == dict(empty) else [*faults, f"empty are {dict(empty)}"]


def empty_asset(text: str, view: View) -> list[str] | None:
    """6栋, then 6栋006号铺 空置 30 个月，空 1/4个摊位."""
    _place, said, _rent = text.split("\n")
    gap = gaps("{name} 空置 {n} 个月(?:，空 {empty}/{all})?", said)
    if gap is None:
        return None
    row = not_full(view).get(gap["name"])
    if row is None:
        return [f"{gap['name']} is used, or none of these assets"]
    if not gap["empty"]:
        return []
    faults = difference_of(gap["empty"], "empty", row["amount"] - row["used"])
    return faults + difference_of(gap["all"], "all", row["amount"])


# Rooms and who is responsible for their households.


def states_of(view: View) -> dict[str, int]:
    """The state of work in words → how many households are in it."""
    answer = view.read("zero_employment_households") or {}
    states: dict[str, int] = answer.get("states") or {}
    return {word: states.get(key, 0) for word, key in HOME_STATES.items()}


def rooms_counted(gap: Gap, view: View) -> list[str]:
    """78户里：零就业 2户，情况不明 3户: those of each state, and no more than there are."""
    states = states_of(view)
    faults = []
    for one in gap["parts"].split("，"):
        word, _space, n = one.partition(" ")
        if word in states:
            faults += difference_of(n, word, states[word], "households")
    number_ = told(gap["all"])
    if number_ is None or number_.value < sum(states.values()):
        faults.append(f"{gap['all']} are fewer than {states}")
    return faults


def rooms_drawn(text: str, view: View) -> list[str] | None:
    """楼层图：就业情况。1单元 有人就业 1；2单元 零就业 1。"""
    if not text.startswith("楼层图：就业情况。"):
        return None
    drawn: Counter[str] = Counter()
    for word, n in re.findall(r"(有人就业|零就业|情况不明) (\d+)", text):
        drawn[word] += int(n)
    true = states_of(view)
    wrong = [word for word, n in true.items() if drawn[word] != n]
    return [f"{word}: drawn are {drawn[word]}, it is {true[word]}" for word in wrong]


def room_number(text: str, view: View) -> list[str] | None:
    """02, a room of its floor; the states' counts; 3单元 3户: units that have all households."""
    if re.fullmatch(r"\d\d", text):
        return []
    if told_of := re.findall(r"(有人就业|零就业|情况不明) (\d+)", text):
        true = states_of(view)
        return [f for word, n in told_of for f in difference_of(n, word, true[word])]
    if re.fullmatch(r"\d+单元 \d+户", text) is None:
        return None
    panel = "rooms" if view.scope.count("/") == 1 else "unit"
    units = set(re.findall(r"(\d+单元) (\d+)户", "\n".join(listed(view, "units", panel, "mark"))))
    together = sum(int(n) for _unit, n in units)
    findings = [gaps(ROOMS, one) for one in listed(view, "units", panel, "finding")]
    return [
        f"units have {together}, the place {gap['all']}"
        for gap in findings
        if gap and difference_of(gap["all"], "all", together)
    ]


ROOMS = "(?:本人可看的 )?{all}里：{parts}"
STATE_OF_HOME = re.compile(r"(?P<mark>\S) (?P<word>.+)")
MARKS_OF_HOMES = {"有人就业": "●", "零就业": "■", "情况不明": "◇", "无有意愿劳动力": "—"}


def of_home(text: str, view: View) -> list[str] | None:
    """A household of a unit: who has no work is behind that figure; the states are all counted."""
    cells = fields(text)
    state = STATE_OF_HOME.fullmatch(cells["就业情况"])
    if state is None or MARKS_OF_HOMES.get(state["word"]) != state["mark"]:
        return [f"{cells['就业情况']} is no state"]
    rows = {r["subject"]: r for r in rows_of(view, "zero_employment_households")}
    row = rows.get(cells["户编号"])
    if (row is None) == (state["word"] == "零就业"):
        return [f"told as {state['word']}, the figure counts otherwise"]
    own = Counter(
        match["word"]
        for one in listed(view, "units", "listing", "row")
        if (match := STATE_OF_HOME.fullmatch(fields(one)["就业情况"]))
    )
    faults = [
        f"{word}: {own[word]} are listed, it is {n}"
        for word, n in states_of(view).items()
        if own[word] != n
    ]
    return faults + explained_home(cells["说明"], row, view)


def explained_home(text: str, row: Row | None, view: View) -> list[str]:
    """零就业已 5 个月, 未监测 2人, 劳动力 3人: what stands beside a household's state."""
    if row is not None:
        months = gaps("零就业已 {n} 个月", text)
        return difference_of(months["n"], "months", row["months_open"]) if months else [text]
    if gap := gaps("未监测 {n}", text):
        answer = view.read("employment_rate") or {}
        number_ = told(gap["n"])
        few = number_ is None or not 0 < number_.value <= answer.get("unreported", 0)
        return [f"{gap['n']} are not monitored"] if few else []
    if gap := gaps("劳动力 {n}", text):
        answer = view.read("employment_rate") or {}
        number_ = told(gap["n"])
        whole = (answer.get("denominator") or 0) + answer.get("unreported", 0)
        many = number_ is None or not 0 < number_.value <= whole
        return [f"{gap['n']} workers, the place has {whole}"] if many else []
    return [f"{NOT_UNDERSTOOD}: {text}"] if text else []


def of_helper(text: str, view: View) -> list[str] | None:
    """A helper's households and workers: together they are those of the place."""
    if "未报" in text:
        return None
    rows = [fields(one) for one in listed(view, "units", "helpers", "row")]
    answer = view.read("employment_rate")
    workers = sum(int(row["劳动力"]) for row in rows)
    expected = (answer["denominator"] or 0) + answer["unreported"] if answer else 0
    return [] if workers == expected else [f"{workers} workers are told, there are {expected}"]


def worst_helpers(gap: Gap, view: View) -> list[str]:
    """报送最差的是7栋2单元的网格员，62.5%: the lowest share, and how many have it."""
    rows = [fields(one) for one in listed(view, "units", "helpers", "row")]
    shares_ = [n for n in (told(row["就业报送率"]) for row in rows) if n]
    lowest = min(shares_, key=lambda n: n.value, default=None)
    if lowest is None or lowest.text != gap["share"]:
        return [f"the lowest is {lowest and lowest.text}"]
    n = sum(one.text == lowest.text for one in shares_)
    return difference_of(gap.get("n", "1"), "as low", n)


def work_of_helpers(view: View) -> bool:
    """Whether every helper's workers are monitored."""
    rows = [fields(one) for one in listed(view, "units", "helpers", "row")]
    return all(row["就业报送率"] in ("100%", "—") for row in rows)


def incomes_of_helpers(view: View) -> tuple[int, int]:
    """How many of the helpers' households reported an income, and how many were due."""
    rows = [fields(one) for one in listed(view, "units", "helpers", "row")]
    cells = [row["收入已报户"].split("/") for row in rows if "/" in row["收入已报户"]]
    return sum(int(n) for n, _of in cells), sum(int(of_) for _n, of_ in cells)


def incomes_missing(view: View) -> float:
    """How many of the helpers' households have not reported an income that is due."""
    reported, due = incomes_of_helpers(view)
    return due - reported


WORK_REPORTED = holds("the work of some is not reported", work_of_helpers)


HOME_STATES = {"有人就业": "employed", "零就业": "zero", "情况不明": "unknown"}


# Tasks on their line of time.


def of_task(text: str, view: View) -> list[str] | None:
    """A task, cut to fit, and who leads it: the number of bodies is that of its row."""
    match = re.fullmatch(r"(.+?)\n.+等 (\d+) ?个部门", text, re.DOTALL)
    if match is None:
        return [] if "\n" in text else None
    name = match[1].split("…")[0].split("（")[0]
    rows = rows_of(view, "task_completion", part="denominator")
    leads = {len(row["department"]) for row in rows if row["content"].startswith(name)}
    return [] if not leads or int(match[2]) in leads else [f"{leads} bodies lead it"]


def suggested(gap: Gap, view: View) -> list[str]:
    """2户零就业家庭，2户有合适的岗位: each of them in the list, and behind the figure."""
    lines = listed(view, "work_services", "matching", "line")
    faults = difference_of(gap["homes"], "households", len(lines))
    behind = {row["subject"] for row in rows_of(view, "zero_employment_households")}
    strange = {line.split("\n")[0] for line in lines} - behind
    faults += [f"{home} is not behind the figure" for home in strange]
    return faults if int(gap["fits"]) <= len(lines) else [*faults, "more fit than there are"]


NO_HOMES = sentence(
    "这里没有在册户。",
    holds("somebody is monitored", lambda view: not sum(states_of(view).values())),
)
RULES = {
    ("ledgers", "", "headline"): (
        sentence(
            "{all}本台账已有{n}本(?:，今年按期报送 {share})?",
            held_in_all,
            number("share", of("ledger_timeliness")),
        ),
    ),
    ("ledgers", "received", "row"): (arrived,),
    ("ledgers", "received", "caption"): (literal(words.RECEIVED_LEGEND),),
    ("ledgers", "received", "finding"): (
        sentence(
            "月报台账近一年晚报 {late} 次，未报 {absent} 次",
            number("late", lambda view: marks_of_all(view)["▲"]),
            number("absent", lambda view: marks_of_all(view)["□"]),
        ),
        sentence(
            "月报台账近一年全部按期报送",
            holds("some are late or absent", lambda view: set(marks_of_all(view)) == {"●"}),
        ),
        sentence(
            "近一年的月报台账一本都还没有报",
            holds("some are received", lambda view: set(marks_of_all(view)) <= {"□"}),
        ),
    ),
    ("ledgers", "coverage", "finding"): (
        sentence("{n}处就业监测覆盖不足九成：{names}", places_below),
        sentence(
            "各处就业监测覆盖都在九成以上",
            holds("some are not", lambda view: all(share >= FULL for share in shares(view))),
        ),
        sentence(
            "{n} 处可以显示的，就业监测覆盖都在九成以上",
            number("n", lambda view: len(shares(view))),
            holds("some are not", lambda view: all(share >= FULL for share in shares(view))),
        ),
        sentence("还没有可按楼栋核对的就业监测", holds("there is", lambda view: not shares(view))),
    ),
    ("ledgers", "incomes", "finding"): (
        sentence("收入报送率 {share}，{place}最低 {least}", reported_incomes),
        sentence(
            "还没有可按楼栋核对的收入台账", holds("there is", lambda v: not incomes_by_place(v))
        ),
    ),
    ("ledgers", "incomes", "alt"): (incomes_drawn,),
    ("income", "fallen", "finding"): (
        sentence(FALLEN, fallen),
        sentence("没有可比的户", holds("there are", lambda view: not compared(view))),
    ),
    ("income", "fallen", "alt"): (fallen_drawn,),
    ("zero_employment", "list", "row"): (without_work,),
    ("zero_employment", "list", "empty"): (
        sentence(
            "这个月没有这样的户。",
            holds("there are", nobody_without_work),
        ),
    ),
    ("assets", "idle", "finding"): (
        sentence("{n} 项没有用满，空 {spaces}", empty_spaces),
        sentence("没有空置的可盘活资产", holds("some are", lambda view: not not_full(view))),
        sentence(
            "已报的没有空置，{n}项未报",
            number("n", of("asset_occupancy", "unreported")),
            holds("some are", lambda view: not not_full(view)),
        ),
    ),
    ("assets", "idle", "empty"): (
        sentence("没有空置的可盘活资产。", holds("some are", lambda view: not not_full(view))),
    ),
    ("assets", "idle", "line"): (empty_asset,),
    ("units", "rooms", "finding"): (
        sentence(ROOMS, rooms_counted),
        sentence("{month}这里没有在册户"),
    ),
    ("units", "rooms", "alt"): (rooms_drawn, NO_HOMES),
    ("units", "rooms", "mark"): (room_number,),
    ("units", "unit", "finding"): (
        sentence(ROOMS, rooms_counted),
        sentence("{month}这里没有在册户"),
    ),
    ("units", "unit", "mark"): (room_number,),
    ("units", "listing", "row"): (of_home,),
    ("units", "unit", "alt"): (rooms_drawn, NO_HOMES),
    ("units", "listing", "empty"): (NO_HOMES,),
    ("units", "helpers", "empty"): (NO_HOMES,),
    ("units", "helpers", "row"): (of_helper,),
    ("units", "helpers", "finding"): (
        sentence(
            "各联系人的户当月就业都已报齐",
            WORK_REPORTED,
            holds("incomes are due", lambda view: not incomes_of_helpers(view)[1]),
        ),
        sentence(
            "各联系人的户就业、收入都已报齐",
            WORK_REPORTED,
            holds("incomes are missing", lambda view: not incomes_missing(view)),
        ),
        sentence(
            "各联系人的户当月就业都已报齐，季度收入 {missing}未报",
            WORK_REPORTED,
            number("missing", incomes_missing, "households"),
        ),
        sentence("报送最差的有 {n} 类联系人，{share}", worst_helpers),
        sentence("报送最差的是{place}的{role}，{share}", worst_helpers),
    ),
    ("departments", "timeline", "mark"): (of_task,),
    ("work_services", "matching", "finding"): (
        sentence("{homes}户零就业家庭，{fits}户有合适的岗位", suggested),
        sentence("没有已知的零就业家庭要找岗位", holds("there are", nobody_without_work)),
    ),
    ("work_services", "matching", "empty"): (
        sentence("没有已知的零就业家庭。", holds("there are", nobody_without_work)),
    ),
}
