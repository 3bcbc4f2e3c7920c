"""A cell as written: what it is taken for, or which finding it gets."""

import json
from collections import defaultdict
from datetime import date, datetime

import pytest

from tests.outside.cli import call
from tests.outside.columns import Row
from tests.outside.plain import ROWS, SHEETS, finding_at, letter, plain, with_needs
from tests.outside.town import citizen_id
from tests.support.answers import FindingAnswer

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

# ledger, header, cell as written (a pair: with its number format), column, value taken
TAKEN: list[tuple[str, str, object, str, object]] = [
    ("tasks", "完成时限", datetime.fromisoformat("2024-06-30"), "due", "2024-06-30"),
    ("tasks", "完成时限", date(2024, 6, 30), "due", "2024-06-30"),
    ("tasks", "完成时限", "2024-06-30", "due", "2024-06-30"),
    ("tasks", "完成时限", "2024/6/3", "due", "2024-06-03"),
    ("tasks", "完成时限", "2024.6.3", "due", "2024-06-03"),
    ("tasks", "完成时限", "2024年6月3日", "due", "2024-06-03"),
    ("tasks", "完成时限", "2024年06月03号", "due", "2024-06-03"),
    ("tasks", "完成时限", "20240603", "due", "2024-06-03"),
    ("tasks", "完成时限", 20240603, "due", "2024-06-03"),
    ("tasks", "完成时限", "2024-06-03 00:00:00", "due", "2024-06-03"),
    ("tasks", "完成时限", " 2024 年 6 月 3 日 ", "due", "2024-06-03"),
    ("tasks", "完成时限", "２０２４－０６－０３", "due", "2024-06-03"),
    ("tasks", "进度", 45, "progress", 45),
    ("tasks", "进度", "45%", "progress", 45),
    ("tasks", "进度", (0.45, "0%"), "progress", 45),
    (
        "tasks",
        "牵头部门",
        "中马集团、专班",
        "leads",
        ["中马投资控股集团有限公司", "乡村振兴工作专班"],
    ),
    ("tasks", "牵头部门", "组织人社局；社会事务局", "leads", ["组织人社局", "社会事务局"]),
    (
        "tasks",
        "牵头部门",
        "消防大队,中马投控集团",
        "leads",
        ["钦州保税港区消防救援大队", "中马投资控股集团有限公司"],
    ),
    ("tasks", "举措序号", 4, "measure", "4"),
    ("tasks", "举措序号", "R1", "measure", "R1"),
    ("employment", "监测月份", "2024-03", "month", "2024-03"),
    ("employment", "监测月份", datetime.fromisoformat("2024-03-17"), "month", "2024-03"),
    ("employment", "监测月份", "2024年3月", "month", "2024-03"),
    ("employment", "监测月份", "2024/3", "month", "2024-03"),
    ("employment", "监测月份", "202403", "month", "2024-03"),
    ("employment", "监测月份", "2024年03月05日", "month", "2024-03"),
    ("employment", "月收入", 3500, "wage", 3500),
    ("employment", "月收入", "3,500.50", "wage", 3500.5),
    ("employment", "月收入", "￥3500元", "wage", 3500),
    ("employment", "月收入", "+3500", "wage", 3500),
    ("employment", "月收入", "３５００", "wage", 3500),
    ("employment", "月收入", " 3 500 ", "wage", 3500),
    ("employment", "月收入", 3500.1 + 0.2, "wage", 3500.3),
    ("employment", "合同月数", "12", "contract_months", 12),
    ("employment", "合同月数", 12.0, "contract_months", 12),
    ("employment", "是否返乡", True, "returned", True),
    ("employment", "是否返乡", False, "returned", False),
    ("employment", "是否返乡", " 是", "returned", True),
    ("employment", "是否返乡", "", "returned", None),
    ("employment", "就业状态", "在 业", "status", "在业"),
    ("employment", "就业单位", "甲 厂\u200b ", "employer", "甲 厂"),
    ("employment", "行业", "农、林、牧、渔业", "industry", "农、林、牧、渔业"),
    ("labour", "人群类别", "残疾人、孤儿", "groups", ["残疾人", "孤儿"]),
    ("labour", "人群类别", "残疾人，孤儿", "groups", ["残疾人", "孤儿"]),
    ("labour", "人群类别", "残疾人;孤儿", "groups", ["残疾人", "孤儿"]),
    ("labour", "人群类别", None, "groups", None),
    ("labour", "联系电话", 13912345678, "phone", "13912345678"),
    ("labour", "生效月份", "2024-03", "effective_month", "2024-03"),
    ("labour", "生效月份", None, "effective_month", None),
    ("households", "房号", 502, "room", "502"),
    ("households", "房号", "0502", "room", "0502"),
    ("households", "家庭人口数", "4", "size", 4),
    ("households", "家庭人口数", "４", "size", 4),
    ("meetings", "摘要", "某事\n 某 人", "summary", "某事\n 某 人"),
    ("income", "季度", "2024年第一季度", "quarter", "2024-Q1"),
    ("income", "季度", "2024年1季度", "quarter", "2024-Q1"),
    ("income", "季度", "2024Q1", "quarter", "2024-Q1"),
    ("income", "经营净收入", -200.5, "business_income", -200.5),
    ("income", "经营净收入", "−200.5", "business_income", -200.5),
    ("income", "可支配收入", 9500.9, "disposable_income", 9500.9),
    ("benchmark", "累计同比增速", 8.5, "ytd_growth", 8.5),
    ("benchmark", "累计同比增速", "8.5%", "ytd_growth", 8.5),
    ("benchmark", "累计同比增速", "8.5％", "ytd_growth", 8.5),
    ("benchmark", "累计同比增速", (0.085, "0.0%"), "ytd_growth", 8.5),
    ("benchmark", "累计同比增速", -1.5, "ytd_growth", -1.5),
    ("assets", "面积", "1,234.5", "area", 1234.5),
    ("assets", "面积", 0, "area", 0),
    ("meetings", "提出问题数", "3", "issues_raised", 3),
]

# ledger, header that is spoilt, cell as written (or a whole row's changes), severity
FAULTS: list[tuple[str, str, object, str]] = [
    ("tasks", "完成时限", "3/4", "error"),
    ("tasks", "完成时限", 45017, "error"),
    ("tasks", "完成时限", "2024-02-30", "error"),
    ("tasks", "完成时限", "24-06-30", "error"),
    ("tasks", "完成时限", "六月底", "error"),
    ("tasks", "完成时限", datetime.fromisoformat("2024-06-30T08:30"), "warning"),
    ("tasks", "完成时限", "2024-06", "error"),
    ("tasks", "完成时限", date(2023, 12, 31), "error"),  # before it starts
    ("tasks", "完成时限", None, "error"),
    ("tasks", "完成日期", {"状态": "已完成", "完成日期": None}, "error"),
    ("tasks", "完成日期", date(2024, 3, 1), "error"),  # though not done
    (
        "tasks",
        "销号日期",
        {"状态": "已完成", "完成日期": date(2024, 5, 2), "销号日期": date(2024, 5, 1)},
        "error",
    ),
    ("tasks", "牵头部门", "组织人社局 社会事务局", "error"),
    ("tasks", "牵头部门", "组织人社局/社会事务局", "error"),
    ("tasks", "牵头部门", "人社厅", "error"),
    ("tasks", "牵头部门", "财政金融局", "warning"),  # leads no part of measure 4
    ("tasks", "举措序号", "30", "error"),
    ("tasks", "进度", 120, "error"),
    ("tasks", "进度", -1, "error"),
    ("tasks", "进度", 0.45, "warning"),
    ("employment", "监测月份", 2024.1, "error"),
    ("employment", "监测月份", 202413, "error"),
    ("employment", "监测月份", "3月", "error"),
    ("employment", "月收入", "1,23", "error"),
    ("employment", "月收入", "1.2万", "error"),
    ("employment", "月收入", "(3000)", "error"),
    ("employment", "月收入", "3000a", "error"),
    ("employment", "月收入", 2e12, "error"),
    ("employment", "月收入", 3000.123, "error"),
    ("employment", "月收入", -1, "error"),
    ("employment", "月收入", "#REF!", "error"),
    ("employment", "月收入", "=1+1", "error"),
    ("employment", "就业单位", "#N/A", "error"),
    ("employment", "就业单位", "=A1", "error"),
    ("employment", "月收入", None, "error"),
    ("employment", "月收入", 60000, "warning"),
    ("employment", "月收入", 300, "warning"),
    ("employment", "就业类别", None, "error"),
    ("employment", "就业地点", None, "error"),
    ("employment", "行业", None, "error"),
    ("employment", "行业", "制造", "error"),
    ("employment", "就业地点", "北京", "error"),
    ("employment", "就业县市", "不存在的县", "error"),
    ("employment", "就业状态", "就业", "error"),
    ("employment", "是否返乡", "1", "error"),
    ("employment", "是否返乡", 1, "error"),
    ("employment", "是否返乡", "Y", "error"),
    ("employment", "是否返乡", "√", "error"),
    ("employment", "合同月数", 3.5, "error"),
    ("employment", "合同月数", -3, "error"),
    ("employment", "填报日期", date(2024, 2, 28), "error"),
    ("employment", "身份证号", citizen_id(date(1977, 7, 7), 777), "error"),  # in no register
    ("labour", "身份证号", int(citizen_id(date(1990, 5, 5), 120)[:17] + "0"), "error"),
    ("labour", "身份证号", citizen_id(date(1990, 5, 5), 120)[:15], "error"),
    ("labour", "身份证号", citizen_id(date(2090, 5, 5), 120), "error"),
    ("labour", "身份证号", citizen_id(date(1990, 5, 5), 120)[:17] + "?", "error"),
    ("labour", "身份证号", "990000199013011235", "error"),
    ("labour", "户编号", "无此户", "error"),
    ("labour", "人群类别", "残疾人 孤儿", "error"),
    ("labour", "人群类别", "残疾人/孤儿", "error"),
    ("labour", "脱贫人口", None, "error"),
    ("labour", "姓名", None, "error"),
    ("households", "房号", (502, "0000"), "error"),
    ("households", "家庭人口数", 0, "error"),
    ("households", "家庭人口数", 21, "error"),
    ("households", "家庭人口数", "四", "error"),
    ("households", "户类别", "贫困户", "error"),
    ("households", "在册状态", None, "error"),
    ("income", "季度", "2024年第五季度", "error"),
    ("income", "季度", "2024-03", "error"),
    ("income", "工资性收入", -5, "error"),
    ("income", "可支配收入", 9502, "error"),
    ("income", "户编号", "无此户", "error"),
    ("benchmark", "累计同比增速", 0.085, "warning"),
    ("benchmark", "口径", "人均收入", "error"),
    ("assets", "面积", None, "error"),
    ("assets", "面积", -1, "error"),
    ("assets", "数量", 0, "error"),
    ("occupancy", "资产编号", "无此资产", "error"),
    ("occupancy", "在用数量", 2, "error"),
    ("occupancy", "带动搬迁群众就业人数", {"带动就业人数": 2, "带动搬迁群众就业人数": 3}, "error"),
    ("meetings", "已解决数", {"提出问题数": 2, "已解决数": 3}, "error"),
    ("meetings", "类型", "党组会", "error"),
    ("meetings", "日期", None, "error"),
    ("meetings", "参加单位", "某局", "error"),
]


def spoilt(ledger: str, n: int, header: str, written: object) -> Row:
    """A plain row with one cell (or, from a dict, several) written otherwise."""
    row = ROWS[ledger](n)
    if isinstance(written, dict):
        return row | written
    if isinstance(written, tuple):
        return row | {header: written[0], f"!{header}": written[1]}
    return row | {header: written}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Row]:
    """The accepted cells, loaded and exported: rows by ledger and line."""
    folder = tmp_path_factory.mktemp("taken")
    rows: dict[str, list[Row]] = {ledger: [] for ledger in ROWS}
    for n, (ledger, header, written, _, _) in enumerate(TAKEN):
        for other in ROWS:
            same = other == ledger
            rows[other].append(spoilt(other, n, header, written) if same else ROWS[other](n))
    answer = call("load", plain(folder / "台账.xlsx", rows), "--format", "json", store=folder / "s")
    assert answer.code == 0, [f for f in answer.json["findings"] if f["severity"] == "error"]
    out = folder / "out.json"
    answer = call(
        "export", *ROWS, "--persons", "--format", "json", "--out", out, store=folder / "s"
    )
    assert answer.code == 0, answer.err
    told = json.loads(out.read_text("utf-8"))
    return {(ledger, row["row"]): row for ledger, lines in told.items() for row in lines}


@pytest.mark.parametrize("n", range(len(TAKEN)))
def test_an_accepted_spelling_is_taken_for_what_it_says(
    exported: dict[tuple[str, int], Row], n: int
) -> None:
    ledger, _, _, column, value = TAKEN[n]
    assert exported[ledger, n + 2][column] == value


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[FindingAnswer]]:
    """Findings by ledger, from one workbook a ledger with a fault in each row."""
    folder = tmp_path_factory.mktemp("faults")
    rows: dict[str, list[Row]] = defaultdict(list)
    for ledger, header, written, _ in FAULTS:
        rows[ledger].append(spoilt(ledger, len(rows[ledger]), header, written))
    findings = {}
    for ledger, lines in rows.items():
        path = plain(folder / f"{ledger}.xlsx", with_needs(ledger, lines, len(lines)))
        answer = call("check", path, "--format", "json", store=folder / "s")
        assert answer.code == 1
        assert set(answer.json) >= {"findings", "counts", "rows"}
        findings[ledger] = answer.json["findings"]
    return findings


@pytest.mark.parametrize("n", range(len(FAULTS)))
def test_a_faulty_cell_is_named(found: dict[str, list[FindingAnswer]], n: int) -> None:
    ledger, header, _, severity = FAULTS[n]
    line = 2 + sum(fault[0] == ledger for fault in FAULTS[:n])
    told = finding_at(found[ledger], SHEETS[ledger], f"{letter(ledger, header)}{line}")
    assert severity in {f["severity"] for f in told}, [
        f for f in found[ledger] if str(f["cell"])[1:] == str(line)
    ]
    for finding in told:
        assert finding["message_zh"]
        assert finding["message_en"]
        assert finding["rule"]
        assert finding["ledger"] == ledger


def test_rows_without_a_fault_get_none(found: dict[str, list[FindingAnswer]]) -> None:
    for ledger, findings in found.items():
        errors = {f["cell"] for f in findings if f["severity"] == "error"}
        wanted = {
            f"{letter(fault[0], fault[1])}{2 + sum(x[0] == ledger for x in FAULTS[:n])}"
            for n, fault in enumerate(FAULTS)
            if fault[0] == ledger and fault[3] == "error"
        }
        assert errors <= wanted | {None}, ledger


def test_a_wrong_code_gets_the_nearest_right_one(found: dict[str, list[FindingAnswer]]) -> None:
    suggestions = {str(f["found"]): f["suggestion"] for fs in found.values() for f in fs}
    assert suggestions["制造"] == "制造业"


def test_each_fault_of_an_id_has_its_own_words(found: dict[str, list[FindingAnswer]]) -> None:
    column = letter("labour", "身份证号")
    told = [
        f for f in found["labour"] if str(f["cell"]).startswith(column) and f["severity"] == "error"
    ]
    assert len({f["message_zh"] for f in told}) >= 4
