"""Rows that the shipped plan is to have with its further figures; where it has them, nothing is added."""

from collections.abc import Iterable

Sheet = list[dict[str, str]]

PLAN = "qinzhou-port-2023"
WITHOUT_TARGET = {"zero_employment_households"}
TARGETS = """
18,zero_employment_overdue,每月,,,≤,0,应当,本板设定,,平稳,
23,nearby_public_rate,每月,,,≥,1,应当,方案,,平稳,
R1,leaders_assigned,每月,,,≥,1,应当,方案,,平稳,
R1,problems_closed,每月,,,≥,1,应当,本板设定,,平稳,
R3,decisions_done,每月,,,≥,1,应当,本板设定,,平稳,
"""
KINDS = """
industrial_occupancy,资产类别,标准厂房、帮扶车间、产业资产
"""


def added(rows: Sheet, text: str, columns: Iterable[str]) -> Sheet:
    """The rows together with those of the text whose metric has none yet."""
    columns, known = list(columns), {row["指标"] for row in rows}
    lines = [dict(zip(columns, cells.split(","), strict=True)) for cells in text.split()]
    return rows + [row for row in lines if row["指标"] not in known]
