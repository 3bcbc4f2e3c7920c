"""Visits, quarterly meetings and inspections, with issues raised and settled."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.rows import ROWS

BODIES = ("组织人社局", "社会事务局", "乡村振兴工作专班", "中马投资控股集团有限公司", "自然资源和建设局",
          "财政金融局", "经济发展局", "招商服务中心", "行政审批局", "协调指导局",
          "钦州保税港区消防救援大队", "管委会")  # fmt: skip
REQUIRED = ("社会事务局", "乡村振兴工作专班")
"""The bodies that a quarterly meeting needs."""
PLACES = {"领导调研": "安置点", "季度工作会议": "安置点", "督导检查": "安置点"}
HEADS = ("韦国强", "岑永安", "梁庆文")
"""Heads of departments, who lead inspections in turn."""
SETTLED_AFTER = 4
"""Months after which a meeting's row is sent again with the issues settled since."""


class Meeting(ROWS.meetings):
    """A row of the meetings ledger."""


def meetings(months: int, seed: int) -> dict[date, list[Meeting]]:
    """Month → rows reported in it: meetings held, and earlier ones with more issues settled."""
    rng = story.random_stream(seed, "meetings")
    all_months = story.months_of(months)
    rows: dict[date, list[Meeting]] = {month: [] for month in all_months}
    number = 0
    for month in all_months:
        for kind, rank, summary in _events(rng, month):
            number += 1
            raised = {"领导调研": rng.randint(2, 5), "通报批评": 1}.get(kind, rng.randint(3, 8))
            held_on = month + timedelta(days=rng.randint(9, 24))
            meeting = Meeting(
                meeting_id=f"HY{number:03}",
                kind=kind,
                held_on=held_on,
                rank=rank,
                settlement=story.SETTLEMENT,
                place=PLACES.get(kind, "片区"),
                chair=_chair(rank, held_on, number),
                attendees=_present(_attendees(rng, kind), kind, month),
                issues_raised=raised,
                issues_settled=round(raised * rng.uniform(0.0, 0.4)),
                summary=summary,
            )
            rows[month].append(meeting)
            settled = max(meeting.issues_settled, round(raised * rng.uniform(0.6, 1.0)))
            later = story.shift(month, SETTLED_AFTER)
            if later in rows and settled > meeting.issues_settled:
                rows[later].append(meeting._replace(issues_settled=settled))
    return rows


def _events(rng: Random, month: date) -> list[tuple[str, str, str]]:
    """The meetings of a month: (kind, rank of the person who led it, summary)."""
    events = []
    if month.month in (5, 11):
        events.append(("领导调研", "管委领导", "现场查看铺面盘活、就业服务站和帮扶车间"))
    if month.month in (2, 8) and month.year > 2023:
        events.append(("领导调研", "处级领导", "走访零就业家庭和社区服务中心"))
    if month.month % 3 == 0 and story.shift(month, -2) != story.MISSED_MEETING:
        events.append(("季度工作会议", "管委领导", f"研究第{month.month // 3}季度后续扶持工作"))
    if month.month in (7, 12):
        events.append(("督导检查", "部门负责人", "对照任务清单检查进展和佐证材料"))
    if month in (date(2024, 4, 1), date(2025, 2, 1)):
        reason = "一季度未按时召开现场会议" if month.year == 2024 else "2024年底盘活率未达标"
        events.append(("通报批评", "管委领导", reason))
    if month in (date(2024, 3, 1), date(2025, 8, 1)):
        topic = "联泰电子配件厂停产职工安置" if month.year == 2024 else "二号标准厂房招商"
        events.append(("专题会议", "处级领导", topic))
    return events


def _chair(rank: str, day: date, number: int) -> str:
    """Who leads a meeting: the leader in charge, or a head of a department."""
    return HEADS[number % len(HEADS)] if rank == "部门负责人" else story.leader_on(rank, day)


def _present(attendees: list[str], kind: str, month: date) -> list[str]:
    """The bodies at a meeting: those required are at every quarterly meeting but one."""
    if kind != "季度工作会议":
        return attendees
    absent = story.ABSENT[1] if month == story.ABSENT[0] else ""
    return [body for body in BODIES if body in (*attendees, *REQUIRED) and body != absent]


def _attendees(rng: Random, kind: str) -> list[str]:
    if kind == "季度工作会议":
        return [body for body in BODIES if rng.random() < 0.93]
    core = BODIES[:3]
    return [*core, *rng.sample(BODIES[3:], rng.randint(1, 4))]
