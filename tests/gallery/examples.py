"""Invented data for every figure, shared by the gallery and the tests."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from board.catalogue import METRICS
from board.figures.area import area_by_category
from board.figures.bullets import bullets
from board.figures.departments import Delivery, department_matrix
from board.figures.flow import flow_by_month
from board.figures.flow_map import flow_map
from board.figures.growth import growth_pair
from board.figures.heat import heat_rows
from board.figures.income_sources import income_sources
from board.figures.movement import sankey
from board.figures.ranking import ranking
from board.figures.relief import site_relief
from board.figures.rooms import rooms
from board.figures.shared.floors import Room
from board.figures.side_by_side import side_by_side
from board.figures.site import site_plan
from board.figures.spread import distribution, open_months
from board.figures.survival import survival
from board.figures.timeline import timeline
from board.figures.trend import trend_to_target
from board.figures.wages import wages_by
from board.figures.waterfall import bridge, waterfall
from board.figures.work_history import work_history
from board.i18n import _, language
from board.metrics import (
    HOUSEHOLDS,
    PERSONS,
    POINTS,
    Metric,
    Period,
    Reading,
    Scope,
    Status,
    Unit,
    shift,
)  # fmt: skip
from board.metrics.terms import PeriodKind
from board.theme import Theme
from tests.gallery import frames
from tests.support.targets import target

START = date(2023, 4, 1)
AREA = Unit("square_metres", "㎡")
OCCUPANCY = Metric(
    "asset_occupancy", "盘活", "", (), measures=("15",),
    targets=tuple(target(value, due, path="straight")
                  for due, value in (("2023-12", 0.5), ("2024-12", 0.6), ("2025-12", 0.8))),
)  # fmt: skip
ZERO = Metric("zero_employment_households", "就业", "", (), HOUSEHOLDS, better="lower",
              measures=("18",), targets=(target(0, every="month", sign="≤"),))  # fmt: skip
GAP = Metric(
    "income_growth_gap", "收入差距", "", (), POINTS,
    measures=("G0",), targets=(target(0, every="year", sign=">"),),
)  # fmt: skip


def months(count: int = 18, first: date = START) -> list[date]:
    return [shift(first, n) for n in range(count)]


def occupancy(count: int = 18, missing: int = 0) -> list[Reading]:
    values = [0.41, 0.417, 0.43, 0.44, 0.452, 0.462, 0.478, 0.49, 0.502, 0.512, 0.527, 0.545,
              0.55, 0.555, 0.562, 0.57, 0.577, 0.582]  # fmt: skip
    readings = []
    for n, month in enumerate(months(count)):
        path = 0.41 + 0.09 * n / 8 if n <= 8 else 0.5 + 0.1 * (n - 8) / 12
        value = values[min(n, 17)]
        gap = 0.02 * (n - 12) if n > 12 and missing else 0
        readings.append(Reading(OCCUPANCY, Period(month), Scope(), value, value * 31200, 31200,
                             value - gap, value + 1.4 * gap, missing, 40, 0.6, path,
                             Status.ON_PACE))  # fmt: skip
    return readings


def zero_households() -> list[Reading]:
    counts = [31, 29, 30, 26, 24, 22, 23, 19, 17, 17, 15, 13, None, 12, 10, 9, 8, 7]
    return [
        Reading(ZERO, Period(month), Scope(), value, value, None, value,
                None if value is None else value + (3 if n > 12 else 0), 0, 1000, 0, 0, Status.MISSED)
        for n, (month, value) in enumerate(zip(months(), counts, strict=True))
    ]  # fmt: skip


def by_kind() -> list[Reading]:
    rows: list[tuple[str, float | None, float | None, int, Status]] = [
        ("地面停车位", 410, 500, 0, Status.MET), ("商业铺面", 7050, 11300, 0, Status.MET),
        ("标准厂房", 19000, 31200, 0, Status.MET), ("帮扶车间", 4100, 8000, 600, Status.BEHIND),
        ("产业资产", 2000, 4600, 0, Status.BEHIND), ("农贸市场", 240, 840, 300, Status.UNDETERMINED),
        ("其他", None, None, 40, Status.NO_DATA),
    ]  # fmt: skip
    return [
        Reading(OCCUPANCY, Period(date(2024, 9, 1)), Scope(), n / d if n and d else None, n, d,
                n / (d + gap) if n and d else None, (n + gap) / (d + gap) if n and d else None,
                gap, 10, 0.6, 0.575, status, label=label)
        for label, n, d, gap, status in rows
    ]  # fmt: skip


def gaps(count: int = 8, kind: PeriodKind = "quarter") -> list[Reading]:
    chosen = random.Random(4)
    readings = []
    for n in range(count):
        first = shift(date(2023, 1, 1), n * (3 if kind == "quarter" else 12))
        here = 0.085 + chosen.uniform(-0.02, 0.03)
        there = 0.08 + chosen.uniform(-0.012, 0.01)
        gap = (here - there) * 100
        status = Status.MISSED if gap < 0 else Status.ON_PACE
        status = Status.UNDETERMINED if n == 2 else Status.NO_DATA if n == 4 else status
        value = None if n == 4 else gap
        readings.append(Reading(GAP, Period(first, kind), Scope(), value, status=status, target=0,
                             extra={"growth": None if n == 4 else here, "benchmark_growth": there}))  # fmt: skip
    return readings


def destinations(count: int = 21) -> pl.DataFrame:
    rows = []
    for n, month in enumerate(months(count, date(2023, 1, 1))):
        for place, (base, step) in zip(
            frames.PLACES, [(620, 22), (410, 6), (300, -3), (480, -9), (60, 0), (4, 0)], strict=True
        ):
            rows.append((month, place, max(2, round(base + step * n + 18 * math.sin(n + base)))))
    return pl.DataFrame(rows, schema=["month", "category", "value"], orient="row")


def side_by_side_readings() -> list[list[Reading]]:
    """Three metrics for five buildings, some without a value."""
    counts, gap = (7, 0, None, 2, 4), (1.2, -0.8, 3.0, 0.4, None)
    shares = (0.93, 0.981, None, 0.956, 0.947)
    rows = (
        ("employment_rate", shares, Status.NO_TARGET),
        ("zero_employment_households", counts, Status.MISSED),
        ("income_growth_gap", gap, Status.MET),
    )
    return [
        [
            Reading(METRICS[key], Period(START), Scope(building=f"{n}栋"), value,
                    status=Status.NO_DATA if value is None else status, label=f"{n}栋")
            for n, value in enumerate(values, 1)
        ]
        for key, values, status in rows
    ]  # fmt: skip


WHOLE = [
    Reading(column[0].metric, Period(START), Scope(), value, status=column[0].status)
    for column, value in zip(side_by_side_readings(), (0.951, 13, 1.1), strict=True)
]

CHAPTERS = [
    ("底数", ["1", "2", "3"]), ("就业", ["4", "5", "6", "7", "8", "9"]),
    ("产业", ["10", "11", "12", "13", "14"]), ("盘活", ["15", "16"]), ("监测", ["17", "18"]),
    ("治理", ["19", "20", "21", "22"]), ("融入", ["23", "24", "25"]),
    ("资金", ["26", "27", "28", "29"]), ("要求", ["R1", "R2", "R3"]),
]  # fmt: skip


def deliveries() -> list[Delivery]:
    def cells(done: str = "", overdue: str = "", later: str = "") -> dict[str, Any]:
        words = {"done": done, "overdue": overdue, "not_due": later}
        return {number: state for state, text in words.items() for number in text.split()}

    return [
        Delivery("中马投资控股集团有限公司", 22, 14, 11, 8, 46, cells("2 12", "3 20 21")),
        Delivery("招商服务中心", 9, 5, 5, 4, 38, cells("", "11 15")),
        Delivery("经济发展局", 18, 13, 11, 5, 21, cells("7 10 15 20 21 25 29", "11 28")),
        Delivery("社会事务局", 31, 31, 27, 0, None,
                   cells("2 3 10 12 15 16 17 19 20 21 22 23 24 27 R1", "", "13 14")),
        Delivery("乡村振兴工作专班", 27, 27, 24, 0, None,
                   cells("2 3 10 12 13 15 16 17 19 20 22 26 R1", "", "14")),
        Delivery("组织人社局", 24, 24, 23, 0, None, cells("1 4 5 6 7 8 9 16 18 19 23 25")),
        Delivery("财政金融局", 12, 12, 12, 0, None, cells("5 7 11 13 22 26")),
        Delivery("自然资源和建设局", 9, 9, 8, 0, None, cells("3 20 23")),
        Delivery("协调指导局", 7, 7, 7, 0, None, cells("23 24")),
        Delivery("钦州保税港区消防救援大队", 4, 4, 4, 0, None, cells("22")),
        Delivery("行政审批局", 0, 0, 0, 0, None, cells("", "", "13")),
        Delivery("管委会", 5, 5, 5, 0, None, cells("R1 R3")),
    ]  # fmt: skip


TOTAL = Delivery("合计", 96, 79, 71, 17, 46)
FLOW = {"opening": 12, "new": 3, "relapsed": 1, "came_in": 0, "cleared": 7, "went_out": 2,
        "closing": 7}  # fmt: skip
PARTS = [("wage_income", 6.84), ("business_income", 1.92), ("property_income", -0.61),
         ("transfer_income", 0.83)]  # fmt: skip


def sides() -> dict[str, str]:
    return {"here": _("幸福小镇"), "there": _("大化瑶族自治县")}


Example = Callable[[Theme], dict[str, Any]]
# name → (the share of the page's width it has, the function that makes the figure)
EXAMPLES: dict[str, tuple[float, Example]] = {
    "trend_to_target": (0.66, lambda t: trend_to_target(
        occupancy(), t, projection=(date(2025, 12, 1), 0.675))),
    "trend soon due": (0.66, lambda t: trend_to_target(
        occupancy(missing=6)[9:], t, projection=(date(2024, 12, 1), 0.612))),
    "trend with bounds": (0.66, lambda t: trend_to_target(occupancy(missing=6), t)),
    "trend of a count": (0.5, lambda t: trend_to_target(zero_households(), t)),
    "bullets": (0.47, lambda t: bullets(by_kind(), t, parts=AREA)),
    "area_by_category": (0.66, lambda t: area_by_category(destinations(), t, order=frames.PLACES)),
    "area half": (0.47, lambda t: area_by_category(destinations(9), t)),
    "growth_pair": (0.66, lambda t: growth_pair(gaps(), t, **sides())),
    "growth of years": (0.47, lambda t: growth_pair(gaps(3, "year"), t, **sides())),
    "waterfall": (0.47, lambda t: waterfall(PARTS, t, total=None, total_label=_("合计"))),
    "bridge": (0.47, lambda t: bridge(FLOW, t)),
    "department_matrix": (1, lambda t: department_matrix(deliveries(), TOTAL, CHAPTERS, t)),
    "sankey": (0.66, lambda t: sankey(frames.moves(), t, months=("2024-06", "2024-09"), order=frames.PLACES)),
    "wages_by": (0.5, lambda t: wages_by(frames.wages(), t, overall=4100)),
    "distribution": (0.5, lambda t: distribution(
        frames.incomes(), t, marks=[("\u2014", 8600), ("=", 9100)])),
    "flow_by_month": (0.66, lambda t: flow_by_month(frames.flows(), t)),
    "survival": (0.47, lambda t: survival(frames.curve(), t)),
    "open_months": (0.47, lambda t: open_months(frames.waiting(), t)),
    "timeline": (1, lambda t: timeline(frames.tasks(), date(2024, 9, 30), t, most=25)),
    "site_plan": (0.47, lambda t: site_plan(frames.site(), frames.site_values(), t, title="")),
    "site_plan of the sample": (0.47, lambda t: site_plan(
        frames.sample_site(), frames.site_values(), t, title="")),
    "site_plan with some withheld": (0.47, lambda t: site_plan(
        frames.sample_site(), frames.site_values() | {"3栋": None}, t, title="",
        states={"3栋": Status.SUPPRESSED}, current="7栋")),
    "site_relief": (0.55, lambda t: site_relief(
        frames.sample_site(), frames.site_values(), t, title="", current="7栋")),
    "rooms": (1, lambda t: rooms(frames.rooms(), frames.LOOKED_AT, t, title="")),
    "rooms of a unit": (0.47, lambda t: rooms(
        frames.rooms(1), frames.LOOKED_AT, t, title="", across=560)),
    "side_by_side": (1, lambda t: side_by_side(side_by_side_readings(), WHOLE, t, current="幸福小镇/2栋")),
    "flow_map": (0.55, lambda t: flow_map(
        frames.counties().drop([] if language() == "en" else ["name"]), (108.62, 21.74), t,
        here=_("幸福小镇"), here_people=1046, height=520)),
    "heat_rows": (0.66, lambda t: heat_rows(frames.heat(), t, title="")),
    "ranking": (0.4, lambda t: ranking(
        [("4栋", 386, ""), ("11栋", 355, "2"), ("农贸市场", 412, "11"), ("标准厂房", None, "")],
        t, PERSONS, title="")),
    "income_sources": (0.66, lambda t: income_sources(frames.quarters(), t)),
    "work_history": (0.66, lambda t: work_history(frames.members(), t)),
}  # fmt: skip

NONE = pl.DataFrame(schema={"month": pl.Date, "category": pl.String, "value": pl.Int64})
MARK = '<a href="http://example.invalid">&</a>'


def single(reading: Reading, **changes: Any) -> list[Reading]:
    return [replace(reading, **changes)]


UNKNOWN: dict[str, Any] = {"value": None, "low": None, "high": None, "numerator": None}
EMPTY: dict[str, Example] = {
    "rooms": lambda t: rooms([], frames.LOOKED_AT, t, title=""),
    "site_relief": lambda t: site_relief({}, {}, t, title=""),
    "side_by_side": lambda t: side_by_side([], [], t),
    "trend": lambda t: trend_to_target([], t),
    "trend unknown": lambda t: trend_to_target(single(occupancy()[0], **UNKNOWN, path=None), t),
    "trend of one": lambda t: trend_to_target(occupancy()[:1], t),
    "bullets": lambda t: bullets([], t),
    "bullets unknown": lambda t: bullets(single(by_kind()[0], **UNKNOWN, target=None), t),
    "area": lambda t: area_by_category(NONE, t),
    "area of one": lambda t: area_by_category(destinations(1), t),
    "growth": lambda t: growth_pair([], t, **sides()),
    "growth unknown": lambda t: growth_pair(single(gaps(1)[0], value=None, extra={}), t, **sides()),
    "growth of one": lambda t: growth_pair(gaps(1), t, **sides()),
    "waterfall": lambda t: waterfall([], t, total=None, total_label=_("合计")),
    "waterfall unknown": lambda t: waterfall([("wage_income", None)], t, total=None, total_label=_("合计")),
    "waterfall falling": lambda t: waterfall([("wage_income", -3.0), ("x", 1.0)], t, total=None, total_label=_("合计")),
    "bridge": lambda t: bridge({}, t),
    "department_matrix": lambda t: department_matrix([], TOTAL, CHAPTERS, t),
    "sankey": lambda t: sankey(frames.moves().clear(), t, months=("", "")),
    "sankey of one": lambda t: sankey(frames.moves().head(1), t, months=("", "")),
    "wages": lambda t: wages_by(frames.wages().clear(), t, overall=None),
    "wages unknown": lambda t: wages_by(frames.wages().tail(1), t, overall=None),
    "wages of one": lambda t: wages_by(frames.wages().tail(2), t, overall=None),
    "distribution": lambda t: distribution(frames.incomes().clear(), t, marks=[]),
    "distribution of one": lambda t: distribution(
        frames.incomes().head(1), t, marks=[("", None), ("", 1500)]),
    "flow_by_month": lambda t: flow_by_month(frames.flows().clear(), t),
    "flow of one": lambda t: flow_by_month(frames.flows().head(1), t),
    "flow unknown": lambda t: flow_by_month(
        frames.flows().with_columns(pl.lit(None, pl.Int64).alias("closing")), t),
    "survival": lambda t: survival(frames.curve().clear(), t),
    "survival of one": lambda t: survival(frames.curve().slice(1, 1), t),
    "open_months": lambda t: open_months(frames.waiting().clear(), t),
    "open_months of one": lambda t: open_months(frames.waiting().tail(1), t),
    "timeline": lambda t: timeline(frames.tasks().clear(), START, t, most=25),
    "timeline of one": lambda t: timeline(frames.tasks().head(1), date(2024, 9, 30), t, most=25),
    "site_plan": lambda t: site_plan({}, {}, t, title=""),
    "site_plan without values": lambda t: site_plan(frames.site(), {}, t, title=""),
    "site_plan of one": lambda t: site_plan(frames.site(), {"3栋": 0.5}, t, title=""),
    "flow_map": lambda t: flow_map(frames.counties().clear(), (108.6, 21.7), t, here="",
        here_people=None, height=520),
    "flow_map of one": lambda t: flow_map(
        frames.counties().head(1), (108.66, 21.94), t, here="", here_people=None, height=520),
    "heat_rows": lambda t: heat_rows(frames.heat().clear(), t, title=""),
    "heat of one": lambda t: heat_rows(frames.heat().head(1), t, title=""),
    "heat unknown": lambda t: heat_rows(
        frames.heat().with_columns(pl.lit(None, pl.Float64).alias("value")), t, title=""),
    "ranking": lambda t: ranking([], t, PERSONS, title=""),
    "ranking unknown": lambda t: ranking([("3栋", None, "")], t, PERSONS, title=""),
    "ranking falling": lambda t: ranking([("3栋", -4.0, "")], t, POINTS, title=""),
    "income_sources": lambda t: income_sources([], t),
    "work_history": lambda t: work_history([], t),
    "department_matrix of nothing": lambda t: department_matrix(
        [Delivery("管委会", 0, 0, 0, 0)], Delivery("合计", 0, 0, 0, 0), [], t),
}  # fmt: skip
HOSTILE: dict[str, Example] = {
    "rooms": lambda t: rooms(
        [Room(MARK, MARK, MARK, None, "", "zero", (MARK,))], frames.LOOKED_AT, t, title=""),
    "bullets": lambda t: bullets(single(by_kind()[0], label=MARK), t),
    "area": lambda t: area_by_category(
        destinations(2).with_columns(pl.lit(MARK).alias("category")).unique(["month"]), t),
    "growth": lambda t: growth_pair(gaps(), t, here=MARK, there=MARK),
    "waterfall": lambda t: waterfall([(MARK, 1.0)], t, total=None, total_label=_("合计")),
    "department_matrix": lambda t: department_matrix(
        [Delivery(MARK, 1, 1, 1, 0, None, {"1": "done"})], TOTAL, CHAPTERS, t),
    "sankey": lambda t: sankey(
        frames.moves().head(1).with_columns(pl.lit(MARK).alias("origin")), t, months=(MARK, MARK)),
    "wages": lambda t: wages_by(
        frames.wages().head(1).with_columns(pl.lit(MARK).alias("category")), t, overall=None),
    "distribution": lambda t: distribution(frames.incomes(), t, marks=[(MARK, 900)]),
    "timeline": lambda t: timeline(
        frames.tasks().with_columns(pl.lit(MARK).alias("content")), date(2024, 9, 30), t, most=25),
    "site_plan": lambda t: site_plan(
        {"features": [frames.site()["features"][0] | {"properties": {"name": MARK}}]},
        {MARK: 0.5}, t, title=MARK),
    "flow_map": lambda t: flow_map(
        frames.counties().with_columns(pl.lit(MARK).alias("name")), (108.6, 21.7), t, here=MARK,
        here_people=None, height=520),
    "heat": lambda t: heat_rows(
        frames.heat().with_columns(pl.lit(MARK).alias("building")), t, title=""),
    "ranking": lambda t: ranking([(MARK, 3.0, MARK)], t, PERSONS, title=MARK),
}  # fmt: skip
