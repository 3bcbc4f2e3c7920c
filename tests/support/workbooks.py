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
from board.workbook import Limits, Reading, reading_of
from board.workbook.ledgers_of_file import read_into


def citizen_id(born: str = "19800101", serial: int = 1) -> str:
    """An invented ID of the area 990000 with the right check character."""
    body = f"990000{born}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


# A value of each kind of column, and of each reference list.
VALUES: dict[str, Any] = {
    "text": "甲", "int": 1, "money": 1, "number": 1, "percent": 1, "bool": "是", "id": citizen_id(),
    "date": date(2024, 3, 5), "month": "2024-03", "quarter": "2024-Q1",
    "departments": "社会事务局", "counties": "大化瑶族自治县", "measures": "1",
    "settlements": "幸福小镇",
}  # fmt: skip


class Rows(dict[str, dict[str, Any]]):
    """A good row of each ledger by header; made from the declaration where none is written here."""

    def __missing__(self, ledger: str) -> dict[str, Any]:
        return {
            field.header: field.codes[0] if field.codes else VALUES[field.codes_from or field.kind]
            for field in by_name()[ledger].fields()
        }


ROWS = Rows({
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
    "projects": {
        "项目编号": "P01", "项目名称": "冷链仓储", "类别": "产业项目", "资金来源": "财政衔接资金",
        "总投资": 3_000_000, "已拨付": 2_000_000, "已支出": 1_500_000,
        "计划开工": date(2024, 3, 1), "计划完工": date(2024, 11, 30), "实际开工": date(2024, 3, 15),
        "建设状态": "在建", "列入滚动计划年度": "2023、2024", "新续建": "新建", "带动户数": 40,
        "吸纳搬迁劳动力": 25, "发放劳务报酬": 180_000,
    },
    "returns": {
        "分配编号": "F01", "来源类型": "资产", "来源编号": "A01", "分配日期": date(2024, 6, 30),
        "用途": "群众增收", "金额": 50_000, "受益户数": 100,
    },
    "training": {
        "培训编号": "X01", "身份证号": citizen_id(), "培训名称": "电工", "类型": "技能提升",
        "开始日期": date(2024, 5, 6), "结束日期": date(2024, 5, 17), "取得证书": "是", "培训补贴": 600,
    },
    "posts": {
        "岗位编号": "G01", "用人单位": "某厂", "岗位名称": "操作工", "岗位类型": "企业岗位",
        "地点": "片区内", "行业": "制造业", "招聘人数": 10, "已招人数": 4, "月薪下限": 3000,
        "月薪上限": 4500, "学历要求": "初中", "发布日期": date(2024, 4, 1), "推送次数": 3,
    },
    "workshops": {
        "车间编号": "C01", "月份": "2024-03", "名称": "制衣车间", "地址": "3栋一层", "用工人数": 40,
        "搬迁劳动力人数": 32, "月人均工资": 2800,
    },
    "subsidies": {
        "申请编号": "B01", "补助类型": "跟踪服务补贴", "申请机构": "某人力公司",
        "身份证号": citizen_id(), "合同起": date(2023, 1, 1), "合同止": date(2023, 12, 31),
        "社保缴纳月数": 12, "申请金额": 500, "发放金额": 500, "发放日期": date(2024, 2, 1),
    },
    "loans": {
        "贷款编号": "D01", "企业名称": "某作坊", "法人身份证号": citizen_id(), "金额": 200_000,
        "放款日期": date(2024, 3, 1), "到期日期": date(2027, 3, 1), "带动就业": 6, "创业形式": "家庭作坊",
    },
    "risk": {
        "户编号": "H001", "识别日期": date(2024, 2, 3), "对象类别": "边缘易致贫户", "风险类型": "因病",
        "帮扶措施": "医疗、低保", "措施落实日期": date(2024, 2, 20), "线索移交大化县": "否",
    },
    "repairs": {
        "工单编号": "W01", "类别": "电梯", "楼栋": "3栋", "单元": "2单元", "报修日期": date(2024, 3, 1),
        "责任单位": "物业公司", "办结时限": date(2024, 3, 8), "办结日期": date(2024, 3, 5), "费用": 1200,
    },
    "schooling": {
        "学期": "2024春", "身份证号": citizen_id(), "学段": "小学", "学校": "片区小学", "在读": "是",
        "资助金额": 500,
    },
    "assistance": {
        "编号": "J01", "月份": "2024-03", "对象": "H001", "身份证号": citizen_id(), "类别": "低保",
        "金额": 380,
    },
    "activities": {
        "编号": "E01", "类型": "消防演练", "日期": date(2024, 3, 9), "举措序号": "22", "参与人次": 120,
        "成效": "演练一次", "级别": "片区",
    },
    "funds": {
        "资金编号": "Z01", "月份": "2024-03", "名称": "衔接资金", "级次": "中央", "用途": "产业",
        "批复金额": 5_000_000, "到位金额": 3_000_000, "支出金额": 1_000_000,
    },
})  # fmt: skip


def table(ledger: str, *changes: Mapping[str, object]) -> list[list[Any]]:
    """A header and one row for each of `changes` to the ledger's usual row."""
    usual = ROWS[ledger]
    extra = [name for change in changes for name in change if name not in usual]
    headers = [*usual, *dict.fromkeys(extra)]
    rows = [[{**usual, **change}.get(name) for name in headers] for change in changes or ({},)]
    return [headers, *rows]


def book(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
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

    def __init__(self, reading: Reading, frames: dict[str, pl.DataFrame]) -> None:
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
        return Result(reading_of(name, work), frames)


def checked(tmp_path: Path, ledger: str, *changes: Mapping[str, object]) -> Result:
    """Read a workbook of one ledger with one row for each of `changes`."""
    sheet = by_name()[ledger].sheet
    return result(book(tmp_path / "表.xlsx", {sheet: table(ledger, *changes)}))
