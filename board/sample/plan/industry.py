"""Projects, the distribution of their and the assets' returns, and funds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from board.sample import story
from board.sample.register import Settlement
from board.sample.rows import ROWS, Row

BRIDGING = "财政衔接资金"
OPERATES_AFTER = 2


@dataclass(frozen=True)
class Project:
    """The facts of a project: planned and actual dates, money in 万元, people."""

    project_id: str
    name: str
    kind: str
    source: str
    investment: int
    planned: tuple[str, str]
    started: str | None
    finished: str | None
    years: tuple[str, ...]
    continuation: str = "新建"
    households: int | None = None
    workers: int | None = None
    wages: int | None = None
    stopped: str | None = None


PROJECTS = (
    Project("XM001", "冷链仓储中心一期", "产业项目", BRIDGING, 420, ("2023-03-10", "2023-11-30"), "2023-03-20", "2023-11-12", ("2023",), "新建", 86, 34, 62),
    Project("XM002", "农产品分拣包装线", "产业项目", BRIDGING, 180, ("2023-05-05", "2023-12-10"), "2023-05-18", "2023-12-06", ("2023",), "新建", 45, 21, 31),
    Project("XM003", "制衣帮扶车间扩建", "产业项目", "自治区资金", 95, ("2023-06-01", "2023-10-31"), "2023-06-12", "2023-10-20", ("2023",), "续建", 40, 38, 55),
    Project("XM004", "港区包装材料厂招商", "招商项目", "企业投资", 1600, ("2023-08-01", "2024-07-31"), "2023-08-15", "2024-08-28", ("2023", "2024"), "新建", 60, 75, 210),
    Project("XM005", "社区充电桩和车棚", "配套设施", "市级资金", 68, ("2023-09-01", "2024-03-31"), "2023-10-08", None, ("2023", "2024")),
    Project("XM006", "雨污分流改造", "配套设施", "自治区资金", 260, ("2023-10-01", "2024-06-30"), "2023-11-02", "2024-09-14", ("2023", "2024")),
    Project("XM007", "入口道路提升（以工代赈）", "以工代赈", "财政衔接资金", 150, ("2023-04-10", "2023-09-30"), "2023-04-20", "2023-09-18", ("2023",), "新建", 52, 48, 46),
    Project("XM008", "水产初加工车间", "产业项目", BRIDGING, 310, ("2024-03-01", "2024-11-30"), "2024-03-18", "2024-11-22", ("2024",), "新建", 70, 42, 50),
    Project("XM009", "育苗大棚", "产业项目", BRIDGING, 140, ("2024-05-10", "2024-12-10"), "2024-06-03", "2025-02-16", ("2024",), "新建", 38, 16, 24),
    Project("XM010", "北部湾电子组装招商", "招商项目", "企业投资", 2200, ("2024-09-01", "2025-06-30"), "2024-09-20", "2025-03-10", ("2024", "2025"), "新建", 95, 120, 340),
    Project("XM011", "幼儿园活动场地", "配套设施", "市级资金", 45, ("2024-04-01", "2024-08-31"), "2024-04-10", "2024-08-26", ("2024",)),
    Project("XM012", "绿化管护（以工代赈）", "以工代赈", "自治区资金", 88, ("2024-03-01", "2024-12-31"), "2024-03-12", "2024-12-20", ("2024",), "新建", 44, 40, 38),
    Project("XM013", "新型城镇化公共服务中心", "新型城镇化", "自治区资金", 520, ("2024-06-01", "2025-08-31"), "2024-07-01", "2025-09-05", ("2024", "2025")),
    Project("XM014", "智慧社区平台", "新型城镇化", "市级资金", 130, ("2025-02-01", "2025-10-31"), "2025-03-05", None, ("2025",)),
    Project("XM015", "冷链仓储中心二期", "产业项目", BRIDGING, 380, ("2025-03-01", "2025-11-30"), "2025-03-16", "2025-11-20", ("2025",), "续建", 90, 36, 58),
    Project("XM016", "电商直播基地", "产业项目", BRIDGING, 160, ("2025-04-01", "2025-10-31"), "2025-04-22", "2025-10-18", ("2025",), "新建", 58, 30, 35),
    Project("XM017", "河道清淤（以工代赈）", "以工代赈", "财政衔接资金", 120, ("2025-02-15", "2025-08-31"), "2025-03-01", "2025-08-22", ("2025",), "新建", 47, 45, 44),
    Project("XM018", "二号标准厂房家具厂招商", "招商项目", "企业投资", 900, ("2025-01-10", "2025-09-30"), "2025-02-20", None, ("2025",), "新建", 20, 12, 18, stopped="2025-07-10"),
    Project("XM019", "污水处理站扩容", "配套设施", "涉农资金", 210, ("2025-10-01", "2026-06-30"), None, None, ("2025",)),
)  # fmt: skip
WAN = 10_000


def projects(_town: Settlement, months: list[date], _seed: int) -> Iterator[tuple[date, Row]]:
    """A row when a project enters the list, and again at every change and each quarter."""
    for project in PROJECTS:
        listed = story.shift(_month(project.planned[0]), -2)
        steps = {max(listed, months[0])}
        for day in (project.started, project.finished, project.stopped):
            if day:
                steps.add(_month(day))
        if project.finished:
            steps.add(story.shift(_month(project.finished), OPERATES_AFTER))
        if project.started:
            until = _month(project.finished or project.stopped or str(months[-1]))
            steps |= {
                m for m in months if _month(project.started) <= m <= until and m.month % 3 == 0
            }
        for month in sorted(steps):
            yield month, _project(project, month)


def _project(project: Project, month: date) -> Row:
    """The project's row as reported at the end of a month."""
    started = _reached_by(project.started, month)
    finished = _reached_by(project.finished, month)
    total = project.investment * WAN
    done = 0.0
    if started:
        until = date.fromisoformat(project.finished or project.planned[1])
        done = min(1.0, (story.last_day(month) - started).days / max((until - started).days, 1))
    spent = round(total * 0.96 * done) if started else None
    disbursed = round(total * min(1.0, done + 0.2)) if started else None
    return (
        project.project_id, project.name, project.kind, project.source, float(total),
        None if disbursed is None else float(disbursed), None if spent is None else float(spent),
        date.fromisoformat(project.planned[0]), date.fromisoformat(project.planned[1]),
        started, finished, _state(project, month), list(project.years), project.continuation,
        project.households if finished else None,
        project.workers if started else None,
        None if project.wages is None or not started else float(round(project.wages * WAN * done)),
    )  # fmt: skip


def _state(project: Project, month: date) -> str:
    if _reached_by(project.stopped, month):
        return "停建"
    if project.finished and story.shift(_month(project.finished), OPERATES_AFTER) <= month:
        return "运营" if project.kind in ("产业项目", "招商项目") else "完工"
    if _reached_by(project.finished, month):
        return "完工"
    return "在建" if _reached_by(project.started, month) else "谋划"


def _reached_by(day: str | None, month: date) -> date | None:
    """A day (ISO text) as a date if it is before the end of the month; else None."""
    parsed = date.fromisoformat(day) if day else None
    return parsed if parsed and parsed <= story.last_day(month) else None


def _month(day: str) -> date:
    return date.fromisoformat(day).replace(day=1)


USES = (
    ("群众增收", 52),
    ("集体经济", 18),
    ("设施管护", 12),
    ("物业管理", 10),
    ("住房维修", 5),
    ("其他", 3),
)


class Distribution(ROWS.returns):
    """A row of the returns ledger."""


def returns(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Distribution]]:
    """Returns of finished projects and the market each half-year, of the company each year."""
    rng = story.random_stream(seed, "returns")
    number = 0
    homes = len(town.homes)
    for month in (m for m in months if m.month in (6, 12)):
        sources = [
            ("项目", p.project_id, p.investment * WAN * 0.03)
            for p in PROJECTS
            if p.kind == "产业项目" and _reached_by(p.finished, month)
        ]
        sources.append(("资产", "SC001", 96_000.0))
        if month.month == 12 and month.year > 2023:
            sources.append(("实体公司", "幸福小镇物业服务有限公司", 150_000.0))
        for kind, source, amount in sources:
            for use, weight in USES[: 2 if kind == "项目" else 6]:
                number += 1
                part = round(amount * weight / (70 if kind == "项目" else 100), 2)
                share = round(homes * rng.uniform(0.10, 0.16)) if use == "群众增收" else None
                paid_on = month + timedelta(days=rng.randint(14, 26))
                yield (
                    month,
                    Distribution(f"FP{number:04}", kind, source, paid_on, use, part, share),
                )


FUNDS = (
    ("ZJ01", "中央财政衔接推进乡村振兴补助资金", "中央", "产业", 900, 1.0, 1.0),
    ("ZJ02", "自治区财政衔接资金", "自治区", "产业", 420, 1.0, 0.9),
    ("ZJ03", "就业补助资金", "自治区", "就业", 160, 1.0, 1.0),
    ("ZJ04", "安置点基础设施补短板资金", "市级", "基础设施", 380, 0.9, 0.55),
    ("ZJ05", "公共服务能力提升资金", "片区", "公共服务", 210, 1.0, 0.95),
    ("ZJ06", "新型城镇化专项资金", "自治区", "新型城镇化", 520, 0.6, 0.5),
    ("ZJ07", "以工代赈专项资金", "中央", "以工代赈", 150, 1.0, 1.0),
    ("ZJ08", "农业产业奖补资金", "市级", "奖补", 90, 1.0, 0.9),
    ("ZJ09", "创业担保贷款贴息", "银行", "就业", 60, 1.0, 1.0),
    ("ZJ10", "社会捐赠", "其他", "其他", 25, 1.0, 0.8),
)
ARRIVED = (0, 0.20, 0.35, 0.45, 0.55, 0.62, 0.70, 0.78, 0.85, 0.90, 0.95, 0.98)
USED = (0, 0, 0.35, 0.50, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.96)
GROWS = {2023: 1.0, 2024: 1.08, 2025: 1.15}


def funds(_town: Settlement, months: list[date], _seed: int) -> Iterator[tuple[date, Row]]:
    """Every fund each month, year to date; nothing is disbursed in January."""
    for month in months:
        for fund, name, level, use, wan, arrives, used in FUNDS:
            approved = round(wan * WAN * GROWS.get(month.year, 1.2), 2)
            came = round(approved * ARRIVED[month.month - 1] * arrives, 2)
            spent = round(came * USED[month.month - 1] * used, 2)
            yield month, (fund, month, name, level, use, approved, came or None, spent or None)
