"""The plan that comes with the board, and the invented one beside it, agree with themselves."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from pathlib import Path

import pytest

from board.catalogue import METRICS
from board.ledgers import Field, by_name, by_sheet

PROJECT = Path(__file__).resolve().parent.parent
SHIPPED = PROJECT / "data" / "plans" / "qinzhou-port-2023"
SECOND = PROJECT / "tests" / "support" / "second_plan"
COUNTIES = PROJECT / "data" / "reference" / "counties.csv"
OVERALL = (
    "方案编号 名称 文号 印发日期 起始月份 结束月份 主管单位 安置点 所在市 区域简称 对标县 对标口径 "
    "最小年龄 最大年龄(不含) 零就业清零时限(月) 覆盖率下限 名称_en 安置点_en 区域简称_en"
)
MEASURES = "举措序号 章 章名 章短名 标题 短名 性质 原文 牵头部门 截止日期 原文说明 标题_en 原文_en 短名_en 章短名_en"
HEADERS = {
    "方案": OVERALL,
    "部门": "部门 简称 别名 名称_en 简称_en",
    "举措": MEASURES,
    "目标": "举措序号 指标 期限 起 止 方向 目标值 性质 依据 摘句 类型 筛选",
    "指标归属": "举措序号 指标 筛选 顺序",
    "口径范围": "指标 列 取值",
    "机制": "举措序号 机制名称 原文",
    "台账分工": "台账 责任部门",
    "参数": "键 值 摘句 依据",
}
KEYS = {
    "部门": ("部门",),
    "举措": ("举措序号",),
    "目标": ("举措序号", "指标", "期限", "筛选"),
    "指标归属": ("举措序号", "指标", "筛选"),
    "口径范围": ("指标", "列"),
    "机制": ("举措序号", "机制名称"),
    "台账分工": ("台账",),
    "参数": ("键",),
}
NEEDED = {"方案", "部门", "举措", "目标", "指标归属"}
FIRMNESS = {"应当", "力争", "原则上", "争取", "努力", "探索"}
WORDS = {
    "方向": {"≥", ">", "≤", "<", "="},
    "性质": FIRMNESS,
    "依据": {"方案", "本板设定"},
    "类型": {"平稳", "直线", "逐月累计", "节点"},
}
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
CLOSING = re.compile(r"[(。]([^(。]*)牵头指导推进\)?$")
# Of the 33 sentences as printed, laid side by side with the published plan when they were entered.
SENTENCES = "de88afc65ddd611662d170efaa6b699639b94173d3b6781dfddcaf12192b3cc0"

Row = dict[str, str]
both = pytest.mark.parametrize("plan", [SHIPPED, SECOND], ids=["shipped", "second"])


def sheet(plan: Path, name: str) -> list[Row]:
    """The rows of one sheet of a plan; none where the plan has no such sheet."""
    path = plan / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def bare(text: str) -> str:
    """A text without the differences of width and blanks that a quotation may have."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def codes(cell: str) -> list[str]:
    """The codes of a cell."""
    return cell.split("、") if cell else []


def texts(plan: Path) -> dict[str, str]:
    """The sentences of every measure of a plan."""
    return {row["举措序号"]: bare(row["原文"]) for row in sheet(plan, "举措")}


def bodies(plan: Path) -> set[str]:
    """The names of a plan's departments and other bodies."""
    return {row["部门"] for row in sheet(plan, "部门")}


def filtering(row: Row) -> tuple[str, list[str]]:
    """The column that a row's filter names, and the codes."""
    column, _, values = row["筛选"].partition("=")
    return column, codes(values)


@both
def test_files_are_plain_utf_8_with_the_columns_of_their_sheet(plan: Path) -> None:
    for path in plan.iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), path.name
        assert b"\r" not in content, path.name
        assert content.decode("utf-8").splitlines()[0].split(",") == HEADERS[path.stem].split()
    assert {path.stem for path in plan.iterdir()} >= NEEDED


@both
def test_no_row_has_more_or_fewer_cells_than_its_sheet(plan: Path) -> None:
    for name, header in HEADERS.items():
        for row in sheet(plan, name):
            assert list(row) == header.split(), (name, row)
            assert None not in row.values(), (name, row)


@both
def test_no_key_stands_twice(plan: Path) -> None:
    for name, key in KEYS.items():
        keys = [tuple(row[column] for column in key) for row in sheet(plan, name)]
        assert len(keys) == len(set(keys)), name
        assert all(any(part) for part in keys), name
    assert len(sheet(plan, "方案")) == 1


def test_the_shipped_plan_has_its_goal_its_measures_and_its_requirements() -> None:
    numbers = [row["举措序号"] for row in sheet(SHIPPED, "举措")]
    assert numbers == ["G0", *(str(number) for number in range(1, 30)), "R1", "R2", "R3"]
    assert len(numbers) == 33


def test_the_shipped_plan_has_thirteen_bodies() -> None:
    assert len(bodies(SHIPPED)) == 13


def test_the_sentences_of_the_shipped_plan_are_whole() -> None:
    rows = sheet(SHIPPED, "举措")
    for row in rows:
        if row["举措序号"] != "G0":
            numbered = re.sub(r"^(\d+\.|\([一二三]\))", "", row["原文"])
            assert numbered.startswith(row["标题"]), row["举措序号"]
        assert not re.search(r"…|\.\.\.", row["原文"]), row["举措序号"]
    joined = "\n".join(bare(row["原文"]) for row in rows)
    assert hashlib.sha256(joined.encode()).hexdigest() == SENTENCES


def test_the_bodies_that_close_a_measure_of_the_shipped_plan_lead_it() -> None:
    for row in sheet(SHIPPED, "举措"):
        if row["举措序号"].isdigit():
            closing = CLOSING.search(row["原文"])
            assert closing, row["举措序号"]
            named = re.sub("、", "", closing[1])
            assert named == "".join(codes(row["牵头部门"])), row["举措序号"]


@both
def test_every_body_that_leads_or_keeps_a_ledger_is_one_of_the_plan(plan: Path) -> None:
    for row in sheet(plan, "举措"):
        assert set(codes(row["牵头部门"])) <= bodies(plan), row["举措序号"]
    for row in sheet(plan, "台账分工"):
        assert row["责任部门"] in bodies(plan), row["台账"]


@both
def test_no_name_means_two_bodies(plan: Path) -> None:
    known: dict[str, str] = {}
    for row in sheet(plan, "部门"):
        for name in {row["部门"], row["简称"], *codes(row["别名"])} - {""}:
            assert known.setdefault(name, row["部门"]) == row["部门"], name


@both
def test_every_ledger_has_somebody_who_keeps_it(plan: Path) -> None:
    assert {row["台账"] for row in sheet(plan, "台账分工")} >= set(by_sheet())


@both
def test_what_is_quoted_stands_in_the_sentences_of_its_measure(plan: Path) -> None:
    sentences = texts(plan)
    for row in sheet(plan, "目标"):
        assert bare(row["摘句"]) in sentences[row["举措序号"]], row
        assert row["摘句"] or row["依据"] == "本板设定", row
    for row in sheet(plan, "机制"):
        assert row["原文"], row
        assert bare(row["原文"]) in sentences[row["举措序号"]], row
    for row in sheet(plan, "参数"):
        assert row["摘句"] or row["依据"] == "本板设定", row
        assert any(bare(row["摘句"]) in text for text in sentences.values()), row


@both
def test_every_metric_that_a_plan_names_exists(plan: Path) -> None:
    for name in ("目标", "指标归属", "口径范围"):
        for row in sheet(plan, name):
            assert row["指标"] in METRICS, (name, row)


@both
def test_every_target_is_one_of_a_figure_of_its_measure(plan: Path) -> None:
    measures = {row["举措序号"] for row in sheet(plan, "举措")}
    figures = {(row["举措序号"], row["指标"], row["筛选"]) for row in sheet(plan, "指标归属")}
    assert {measure for measure, _, _ in figures} == measures
    for row in sheet(plan, "目标"):
        measure, metric, chosen = row["举措序号"], row["指标"], row["筛选"]
        assert any(
            figure[:2] == (measure, metric) and chosen in ("", figure[2]) for figure in figures
        ), row


@both
def test_targets_are_said_in_the_words_of_the_contract(plan: Path) -> None:
    for row in sheet(plan, "目标"):
        for column, words in WORDS.items():
            assert row[column] in words, row
        recurring = row["期限"] in {"每年", "每半年", "每季度", "每月"}
        assert recurring or MONTH.fullmatch(row["期限"]), row
        assert all(MONTH.fullmatch(row[column]) for column in ("起", "止") if row[column]), row
        assert float(row["目标值"].removesuffix("%")) >= 0, row
    for row in sheet(plan, "举措"):
        assert row["性质"] in FIRMNESS, row["举措序号"]


@both
def test_filters_and_ranges_name_a_column_and_its_codes(plan: Path) -> None:
    for row in [*sheet(plan, "目标"), *sheet(plan, "指标归属")]:
        column, values = filtering(row)
        if column == "台账":
            assert set(values) <= set(by_sheet()), row
        elif column:
            assert_codes(plan, row["指标"], column, values)
    for row in sheet(plan, "口径范围"):
        assert_codes(plan, row["指标"], row["列"], codes(row["取值"]))


def assert_codes(plan: Path, metric: str, column: str, values: list[str]) -> None:
    """That a ledger of the metric has the column, and the column each of the codes."""
    fields: list[Field] = [
        field
        for name in METRICS[metric].ledgers
        for field in by_name()[name].fields()
        if field.header == column
    ]
    assert fields, (metric, column)
    of_plan = {
        "departments": bodies(plan), "measures": {row["举措序号"] for row in sheet(plan, "举措")},
    }  # fmt: skip
    known = of_plan.get(fields[0].codes_from) or set(fields[0].codes or ())
    assert values, (metric, column)
    assert set(values) <= known, (metric, column)


@both
def test_the_county_and_the_city_of_a_plan_are_in_the_list_of_places(plan: Path) -> None:
    with COUNTIES.open(encoding="utf-8", newline="") as file:
        places = {row["county"] for row in csv.DictReader(file)}
    overall = sheet(plan, "方案")[0]
    assert {overall["对标县"], overall["所在市"]} <= places
    assert overall["起始月份"] <= overall["结束月份"]
    assert int(overall["最小年龄"]) < int(overall["最大年龄(不含)"])


def test_the_two_plans_share_no_body_no_place_and_no_month() -> None:
    shipped, second = sheet(SHIPPED, "方案")[0], sheet(SECOND, "方案")[0]
    assert not bodies(SHIPPED) & bodies(SECOND)
    for column in ("方案编号", "安置点", "所在市", "区域简称", "对标县", "对标口径", "最小年龄"):
        assert shipped[column] != second[column], column
    assert shipped["结束月份"] < second["起始月份"]


def test_the_second_plan_has_targets_of_every_kind_one_of_them_filtered() -> None:
    targets = sheet(SECOND, "目标")
    assert {row["类型"] for row in targets} == WORDS["类型"]
    assert {row["性质"] for row in targets} >= FIRMNESS - {"力争"}
    assert any(row["筛选"] for row in targets)
    assert not sheet(SECOND, "口径范围")
    assert not sheet(SECOND, "机制")
