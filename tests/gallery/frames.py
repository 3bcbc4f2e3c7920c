"""Invented frames for the figures that take a frame."""

from __future__ import annotations

import json
import math
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from board.figures.income_sources import SOURCES, Quarter
from board.figures.rooms import State
from board.figures.shared.floors import Room
from board.figures.work_history import STATES, Month
from board.metrics import shift

PROJECT = Path(__file__).resolve().parents[2]
PLACES = ("片区内", "市内", "区内市外", "广东", "区外其他", "境外")
BUILDINGS = tuple(f"{n}栋" for n in range(1, 13))


def months(count: int, first: date = date(2023, 1, 1)) -> list[date]:
    return [shift(first, n) for n in range(count)]


def moves() -> pl.DataFrame:
    rows = [
        ("片区内", "片区内", 801), ("片区内", "市内", 42), ("片区内", "广东", 31),
        ("片区内", "未就业", 18), ("片区内", "退出监测", 9), ("市内", "市内", 390),
        ("市内", "片区内", 66), ("区内市外", "区内市外", 240), ("区内市外", "片区内", 38),
        ("广东", "广东", 310), ("广东", "片区内", 74), ("广东", "市内", 21),
        ("区外其他", "区外其他", 52), ("区外其他", "片区内", 8), ("境外", "境外", 3),
        ("未就业", "片区内", 47), ("未就业", "未就业", 36), ("新进入监测", "片区内", 22),
        ("新进入监测", "广东", 11), ("广东", "退出监测", 6),
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["origin", "destination", "people"], orient="row")


def wages() -> pl.DataFrame:
    rows = [
        ("制造业", 812, 3600, 4350, 5200), ("建筑业", 390, 3900, 4800, 6100),
        ("交通运输、仓储和邮政业", 301, 3500, 4400, 5600), ("批发和零售业", 207, 2600, 3200, 4100),
        ("住宿和餐饮业", 166, 2500, 3000, 3700), ("居民服务、修理和其他服务业", 88, 2400, 2900, 3600),
        ("农、林、牧、渔业", 61, 1500, 2100, 2900), ("国际组织", 1, None, 4000, None),
        ("教育", 0, None, None, None),
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["category", "people", "low", "median", "high"], orient="row")


def incomes() -> pl.DataFrame:
    counts = [12, 38, 96, 171, 214, 180, 121, 77, 41, 22, 11, 6]
    return pl.DataFrame(
        [(n * 2000, n * 2000 + 2000, count) for n, count in enumerate(counts)],
        schema=["low", "high", "households"], orient="row",
    )  # fmt: skip


def waiting() -> pl.DataFrame:
    return pl.DataFrame({"months": [1, 2, 3, 5, 14, 15], "households": [3, 2, 1, 1, 1, 1]})


def curve() -> pl.DataFrame:
    return pl.DataFrame(
        [(n, math.exp(-n / 2.4), 120 - 8 * n) for n in range(13)],
        schema=["months", "share", "at_risk"], orient="row",
    )  # fmt: skip


def flows() -> pl.DataFrame:
    rows, opening = [], 31
    for n, month in enumerate(months(18, date(2023, 4, 1))):
        new, back, came, cleared, out = 2 + n % 3, n % 2, (n % 4) // 3, 4 + n % 2, n % 2
        closing = opening + new + back + came - cleared - out
        rows.append((month, opening, new, back, came, cleared, out, closing))
        opening = closing
    names = ["month", "opening", "new", "relapsed", "came_in", "cleared", "went_out", "closing"]
    return pl.DataFrame(rows, schema=names, orient="row")


def tasks() -> pl.DataFrame:
    day = date(2024, 9, 30)
    words = [
        ("T-031", "完成安置区商业铺面不动产登记资料移交", "中马投资控股集团有限公司", 200, -46),
        ("T-044", "引进一家劳动密集型企业入驻标准厂房", "招商服务中心", 240, -38),
        ("T-052", "衔接资金项目竣工验收", "经济发展局", 150, -21),
        ("T-060", "组织秋季技能培训两期", "组织人社局", 40, 12),
        ("T-061", "完成3栋至6栋外墙渗漏维修并组织住户代表逐户验收签字", "自然资源和建设局", 30, 45),
        ("T-066", "实体公司章程与收益分配方案报批", "乡村振兴工作专班", 90, 92),
    ]
    rows = [
        (key, text, who, day - timedelta(days=since), day + timedelta(days=due))
        for key, text, who, since, due in words
    ]
    return pl.DataFrame(
        rows, schema=["task_id", "content", "department", "starts", "due"], orient="row"
    )


def heat() -> pl.DataFrame:
    rows = [
        (building, month, None if (b, n) in {(4, 9), (4, 10)} else
         min(1, 0.3 + 0.05 * ((b * 5) % 12) + 0.012 * n))
        for b, building in enumerate(BUILDINGS) for n, month in enumerate(months(18))
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["building", "month", "value"], orient="row")


def site() -> dict[str, Any]:
    """A building plan in metres: twelve buildings in three rows, shops, a market and a hall."""
    spots = [
        (f"{row * 4 + column + 1}栋", column * 60, 120 - row * 50, 44, 26)
        for row in range(3) for column in range(4)
    ]  # fmt: skip
    spots += [
        ("其他", 240, 20, 38, 126),
        ("农贸市场", 294, 20, 66, 50),
        ("标准厂房", 294, 88, 66, 58),
    ]
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"building": name},
         "geometry": {"type": "Polygon", "coordinates": [
             [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]]}}
        for name, x, y, w, h in spots
    ]}  # fmt: skip


def sample_site() -> dict[str, Any]:
    """The building plan of the sample."""
    plan: dict[str, Any] = json.loads(
        (PROJECT / "data" / "reference" / "site.geojson").read_text("utf-8")
    )
    return plan


def site_values() -> dict[str, float | None]:
    shares = [72, 64, 55, 38, 81, 66, 47, 90, 58, 61, 33, None]
    values = {
        name: None if share is None else share / 100
        for name, share in zip(BUILDINGS, shares, strict=True)
    }
    return values | {"农贸市场": 0.29, "SC001": 0.29, "CF001": 0.61, "标准厂房": 0.61}


def counties() -> pl.DataFrame:
    rows = [
        ("钦南区", "Qinnan", 108.66, 21.94, 402), ("钦北区", "Qinbei", 108.63, 22.13, 88),
        ("灵山县", "Lingshan", 109.29, 22.42, 41), ("北海市", "Beihai", 109.12, 21.48, 76),
        ("防城港市", "Fangchenggang", 108.35, 21.69, 51), ("南宁市", "Nanning", 108.37, 22.82, 121),
        ("大化县", "Dahua", 107.99, 23.74, 64), ("柳州市", "Liuzhou", 109.42, 24.33, 22),
        ("广州市", "Guangzhou", 113.26, 23.13, 92), ("深圳市", "Shenzhen", 114.06, 22.55, 131),
        ("东莞市", "Dongguan", 113.75, 23.02, 148), ("佛山市", "Foshan", 113.12, 23.02, 44),
        ("中山市", "Zhongshan", 113.39, 22.52, 27), ("珠海市", "Zhuhai", 113.58, 22.27, 12),
        ("宁波市", "Ningbo", 121.55, 29.87, 19), ("上海市", "Shanghai", 121.47, 31.23, 14),
        ("成都市", "Chengdu", 104.07, 30.67, 6), ("未填", "Not given", None, None, 17),
    ]  # fmt: skip
    names = ["county", "name", "longitude", "latitude", "people"]
    return pl.DataFrame(rows, schema=names, orient="row")


LOOKED_AT = (
    State("employed", "有人就业", "●", "good"),
    State("zero", "零就业", "■", "bad", solid=True),
    State("unknown", "情况不明", "◇", "undetermined"),
    State("unwilling", "无有意愿劳动力", "—", "mute"),
)


def rooms(units: int = 4) -> list[Room]:
    """The households of a building, with a few empty rooms and one household without a floor."""
    chosen = random.Random(7)
    weights = (80, 5, 9, 6)
    members = [
        Room(f"H{unit}{floor}{door}", f"{unit}单元", f"{floor:02}{door:02}", floor, f"{door:02}",
             chosen.choices([state.key for state in LOOKED_AT], weights)[0])
        for unit in range(1, units + 1)
        for floor in range(2, 10)
        for door in range(1, 5)
        if chosen.random() < 0.88
    ]  # fmt: skip
    return [*members, Room("H0", "1单元", "B-3", None, "", "zero")]


def quarters() -> list[Quarter]:
    """A household's income per head over six quarters; the fourth was not reported."""
    amounts = {key: 400.0 * (4 - n) for n, (key, _word) in enumerate(SOURCES)}
    return [
        Quarter(
            first, None if n == 3 else amounts | {"wage_income": 1600.0 + 90 * n}, 3100.0 + 60 * n
        )
        for n, first in enumerate(months(18)[::3])
    ]


def members() -> list[tuple[str, str, list[Month]]]:
    """Three members of a household over twelve months, in every state."""
    states = list(STATES)
    return [
        (name, "3,500", [Month(month, states[(n + shift_by) % 5], (), str(month))
                            for n, month in enumerate(months(12))])
        for shift_by, name in enumerate(("A", "B", "C"))
    ]  # fmt: skip
