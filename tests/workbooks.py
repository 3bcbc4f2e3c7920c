"""Workbooks made for tests, and what reading them finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import polars as pl

from board.findings import Finding
from board.ledgers import by_name
from board.workbook import Limits, Reading, _reading
from board.workbook._read import read_into


def citizen_id(born: str = "19800101", serial: int = 1) -> str:
    """An invented ID of the area 990000 with the right check character."""
    body = f"990000{born}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


ROWS: dict[str, dict[str, Any]] = {
    "households": {
        "户编号": "H001", "生效月份": None, "安置点": "幸福小镇", "楼栋": "3栋", "单元": "2单元",
        "房号": "0502", "户主姓名": "张三", "家庭人口数": 4, "户类别": "脱贫户",
        "迁出县": "大化瑶族自治县", "迁出乡镇": None, "入住日期": date(2022, 5, 1),
        "首次入户日期": None, "帮扶联系人": None, "联系人类型": "网格员", "联系电话": "13800000000",
        "在册状态": "在册",
    },
    "labour": {
        "身份证号": citizen_id(), "姓名": "张三", "户编号": "H001", "文化程度": "初中",
        "劳动能力": "普通劳动力", "人群类别": "残疾人、鳏寡", "脱贫人口": "是", "在校生": "否",
        "就业意愿": "是", "培训意愿": "否", "常住片区": "是", "求职意向": None,
    },
    "employment": {
        "监测月份": "2024-03", "身份证号": citizen_id(), "就业状态": "在业", "就业类别": "单位就业",
        "就业渠道": "政府组织", "就业地点": "广东", "就业县市": "深圳市", "行业": "制造业",
        "就业单位": "某厂", "月收入": 3500.5, "合同月数": 12, "社保月数": 6, "是否返乡": "否",
        "填报人": "李四", "填报日期": date(2024, 3, 5),
    },
    "income": {
        "季度": "2024-Q1", "户编号": "H001", "常住人口": 4, "工资性收入": 12000, "经营净收入": -500,
        "财产净收入": 0, "转移净收入": 800.25, "可支配收入": 12300.25,
    },
    "benchmark": {
        "县": "大化瑶族自治县", "季度": "2024-Q1", "口径": "脱贫人口人均可支配收入",
        "累计金额": 4200, "累计同比增速": 8.5, "来源": "统计局",
    },
    "assets": {
        "资产编号": "A01", "资产类别": "商业铺面", "资产名称": "1号铺", "面积": 50, "数量": 1,
        "可盘活": "是", "权属单位": "中马投控", "不动产登记": "已登记", "财务决算": "已决算",
        "经度": 108.6, "纬度": 21.9,
    },
    "occupancy": {
        "月份": "2024-03", "资产编号": "A01", "状态": "在用", "月租金": 800, "带动就业人数": 3,
        "带动搬迁群众就业人数": 2,
    },
    "tasks": {
        "任务编号": "T01", "举措序号": 15, "任务内容": "盘活铺面", "牵头部门": "社会事务局、经发局",
        "配合部门": None, "开始日期": date(2024, 1, 1), "完成时限": date(2024, 12, 31),
        "周期": "一次性", "进度": 40, "状态": "推进中", "完成日期": None, "销号日期": None,
        "佐证材料": None, "存在问题": None, "更新日期": date(2024, 3, 31),
    },
    "meetings": {
        "编号": "M01", "类型": "领导调研", "日期": date(2024, 3, 1), "层级": "管委领导",
        "参加单位": "社会事务局", "提出问题数": 3, "已解决数": 2, "摘要": "看了3栋",
    },
}  # fmt: skip


def table(ledger: str, *changes: Mapping[str, Any]) -> list[list[Any]]:
    """A header and one row for each of `changes` to the ledger's usual row."""
    usual = ROWS[ledger]
    extra = [name for change in changes for name in change if name not in usual]
    headers = [*usual, *dict.fromkeys(extra)]
    rows = [[{**usual, **change}.get(name) for name in headers] for change in changes or ({},)]
    return [headers, *rows]


def book(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> Path:
    """Write a workbook with these rows on these sheets, by openpyxl."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for col, value in enumerate(row, start=1):
                if value is not None:
                    cell = sheet.cell(number, col, value)
                    if value == "=":
                        cell.value, cell.data_type = value, "s"
    made.save(path)
    return path


def column(ledger: str, header: str) -> int:
    """The place of a header in `table`, from 1."""
    return list(ROWS[ledger]).index(header) + 1


class Result:
    """What came of reading one file in this process."""

    def __init__(self, reading: Reading, frames: dict[str, pl.DataFrame]):
        self.reading, self.frames = reading, frames
        self.findings = reading.findings

    def told(self, *severities: str) -> list[tuple[str, str | None, str | None]]:
        """(rule, cell, column) of the findings of these severities, all by default."""
        wanted = severities or ("error", "warning", "notice")
        return [(f.rule, f.cell, f.column) for f in self.findings if f.severity in wanted]

    def only(self) -> Finding:
        """The one finding there is."""
        assert len(self.findings) == 1, self.findings
        return self.findings[0]

    def values(self, ledger: str, name: str) -> list[Any]:
        """A column of the rows read."""
        return self.frames[ledger][name].to_list()


def result(path: Path, name: str | None = None, limits: Limits | None = None) -> Result:
    """Read a file as the child process does, but here."""
    name = name or path.name
    with TemporaryDirectory() as folder:
        out, work = Path(folder) / "out", Path(folder) / "work"
        out.mkdir()
        work.mkdir()
        read_into(path, name, out, work, limits or Limits())
        frames = {x.stem: pl.read_parquet(x, memory_map=False) for x in out.glob("*.parquet")}
        return Result(_reading(name, work), frames)


def checked(tmp_path: Path, ledger: str, *changes: Mapping[str, Any]) -> Result:
    """Read a workbook of one ledger with one row for each of `changes`."""
    sheet = by_name()[ledger].sheet
    return result(book(tmp_path / "表.xlsx", {sheet: table(ledger, *changes)}))
