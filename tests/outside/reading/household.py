"""A household's page: its findings are checked against its own lists and the rows behind figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.outside.reading import periods
from tests.outside.reading.answers import View
from tests.outside.reading.figures import difference_of, told
from tests.outside.reading.lists import fields, listed
from tests.outside.reading.pages import Gap, number, sentence
from tests.outside.reading.people import rows_of
from tests.outside.reading.reading import gaps

PAGE = "household"
Row = dict[str, str]
Count = Callable[[View], float | None]
STANDING = {"家里有人就业": "employed", "家里没有人就业": "zero", "还不知道有没有人就业": "unknown"}


def rows(view: View, panel: str) -> list[Row]:
    """The rows of one of the household's lists."""
    return [fields(text) for text in listed(view, PAGE, panel, "row")]


def code(view: View) -> str:
    """The household that the page is of."""
    headline = listed(view, PAGE, "", "headline")
    return headline[0].partition("：")[0] if headline else ""


def many(panel: str) -> Count:
    """How many rows a list has."""
    return lambda view: len(rows(view, panel))


def with_cell(panel: str, header: str, *cells: str) -> Count:
    """In how many rows of a list a cell has one of some texts."""
    return lambda view: sum(row[header] in cells for row in rows(view, panel))


def none(panel: str) -> Callable[[Gap, View], list[str]]:
    """A finding that there is none: the list has no row."""
    return lambda _gap, view: [f"{panel} has rows"] if rows(view, panel) else []


def all_have(panel: str, header: str, *cells: str) -> Callable[[Gap, View], list[str]]:
    """A finding that says it of all: no row's cell has one of these texts."""
    wrong = with_cell(panel, header, *cells)
    return lambda _gap, view: ["not of all"] if wrong(view) else []


def standing(gap: Gap, view: View) -> list[str]:
    """家里没有人就业: the household is behind that figure, of the town and the page's month."""
    state = STANDING.get(gap["standing"])
    if state is None or view.end != last_month_of_work(view):
        return []
    behind = {row["subject"] for row in rows_of(view, "zero_employment_households")}
    right = (code(view) in behind) == (state == "zero")
    return [] if right else [f"{gap['standing']}, the figure counts otherwise"]


def last_month_of_work(view: View) -> int | None:
    """The number of the latest month that the history of work is drawn to."""
    months = re.findall(r"\d{4}年\d{1,2}月", " ".join(listed(view, PAGE, "work", "alt")))
    named = [name for month in months if (name := periods.of_words(month))]
    return max(map(periods.last_month, named), default=None)


def size(gap: Gap, view: View) -> list[str]:
    """2口人: as the register below says."""
    own = [re.search(r"，(\d+)口人", text) for text in listed(view, PAGE, "register", "article")]
    sizes = {int(match[1]) for match in own if match}
    return [] if sizes == {int(gap["n"])} else [f"{gap['n']} people, the register has {sizes}"]


def belonging(view: View) -> list[Row]:
    """The members that have not gone to another household."""
    return [row for row in rows(view, "members") if "转到" not in row["登记"]]


def able(view: View) -> list[Row]:
    """Those of them that are able to work."""
    unable = ("无劳动力", "")
    return [row for row in belonging(view) if row["劳动能力"] not in unable and of_age(row)]


def of_age(row: Row) -> bool:
    """Whether a member is of working age: 16 to 59, a woman to 54; a pupil is not counted."""
    age = told(row["年龄"])
    return age is not None and 16 <= age.value < 60 and row["在校生"] != "是"


def members(gap: Gap, view: View) -> list[str]:
    """登记 4人：3人有劳动能力，3人愿意就业."""
    listed_, own = belonging(view), able(view)
    faults = difference_of(gap["n"], "members", len(listed_))
    most = len(own)
    if int(gap["able"]) > most:
        faults.append(f"{gap['able']} are able, at most {most} can be")
    willing = sum(row["愿意就业"] == "是" for row in own)
    if int(gap["willing"]) > min(int(gap["able"]), willing):
        faults.append(f"{gap['willing']} are willing, {willing} are")
    return faults


def states(gap: Gap, view: View) -> list[str]:
    """2025年12月：2人在业、1人未监测: as many as are drawn so in that month."""
    alt = " ".join(listed(view, PAGE, "work", "alt"))
    drawn = Counter(re.findall(rf"{gap['month']} (\S+?)[；。]", alt))
    parts = [re.fullmatch(r"(\d+)人(.+)", part) for part in gap["parts"].split("、")]
    told_of = {part[2]: int(part[1]) for part in parts if part}
    return [
        f"{n} are told as {word}, drawn are {drawn[word]}"
        for word, n in told_of.items()
        if drawn[word] != n
    ]


def of_income(gap: Gap, view: View) -> list[str]:
    """2025年四季度人均 1,206元: the household's row behind the figure, by its members."""
    quarter = periods.of_words(gap["quarter"])
    if quarter is None:
        return [f"{gap['quarter']} is no quarter"]
    start = f"{quarter[:4]}-{int(quarter[-1]) * 3 - 2:02}"
    own: list[dict[str, Any]] = [
        row
        for row in rows_of(view, "income_growth_gap", quarter)
        if row["subject"] == code(view) and str(row["period"])[:7] == start and row["members"]
    ]
    if not own:
        return []  # Who is not lifted out is not behind the figure.
    return difference_of(gap["own"], "per head", own[0]["amount"] / own[0]["members"], "yuan")


def income_drawn(text: str, view: View) -> list[str] | None:
    """分来源的人均收入：2025年四季度 1,206元。: as the finding says."""
    gap = gaps(r"分来源的人均收入：{quarter} (?P<own>[\d,.]+万?元)。", text)
    return of_income(gap, view) if gap else None


def posts(gap: Gap, view: View) -> list[str]:
    """1人等岗位，合适的空缺 71 个: the posts listed, once each."""
    own = rows(view, "posts")
    faults = difference_of(gap["n"], "posts", len({row["岗位编号"] for row in own}))
    names = {row["给谁"] for row in own}  # Two may have the same masked name.
    return faults if int(gap["people"]) >= len(names) else [*faults, f"{len(names)} wait"]


POINTS = re.compile(r"（(\d+)分）")


def scored(text: str, _view: View) -> list[str] | None:
    """A post with its score: the points of the reasons together."""
    row = fields(text)
    if not {"分数", "理由"} <= row.keys():
        return None
    points = sum(map(int, POINTS.findall(row["理由"])))
    return (
        [] if str(points) == row["分数"] else [f"{row['分数']} points, the reasons have {points}"]
    )


def sum_of(view: View) -> float:
    """What the household received, in yuan."""
    return sum(float(row["金额（元）"]) for row in rows(view, "assistance"))


def cell_at(gap: Gap, view: View) -> list[str]:
    """写在 第37行: the caption names the same row and month."""
    caption = " ".join(listed(view, PAGE, "cell", "caption"))
    row = re.search(r"(\d+)(?:行)?$", gap["spot"])
    return [] if row and f"第{row[1]}行" in caption else [f"{gap['spot']}, it is {caption}"]


def cell_caption(text: str, _view: View) -> list[str] | None:
    """第40批 · 2025-12.xlsx · 就业监测台账 · 第37行."""
    return [] if re.fullmatch(r"第\d+批 · [^·]+ · [^·]+ · 第\d+行", text) else None


def work_drawn(text: str, view: View) -> list[str] | None:
    """就业史：陆* 户主 2025年12月 未就业。: no more members than are listed."""
    gap = gaps("就业史：{members}。", text)
    if gap is None:
        return None
    n, most = len(gap["members"].split("；")), len(rows(view, "members"))
    return [] if n <= most else [f"{n} are drawn, listed are {most}"]


def ledgers_rows(_text: str, _view: View) -> list[str]:
    """A row of the household in a ledger, or a mark of a month in it: the ledger's own cells."""
    return []


RULES = {
    (PAGE, "", "headline"): (sentence("{code}：{place}，{n}口人，{standing}", size, standing),),
    (PAGE, "work", "finding"): (
        sentence("{month}没有应监测的成员"),
        sentence("{month}：{parts}", states),
    ),
    (PAGE, "work", "alt"): (work_drawn, sentence("没有可画的月份。")),
    (PAGE, "cell", "finding"): (
        sentence("还没有监测到的月份"),
        sentence("{who} {month}(?:：{state}|的月收入 {wage})，写在 {spot}", cell_at),
    ),
    (PAGE, "cell", "caption"): (cell_caption,),
    (PAGE, "cell", "empty"): (sentence("没有记录。", none("cell")),),
    (PAGE, "members", "finding"): (
        sentence("登记 {n} ?人：{able} ?人有劳动能力，{willing} ?人愿意就业", members),
    ),
    (PAGE, "income", "finding"): (
        sentence("{quarter}人均 {own}(?:，对标县 {county})?", of_income),
        sentence("(?:还没有报过收入|应报的收入都没有报)"),
    ),
    (PAGE, "income", "alt"): (income_drawn, sentence("没有报过收入。")),
    (PAGE, "posts", "finding"): (
        sentence("{people} ?人等岗位，合适的空缺 {n} 个", posts),
        sentence("没有等岗位的人，或没有合适的空缺岗位", none("posts")),
    ),
    (PAGE, "posts", "row"): (scored,),
    (PAGE, "assistance", "finding"): (
        sentence("救助补贴 {n} 笔，共 {sum}", number("n", many("assistance")), number("sum", sum_of, "yuan")),
        sentence("没有救助补贴记录", none("assistance")),
    ),
    (PAGE, "training", "finding"): (
        sentence(
            "参加培训 {n} ?人次，取得证书 {done} ?人次",
            number("n", many("training")), number("done", with_cell("training", "取得证书", "是")),
        ),
        sentence("没有培训记录", none("training")),
    ),
    (PAGE, "risk", "finding"): (
        sentence(
            "识别过 {n} 次返贫风险，{still} 次还没有消除",
            number("n", many("risk")), number("still", with_cell("risk", "风险消除", "", "—")),
        ),
        sentence(
            "识别过 {n} 次返贫风险，都已消除",
            number("n", many("risk")), all_have("risk", "风险消除", "", "—"),
        ),
        sentence("没有返贫风险记录", none("risk")),
    ),
    (PAGE, "schooling", "finding"): (
        sentence(
            "就学记录 {n} 条，{out} 条不在读",
            number("n", many("schooling")), number("out", with_cell("schooling", "在读", "否")),
        ),
        sentence(
            "就学记录 {n} 条，都在读",
            number("n", many("schooling")), all_have("schooling", "在读", "否"),
        ),
        sentence("没有就学记录", none("schooling")),
    ),
    (PAGE, "repairs", "finding"): (
        sentence(
            "本单元报修 {n} 次，{still} 次还没有办结",
            number("n", many("repairs")), number("still", with_cell("repairs", "办结日期", "", "—")),
        ),
        sentence(
            "本单元报修 {n} 次，都已办结",
            number("n", many("repairs")), all_have("repairs", "办结日期", "", "—"),
        ),
        sentence("本单元没有报修记录", none("repairs")),
    ),
    (PAGE, "changes", "finding"): (
        sentence("后来的批次改过 {n} 处", number("n", many("changes"))),
        sentence("入库以后没有改过", none("changes")),
    ),
    **{(PAGE, "*", kind): (ledgers_rows,) for kind in ("row", "article")},
    **{(PAGE, panel, "mark"): (ledgers_rows,) for panel in ("work", "income")},
}  # fmt: skip
