"""The record of looks in words, as a table for a page or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path

import polars as pl

from board import accounts
from board.access import Reader, Role
from board.catalogue import METRICS
from board.export.columns import of_table
from board.export.definition_sheet import TERMINAL, exported
from board.export.workbook import Sheet, workbook_of
from board.i18n import N_, _
from board.journal import COMPARED, AuditEntry, AuditKind, AuditLog, search_told
from board.ledgers import by_name
from board.metrics import Period
from board.numerals import local, period, place_name
from board.sections import Panel, sections
from board.sections.ledgers.page import title
from board.sections.rows_behind import PARTS
from board.sections.words import joined
from board.table import Table

DONE: dict[AuditKind, str] = {
    "look": N_("查看"), "unmask": N_("显示个人信息"), "search": N_("查找"), "export": N_("导出"),
    "load": N_("收录"), "withdraw": N_("撤回"), "backup": N_("备份"), "account": N_("账号与角色"),
    "sign_in": N_("登录"), "check": N_("核对上传的文件"), "repair": N_("修复台账库"),
    "retain": N_("清除到期资料"), "role": N_("换身份"),
}  # fmt: skip
THINGS = {
    "findings": N_("核对结果"), "looks": N_("查看与导出记录"),
    "batch": N_("批次"), "before": N_("早于"), "whole": N_("整库"), "restore": N_("恢复"),
    "repair": N_("修复台账库"),
}  # fmt: skip
BY = {
    "code": N_("户编号"), "room": N_("房号"), "name": N_("姓名"), "tail": N_("身份证或电话尾号"),
}  # fmt: skip
VERBS = {
    "create": N_("新建账号"), "change": N_("更改账号"), "reset": N_("重置密码"),
    "enable": N_("启用账号"), "disable": N_("停用账号"), "revoke": N_("退出登录"),
    "password": N_("设置密码"), "unlock": N_("解锁账号"), "taken over": N_("原有账号"),
}  # fmt: skip
# What is said with the roles it gives.
GIVING = ("create", "change", "taken over")


def looks_table(looks: Sequence[AuditEntry]) -> Table:
    """A row a look, newest first: when, who, in which role, did what, to what, why."""
    newest = list(reversed(looks))
    frame = pl.DataFrame(
        {
            _("序号"): pl.Series([look.seq for look in newest], dtype=pl.Int64),
            _("时刻"): pl.Series([local(look.at) for look in newest], dtype=pl.Datetime),
            _("谁"): pl.Series([look.who for look in newest], dtype=pl.String),
            _("身份"): pl.Series([role(look.role) for look in newest], dtype=pl.String),
            _("做了什么"): pl.Series([done(look.kind) for look in newest], dtype=pl.String),
            _("看了什么"): pl.Series(
                [subject(look.kind, look.what) for look in newest], dtype=pl.String
            ),
            _("原因"): pl.Series([look.why for look in newest], dtype=pl.String),
            _("校验值"): pl.Series([look.hash for look in newest], dtype=pl.String),
        }
    )
    return Table(frame, file=_("查看与导出记录"), kinds={frame.columns[0]: "ordinal"})


def looks_workbook(root: Path, who: Reader | None = None, kept: Sequence[AuditEntry] = ()) -> bytes:
    """The record (or what was kept of it) as a workbook that says whether it is whole."""
    record = AuditLog(root)
    every, broken = record.all(), record.verify()
    block = looks_table(kept or every)
    state = _("完整") if broken is None else _("从第 {row} 行起接不上", row=broken.split()[-1])
    about = [
        (_("表"), _("查看与导出记录")),
        (_("记录"), _("共 {n} 条，{state}", n=f"{len(every):,}", state=state)),
        (_("末条校验值"), every[-1].hash if every else "—"),
        *exported(who),
    ]
    return workbook_of([Sheet(_("数据"), block.frame, of_table(block))], about)


def done(kind: str) -> str:
    """What was done, in words."""
    return _(DONE[kind]) if kind in DONE else kind


def role(key: str) -> str:
    """A role in words; the command line has none."""
    if key == "terminal":
        return _(TERMINAL)
    return _(Role(key).label) if key in set(Role) else key


def subject(kind: str, what: str) -> str:
    """What was looked at, its codes in words: pages, metrics, ledgers; the rest as it is."""
    if kind in SAID:
        return SAID[kind](what)
    first, _space, rest = what.partition(" ")
    code, _dot, part = first.partition(".")
    if first == "rows":
        return behind(rest)
    if (page := next((s for s in sections() if s.key == code), None)) and part:
        named = [panel_named(panel) for panel in page.panels if panel.key == part]
        return "·".join([_(page.label), *filter(None, named)]) + f" {seen(rest)}"
    if first in THINGS:
        return f"{_(THINGS[first])} {rest}".strip()
    words = what.split(" ")
    named = list(takewhile(by_name().__contains__, words))
    titles = joined([title(by_name()[word]) for word in named])
    form = " ".join(words[len(named) :]).replace("persons", _("含个人信息"))
    return f"{titles} {form}".strip()


def panel_named(panel: Panel) -> str:
    """A panel by its first metric, or by the ledger it comes from."""
    if panel.metrics:
        return _(METRICS[panel.metrics[0]].label)
    return title(by_name()[panel.needs[0]]) if panel.needs else ""


def household(code: str) -> str:
    """A household, by its code."""
    return _("户 {code}", code=code.removeprefix("household "))


def search(what: str) -> str:
    """By what was searched and how many it found: by name and tail found 3."""
    kinds, count = search_told(what)
    by = joined([_(BY[kind]) if kind in BY else kind for kind in kinds])
    return _("{by}，找到 {n} 户", by=by, n=count) if count else by


def check(what: str) -> str:
    """Which ledgers were checked; `compared` where a load asked another department's too."""
    *names, last = what.split() or [""]
    asked = last == COMPARED
    known = by_name()
    named = names if asked else [*names, last]
    titles = joined([title(known[name]) for name in named if name in known])
    titles = titles or _("读不出台账的文件")
    return _("{ledgers}，收录时与别的部门的台账核对", ledgers=titles) if asked else titles


def account(what: str) -> str:
    """What became of whose account: 更改账号 王（管理员、专班人员）."""
    state = accounts.told(what)
    if state is None:
        return account_before(what)
    if state["act"] == "begun":
        return _("从这里起逐次核对账号，原有 {n} 个", n=state.get("accounts", 0))
    verb, name = VERBS.get(state["act"]), accounts.readable(state.get("name"))
    bound = [*map(role, map(accounts.readable, state.get("roles", [])))]
    bound += [_(accounts.readable(state["department"]))] if state.get("department") else []
    bound += [place_name(accounts.readable(place)) for place in state.get("places", [])]
    if state["act"] in GIVING:
        name = _("{name}（{role}）", name=name, role=joined(bound))
    return f"{_(verb) if verb else state['act']} {name}"


def account_before(what: str) -> str:
    """The same as it was told before accounts were proven: create 王 leader."""
    verb, _space, rest = what.partition(" ")
    name, _space, given = rest.rpartition(" ")
    if given in set(Role):
        rest = _("{name}（{role}）", name=name, role=role(given))
    if verb == "password":
        return _(VERBS[verb])
    return f"{_(VERBS[verb])} {rest}" if verb in VERBS else what


def chosen(what: str) -> str:
    """The role that somebody chose, with the department and places it is bound to."""
    first, _space, rest = what.partition(" ")
    return f"{role(first)} {rest}".strip()


def way_in(what: str) -> str:
    """By which door somebody came in."""
    return _("本地账号") if what == "local" else what


SAID: dict[str, Callable[[str], str]] = {
    "look": household, "unmask": household, "search": search, "account": account,
    "sign_in": way_in, "check": check, "role": chosen,
}  # fmt: skip


def behind(figure: str) -> str:
    """The rows of a metric's part: employment_rate.numerator 2024-Q3 …."""
    code, _space, rest = figure.partition(" ")
    key, _dot, part = code.partition(".")
    label = _(METRICS[key].label) if key in METRICS else key
    parts: dict[str, str] = dict(PARTS)
    return f"{label}·{_(parts.get(part, part))} {seen(rest)}".strip()


def seen(view: str) -> str:
    """The period and the place it was seen for: 2024-Q3 幸福小镇/3栋."""
    when, place, *more = [*view.split(" "), ""]
    more = [_("含个人信息") if word == "persons" else word for word in more]
    try:
        return " ".join([period(Period.parse(when)), place_name(place), *more]).strip()
    except ValueError:
        return view
