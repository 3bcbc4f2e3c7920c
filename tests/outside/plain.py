"""Valid rows of every core ledger, plainly written, to spoil one cell at a time."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tests.outside.columns import LEDGERS, NAMES, Row
from tests.outside.town import citizen_id
from tests.support.answers import FindingAnswer

SHEETS = {name: sheet for sheet, name in NAMES.items()}


def person(n: int) -> str:
    """The citizen ID of the n-th plain person."""
    return citizen_id(date(1985, 1 + n // 600, 1 + n // 50 % 28), 100 + n)


def household(n: int) -> Row:
    return {
        "户编号": f"H{n}",
        "安置点": "幸福小镇",
        "楼栋": "1栋",
        "单元": "1单元",
        "房号": f"{500 + n:04}",
        "户主姓名": "某某",
        "家庭人口数": 4,
        "户类别": "脱贫户",
        "在册状态": "在册",
    }


def worker(n: int) -> Row:
    return {
        "身份证号": person(n),
        "姓名": "某某",
        "户编号": f"H{n}",
        "劳动能力": "普通劳动力",
        "脱贫人口": "是",
        "在校生": "否",
        "就业意愿": "是",
        "培训意愿": "否",
        "常住片区": "是",
    }


def job(n: int) -> Row:
    return {
        "监测月份": "2024-03",
        "身份证号": person(n),
        "就业状态": "在业",
        "就业类别": "单位就业",
        "就业地点": "片区内",
        "行业": "制造业",
        "月收入": 3000,
        "填报日期": date(2024, 4, 3),
    }


def earnings(n: int) -> Row:
    return {
        "季度": "2024-Q1",
        "户编号": f"H{n}",
        "常住人口": 4,
        "工资性收入": 9000,
        "经营净收入": 0,
        "财产净收入": 0,
        "转移净收入": 500,
    }


def standard(n: int) -> Row:
    return {
        "县": f"某县{n}",
        "季度": "2024-Q1",
        "口径": "脱贫人口人均可支配收入",
        "累计金额": 3500,
        "累计同比增速": 8.5,
        "来源": "统计局",
    }


def asset(n: int) -> Row:
    return {
        "资产编号": f"A{n}",
        "资产类别": "商业铺面",
        "资产名称": "铺面",
        "面积": 60,
        "数量": 1,
        "可盘活": "是",
        "权属单位": "某公司",
        "不动产登记": "已登记",
        "财务决算": "已决算",
    }


def use(n: int) -> Row:
    return {"月份": "2024-03", "资产编号": f"A{n}", "状态": "在用"}


def task(n: int) -> Row:
    return {
        "任务编号": f"T{n}",
        "举措序号": "4",
        "任务内容": "某事",
        "牵头部门": "组织人社局",
        "开始日期": date(2024, 1, 5),
        "完成时限": date(2024, 6, 30),
        "状态": "推进中",
        "更新日期": date(2024, 2, 1),
    }


def meeting(n: int) -> Row:
    return {"编号": f"M{n}", "类型": "领导调研", "日期": date(2024, 3, 5), "层级": "管委领导"}


ROWS: dict[str, Callable[[int], Row]] = {
    "households": household,
    "labour": worker,
    "employment": job,
    "income": earnings,
    "benchmark": standard,
    "assets": asset,
    "occupancy": use,
    "tasks": task,
    "meetings": meeting,
}
NEEDS = {
    "labour": ["households"],
    "employment": ["households", "labour"],
    "income": ["households", "labour"],
    "occupancy": ["assets"],
}


def letter(ledger: str, header: str) -> str:
    """The column `plain` gives a header."""
    return str(get_column_letter(list(LEDGERS[SHEETS[ledger]]).index(header) + 1))


def plain(
    path: Path, rows: dict[str, list[Row]], dress: Callable[[Workbook], None] | None = None
) -> Path:
    """A workbook with the headers in the contract's order in row 1 and rows from row 2."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for ledger, lines in rows.items():
        page = workbook.create_sheet(SHEETS[ledger])
        headers = list(LEDGERS[SHEETS[ledger]])
        page.append(headers)
        for row in lines:
            page.append([row.get(header) for header in headers])
            for cell, header in zip(page[page.max_row], headers, strict=True):
                if isinstance(given := row.get(f"!{header}"), str):
                    cell.number_format = given
    if dress:
        dress(workbook)
    workbook.save(path)
    return path


def with_needs(ledger: str, rows: list[Row], count: int) -> dict[str, list[Row]]:
    """The rows together with plain rows of what they refer to."""
    return {need: [ROWS[need](n) for n in range(count)] for need in NEEDS.get(ledger, [])} | {
        ledger: rows
    }


def finding_at(findings: list[FindingAnswer], sheet: str, cell: str) -> list[FindingAnswer]:
    """The findings at a cell of a sheet."""
    return [f for f in findings if f["sheet"] == sheet and f["cell"] == cell]
