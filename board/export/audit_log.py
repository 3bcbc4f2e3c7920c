"""The audit log in words, as a table for a page or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import polars as pl

from board import accounts
from board.access import Reader, Role
from board.catalogue import METRICS
from board.export.columns import of_table
from board.export.definition_sheet import TERMINAL, export_terms
from board.export.workbook import Sheet, workbook_of
from board.i18n import N_, _
from board.journal import Act, AuditEntry, AuditKind, AuditLog, acts, phrases
from board.ledgers import by_name
from board.metrics import Period
from board.numerals import local, period, place_name
from board.sections import Panel, by_key
from board.sections.ledgers.page import title
from board.sections.rows_behind import PARTS
from board.sections.words import joined
from board.table import Table

KIND_LABELS: dict[AuditKind, str] = {
    "look": N_("查看"), "unmask": N_("显示个人信息"), "search": N_("查找"), "export": N_("导出"),
    "load": N_("入库"), "withdraw": N_("撤回"), "backup": N_("备份"), "account": N_("账号与角色"),
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
# These acts are shown with the roles that they give.
GIVING = ("create", "change", "taken over")


def looks_table(entries: Sequence[AuditEntry]) -> Table:
    """The entries of the audit log, newest first: time, account, role, act, subject, reason, hash."""
    newest = list(reversed(entries))
    frame = pl.DataFrame(
        {
            _("序号"): pl.Series([entry.seq for entry in newest], dtype=pl.Int64),
            _("时刻"): pl.Series([local(entry.at) for entry in newest], dtype=pl.Datetime),
            _("谁"): pl.Series([entry.who for entry in newest], dtype=pl.String),
            _("身份"): pl.Series([role(entry.role) for entry in newest], dtype=pl.String),
            _("做了什么"): pl.Series([kind_label(entry.kind) for entry in newest], dtype=pl.String),
            _("看了什么"): pl.Series([subject(entry.act) for entry in newest], dtype=pl.String),
            _("原因"): pl.Series([entry.why for entry in newest], dtype=pl.String),
            _("校验值"): pl.Series([entry.hash for entry in newest], dtype=pl.String),
        }
    )
    return Table(frame, file=_("查看与导出记录"), kinds={frame.columns[0]: "ordinal"})


def looks_workbook(
    root: Path, who: Reader | None = None, selected: Sequence[AuditEntry] = ()
) -> bytes:
    """The bytes of a workbook of the log, or of selected entries, that states its integrity."""
    log = AuditLog(root)
    entries, broken = log.all(), log.verify()
    block = looks_table(selected or entries)
    state = _("完整") if broken is None else _("从第 {row} 行起接不上", row=broken.split()[-1])
    about = [
        (_("表"), _("查看与导出记录")),
        (_("记录"), _("共 {n} 条，{state}", n=f"{len(entries):,}", state=state)),
        (_("末条校验值"), entries[-1].hash if entries else "—"),
        *export_terms(root, who),
    ]
    return workbook_of([Sheet(_("数据"), block.frame, of_table(block))], about)


def kind_label(kind: str) -> str:
    """The label of a kind of audit entry in the reader's language."""
    return _(KIND_LABELS[kind]) if kind in KIND_LABELS else kind


def role(key: str) -> str:
    """A role's label in the reader's language; the command line is called 命令行."""
    if key == "terminal":
        return _(TERMINAL)
    return _(Role(key).label) if key in set(Role) else key


def subject(act: Act) -> str:
    """What an act was about: pages, metrics and ledgers by their titles."""
    return SUBJECTS[type(act)](act)


def panel_named(panel: Panel) -> str:
    """A panel's name: the label of its first metric, or the title of its first ledger."""
    if panel.metrics:
        return _(METRICS[panel.metrics[0]].label)
    return title(by_name()[panel.needs[0]]) if panel.needs else ""


def household(act: acts.Look | acts.Unmasking) -> str:
    """A household by its code."""
    return _("户 {code}", code=act.household)


def search(act: acts.Search) -> str:
    """The fields of a search and the number of households it found: 姓名、房号，找到 3 户."""
    by = joined([_(BY[kind]) if kind in BY else kind for kind in act.by])
    return by if act.count is None else _("{by}，找到 {n}户", by=by, n=act.count)


def panel(act: acts.PanelExport) -> str:
    """A page and its panel, with period and place."""
    page = by_key().get(act.page)
    if page is None:
        return phrases.phrase(act).replace(phrases.PERSONS, _("含个人信息"))
    names = [panel_named(each) for each in page.panels if each.key == act.panel]
    return "·".join([_(page.label), *filter(None, names)]) + f" {period_and_place(act)}"


def rows_export(act: acts.RowsExport) -> str:
    """The rows behind a metric's part: 就业率·分子 2024年三季度 3栋."""
    label = _(METRICS[act.metric].label) if act.metric in METRICS else act.metric
    parts: dict[str, str] = dict(PARTS)
    return f"{label}·{_(parts.get(act.part, act.part))} {period_and_place(act)}".strip()


def period_and_place(act: acts.Shown) -> str:
    """The period and place of an export: 2024年三季度 3栋."""
    more = [act.household, _("含个人信息") if act.persons else ""]
    try:
        words = [period(Period.parse(act.period)), place_name(act.scope), *more]
    except ValueError:
        return phrases.place(act)
    return " ".join(filter(None, words))


def ledgers(act: acts.LedgerExport) -> str:
    """The exported ledgers and their format: 劳动力台账 (xlsx, 含个人信息)."""
    form = f"{act.form}, {_('含个人信息')}" if act.persons else act.form
    return with_titles([*act.ledgers, f"({form})"])


def template(act: acts.TemplateExport) -> str:
    """The prefilled template that was taken: 就业监测台账 2025年1月 预填 2,378 行 (含个人信息)."""
    words = _(
        "{ledger} {month} 预填模板，{n} 行",
        ledger=with_titles([act.ledger]), month=act.month, n=f"{act.rows:,}",
    )  # fmt: skip
    return f"{words}（{_('含个人信息')}）" if act.persons else words


def with_titles(words: Sequence[str]) -> str:
    """Words with the ledger names at their start replaced by titles."""
    names = list(takewhile(by_name().__contains__, words))
    titles = joined([title(by_name()[word]) for word in names])
    return " ".join([titles, *words[len(names) :]]).strip()


def confirmation(act: acts.Confirmation) -> str:
    """The ledgers whose month was marked as checked: 已核对 就业监测台账 2024-03."""
    return f"{_('已核对')} {with_titles([*act.ledgers, act.month])}"


def check(act: acts.Check) -> str:
    """The ledgers that were checked, and whether they were compared with other departments'."""
    declared = by_name()
    titles = joined([title(declared[name]) for name in act.ledgers if name in declared])
    titles = titles or _("读不出台账的文件")
    return _("{ledgers}，入库时与别的部门的台账核对", ledgers=titles) if act.compared else titles


def account(act: acts.AccountState) -> str:
    """What changed about which account: 更改账号 王（管理员、专班人员）."""
    name = accounts.readable(act.name)
    words = [*map(role, map(accounts.readable, act.roles))]
    words += [_(accounts.readable(act.department))] if act.department else []
    words += [place_name(accounts.readable(place)) for place in act.places]
    if act.act in GIVING:
        name = _("{name}（{role}）", name=name, role=joined(words))
    return f"{_(VERBS[act.act])} {name}"


def account_before(act: phrases.EarlierAccount) -> str:
    """The same for entries of an earlier format: 新建账号 王（管委领导）."""
    if act.act == "password":
        return _(VERBS[act.act])
    if act.act not in VERBS:
        return phrases.phrase(act)
    if act.role and not act.bound:
        name = _("{name}（{role}）", name=act.name, role=role(act.role))
    else:
        name = " ".join(filter(None, [act.name, act.role, *act.bound]))
    return f"{_(VERBS[act.act])} {name}"


def role_choice(act: acts.RoleChoice) -> str:
    """The chosen role, with its department and places."""
    return " ".join(filter(None, [role(act.role), act.department, *act.places]))


def sign_in(act: acts.SignIn) -> str:
    """The provider that an account signed in with."""
    local = act.provider == accounts.LOCAL and not act.subject
    return _("本地账号") if local else phrases.phrase(act)


def thing(name: str, more: object = "") -> str:
    """The label of an entry of THINGS, with a detail."""
    return f"{_(THINGS[name])} {more}".strip()


def unclassified(act: phrases.Unclassified) -> str:
    """A phrase of no known format; ledgers and THINGS at its start are replaced by labels."""
    first, *rest = act.words
    if first in THINGS:
        return thing(first, " ".join(rest))
    return with_titles(act.words).replace(phrases.PERSONS, _("含个人信息"))


SUBJECTS: dict[type[Act], Callable[[Any], str]] = {
    acts.Look: household, acts.Unmasking: household, acts.Search: search, acts.Check: check,
    acts.PanelExport: panel, acts.RowsExport: rows_export, acts.LedgerExport: ledgers,
    acts.TemplateExport: template,
    acts.FindingsExport: lambda _act: thing("findings"),
    acts.LooksExport: lambda _act: thing("looks"),
    acts.Load: lambda act: thing("batch", act.batch), acts.Confirmation: confirmation,
    acts.Withdrawal: lambda act: thing("batch", act.batch),
    acts.Backup: lambda _act: thing("whole"), acts.Restore: lambda _act: thing("restore"),
    acts.Repair: lambda act: thing("whole", act.steps),
    acts.Retention: lambda act: thing("before", act.before),
    acts.AccountsBegun: lambda act: _("从这里起逐次核对账号，原有 {n} 个", n=act.accounts),
    acts.AccountState: account, acts.Lockout: phrases.phrase,
    acts.Revocation: lambda act: f"{_(VERBS['revoke'])} {act.name}",
    acts.SignIn: sign_in, acts.RoleChoice: role_choice,
    phrases.EarlierAccount: account_before, phrases.Unclassified: unclassified,
}  # fmt: skip
