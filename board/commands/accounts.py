"""Commands about who may sign in, for the operator of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from board.access import Role
from board.commands import terminal
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import _

if TYPE_CHECKING:
    from board.accounts import Accounts

app = typer.Typer(no_args_is_help=True, add_completion=False)

Name = Annotated[str, typer.Argument(help="账号 · name of the account")]
AsRoles = Annotated[
    list[Role],
    typer.Option("--role", help="身份，可重复，第一种先用 · role, repeatable, first holds"),
]
Of = Annotated[
    str, typer.Option("--department", help="部门 · department of a keeper or department")
]
Inside = Annotated[
    list[str] | None,
    typer.Option("--place", help="只看某楼栋或单元 · 3栋 or 3栋/2单元, repeatable"),
]


@app.command("list", help="列出账号 · List the accounts")
def listed(output: AsFormat = Format.TEXT, store: Store = None) -> None:
    """List accounts with what each may see; no password is known here."""
    from dataclasses import asdict

    found = [{"name": one.name, "role": one.role, **asdict(one)} for one in _accounts(store).all()]
    if output is Format.JSON:
        terminal.out_json(found)
    else:
        for row in found:
            row["roles"] = "、".join(row["roles"])
        headers = {
            "name": _("账号"), "roles": _("身份"), "department": _("部门"), "places": _("范围"),
            "enabled": _("启用"), "ready": _("已设密码"),
        }  # fmt: skip
        terminal.table(found, headers)


@app.command("first", help="第一个管理员的一次性口令 · The first administrator's one-time token")
def first(store: Store = None) -> None:
    """Print the token that makes the first administrator at /signin/new."""
    accounts = _accounts(store)
    if accounts.any():
        terminal.wrong(_("已经有账号了。"))
    _hand_over(accounts.first_token())


@app.command("add", help="新建账号 · Make an account")
def add(
    name: Name, role: AsRoles, department: Of = "", place: Inside = None, store: Store = None
) -> None:
    """Make an account and print the token its owner sets a password with."""
    from board import storage

    accounts = _accounts(store)
    _hand_over(accounts.create(name, role, storage.account(), department, place or ()))


@app.command("change", help="改身份 · Give an account other roles")
def change(
    name: Name, role: AsRoles, department: Of = "", place: Inside = None, store: Store = None
) -> None:
    """Give an account other roles, department and places."""
    from board import storage

    _accounts(store).change(name, storage.account(), role, department, place or ())
    terminal.out(_("已改，下一次点击起生效。"))


@app.command("reset", help="重设密码 · Take the password away and print a token for a new one")
def reset(name: Name, store: Store = None) -> None:
    """Void an account's password and sessions; print the token for a new one."""
    from board import storage

    _hand_over(_accounts(store).reset(name, storage.account()))


@app.command("unlock", help="解锁 · Let an account locked by wrong passwords try again")
def unlock(name: Name, store: Store = None) -> None:
    """Forget an account's wrong passwords, as when somebody else made them."""
    from board import storage

    _accounts(store).unlock(name, storage.account())
    terminal.out(_("已解锁。"))


@app.command("disable", help="停用 · Let an account sign in no more")
def disable(name: Name, store: Store = None) -> None:
    """Cut an account off at its next click."""
    _turn(name, False, store)


@app.command("enable", help="启用 · Let an account sign in again")
def enable(name: Name, store: Store = None) -> None:
    """Let an account sign in again."""
    _turn(name, True, store)


def _turn(name: str, enabled: bool, store: Store) -> None:
    from board import storage

    _accounts(store).enable(name, storage.account(), enabled)
    terminal.out(_("已启用。") if enabled else _("已停用。"))


def _accounts(store: Store) -> Accounts:
    """The accounts of a store; what is done to them here is on record as done at a terminal."""
    from board.accounts import Accounts

    return Accounts(terminal.root(store), acting="terminal")


def _hand_over(token: str) -> None:
    terminal.out(token)
    terminal.note(_("三天内用一次有效：在 /signin/new 填这个口令，设置密码。"))
