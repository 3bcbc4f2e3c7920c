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

_READING = """## 怎样读表

- **单位**：金额按元、面积按㎡、比率按百分数、月数按月、其余按个（人、户、间……）。表头、表头上方、表头下一行、表名、文件名或单元格数字格式写了别的单位（万元、亩、‰、万人、元/年……），是表头处的错误，
  写明两个单位；程序从不换算，因为不知道写错的是单位还是数字。离数字近的为准：表头的单位先于表名的。数字格式里的缩放（`0,"千元"` 显示千元，存的是元）不算写错。
- **工作表**：名字不是台账的，按表头认：必填列齐全的照常读取并告知；合乎几本台账的，或有一半以上必填列却缺几列的，是错误；其余的表只提醒，不读取。两行表头不必合并。
- **选项**：写错的词，只有下面列明的常见写法，或只差一个不改变意思的字，才给出建议；否则列出全部选项。
- **楼栋、单元、房号**：3幢、三号楼、3#、第3栋与 3栋 是一处，按已有的写法入库并告知：先看户台账，再看本库自己的平面图（site.geojson），再看本次先出现的。房号 502 在户台账有 0502 而没有 502 时按 0502 入库；3-2-502 按本行的楼栋、单元取房号，对不上是错误。
  第一次出现的楼栋、单元、迁出县是提醒，写明最接近的；一间房两户、同一户无生效月份而换了住处，也是提醒。
- **文件**：.xlsx .xlsm .xls .et，及 UTF-8、UTF-16 或 GB18030 的 .csv（逗号、分号或制表符）。另存成 .xls 的网页须打开后另存为 .xlsx。
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

    parts = [_HEAD, _READING, *(line for ledger in ledgers() for line in _ledger(ledger)), _PLAN]
    return "\n".join([*parts, *(line for sheet in SHEETS for line in _sheet(sheet))])


def _ledger(ledger: type[Ledger]) -> Iterator[str]:
    doc = (ledger.__doc__ or "").strip()
    yield f"## {ledger.sheet} `{ledger.name}` · {ledger.title_en}\n"
    yield f"{doc}{_CADENCE[ledger.cadence]}。{_prefilled(ledger)}\n"
    yield from _columns(ledger)


def _prefilled(ledger: type[Ledger]) -> str:
    """What the prefilled template of a ledger fills in and locks; empty where it has none."""
    headers = "、".join(f.header for f in ledger.fields() if f.name in ledger.carried())
    if ledger.cadence == "register":
        return f"预填模板照登记填好，锁定{headers}。"
    if ledger.period_of():
        proposed = "、".join(f.header for f in ledger.fields() if f.proposed)
        open_to_change = f"，{proposed}照上期填好可以改" if proposed else ""
        return f"预填模板照上期填好并锁定{headers}{open_to_change}，其余留空。"
    return f"预填模板列出还没有了结的，锁定{headers}。" if ledger.still_open() is not None else ""


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
    for code, others in field.synonyms.items():
        yield f"{'、'.join(others)}写作`{code}`"
    if field.refers_to:
        yield f"在{by_name()[field.refers_to].sheet}内"
    for rule in ledger.row_rules():
        if rule.at == field.name:
            yield f"{rule.expected.zh}{'（仅提醒）' if rule.severity == 'warning' else ''}"
    if field.shared:
        yield "投屏和一般用户可见，其中的姓名和号码划去"
    if field.personal:
        yield "个人信息"
