"""The page docs/ledgers.md: every column, its kind, its codes and its rules."""

from __future__ import annotations

from collections.abc import Iterator

from board.ledgers import Field, Ledger, by_name, ledgers

_CADENCE = {"register": "登记册", "monthly": "每月", "quarterly": "每季度", "as_held": "发生时"}
_LISTS = {
    "departments": "方案里的部门及其简称",
    "counties": "区县名录",
    "measures": "方案里的举措序号",
    "settlements": "方案里的安置点",
}
LISTED = 40
_HEAD = """# 台账

每本台账是工作簿里的一张工作表，列名如下；`*` 必填，**粗体** 是键的一部分。由 `make docs` 从声明写成，
模板由 `python -m board template --out 文件夹` 写出。

A ledger is a sheet of a workbook; `*` is required, **bold** is part of the key. Written from the declarations by
`make docs`.
"""


_PLAN = """## 方案 · Plans

一份方案是一个文件夹，每张表一个 .csv（文件名以表名开头，UTF-8），或一个工作簿，每张表一页。
`python -m board plan template --out 文件夹` 写出空白的；`plan check` 核对，`plan load` 入库。方案、部门、举措、目标、
指标归属必须有，其余可缺。

A plan is a folder with a .csv for each sheet, or one workbook; the first five sheets are required.
"""


def page() -> str:
    """Every ledger, and every sheet of a plan, with its columns as Markdown."""
    from board.ledgers.plan_sheets import SHEETS

    parts = [_HEAD, *(line for ledger in ledgers() for line in _ledger(ledger)), _PLAN]
    return "\n".join([*parts, *(line for sheet in SHEETS for line in _sheet(sheet))])


def _ledger(ledger: type[Ledger]) -> Iterator[str]:
    doc = (ledger.__doc__ or "").strip()
    yield f"## {ledger.sheet} `{ledger.name}` · {ledger.title_en}\n"
    yield f"{doc}{_CADENCE[ledger.cadence]}。\n"
    yield from _columns(ledger)


def _sheet(sheet: type[Ledger]) -> Iterator[str]:
    """A sheet of a plan, which has no cadence."""
    yield f"### {sheet.sheet} `{sheet.name}` · {sheet.title_en}\n"
    yield f"{(sheet.__doc__ or '').strip()}\n"
    yield from _columns(sheet)


def _columns(ledger: type[Ledger]) -> Iterator[str]:
    yield "| 列 | 名称 | 填什么 | 说明 |\n|---|---|---|---|"
    yield from (_column(field, ledger) for field in ledger.fields())
    yield ""


def _column(field: Field, ledger: type[Ledger]) -> str:
    header = f"{field.header}{'*' if field.required else ''}"
    cells = [f"**{header}**" if field.key else header, f"`{field.name}`", _takes(field)]
    return f"| {' | '.join([*cells, '；'.join(_notes(field, ledger))])} |"


def _takes(field: Field) -> str:
    if field.codes_from:
        return f"{field.title}：{_LISTS.get(field.codes_from, field.codes_from)}"
    if len(field.codes) > LISTED:
        return f"{field.title}：`{field.codes[0]}`…`{field.codes[-1]}`"
    if field.codes:
        return f"{field.title}：{'、'.join(f'`{code}`' for code in field.codes)}"
    if field.low is not None and field.high is not None:
        return f"{field.title} {field.low:g}–{field.high:g}"
    return f"{field.title}{'' if field.low is None else f' ≥ {field.low:g}'}"


def _notes(field: Field, ledger: type[Ledger]) -> Iterator[str]:
    if field.note:
        yield field.note
    if field.former_headers:
        yield f"表头也认{'、'.join(field.former_headers)}"
    if field.aliases:
        yield f"也认{'、'.join(f'`{alias}`' for alias in field.aliases)}"
    if field.refers_to:
        yield f"在{by_name()[field.refers_to].sheet}内"
    for rule in ledger.row_rules():
        if rule.at == field.name:
            yield f"{rule.expected.zh}{'（仅提醒）' if rule.severity == 'warning' else ''}"
    if field.shared:
        yield "投屏和一般用户可见，其中的姓名和号码划去"
    if field.personal:
        yield "个人信息"
