"""Commands that list and change accounts, for the operator of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from board import storage
from board.access import Role
from board.commands import terminal
from board.commands.help import Command, Group
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import N_, _

if TYPE_CHECKING:
    from board.accounts import Accounts

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False)

Name = Annotated[str, typer.Argument(help=N_("账号", "help"))]
AsRoles = Annotated[
    list[Role],
    typer.Option("--role", help=N_("身份，可重复，第一种先用", "help")),
]
Of = Annotated[str, typer.Option("--department", help=N_("部门", "help"))]
Inside = Annotated[
    list[str] | None,
    typer.Option("--place", help=N_("只看某楼栋或单元", "help")),
]


@app.command("list", cls=Command, help=N_("列出账号", "help"))
def listed(output: AsFormat = Format.TEXT, store: Store = None) -> None:
    """List accounts with their roles, departments and places; passwords are not shown."""
    from dataclasses import asdict

    listing = [
        {"name": account.name, "role": account.role, **asdict(account)}
        for account in _accounts(store).all()
    ]
    if output is Format.JSON:
        terminal.out_json(listing)
    else:
        for row in listing:
            row["roles"] = "、".join(row["roles"])
        headers = {
            "name": _("账号"), "roles": _("身份"), "department": _("部门"), "places": _("范围"),
            "enabled": _("启用"), "ready": _("已设密码"),
        }  # fmt: skip
        terminal.table(listing, headers)


@app.command("first", cls=Command, help=N_("第一个管理员的一次性口令", "help"))
def first(store: Store = None) -> None:
    """Print the one-time token that creates the first administrator at /signin/new."""
    accounts = _accounts(store)
    if accounts.any():
        terminal.stop(_("已经有账号了。"))
    _print_token(accounts.first_token())


@app.command("add", cls=Command, help=N_("新建账号", "help"))
def add(
    name: Name, role: AsRoles, department: Of = "", place: Inside = None, store: Store = None
) -> None:
    """Create an account and print the one-time token for setting its password."""
    accounts = _accounts(store)
    _print_token(accounts.create(name, role, storage.account(), department, place or ()))


@app.command("change", cls=Command, help=N_("改身份", "help"))
def change(
    name: Name, role: AsRoles, department: Of = "", place: Inside = None, store: Store = None
) -> None:
    """Give an account other roles, department and places."""
    _accounts(store).change(name, storage.account(), role, department, place or ())
    terminal.out(_("已改，下一次点击起生效。"))


@app.command("reset", cls=Command, help=N_("重设密码", "help"))
def reset(name: Name, store: Store = None) -> None:
    """Delete an account's password, end its sessions, and print the token for a new password."""
    _print_token(_accounts(store).reset(name, storage.account()))


@app.command("unlock", cls=Command, help=N_("解锁", "help"))
def unlock(name: Name, store: Store = None) -> None:
    """Unlock an account that is locked after wrong passwords."""
    _accounts(store).unlock(name, storage.account())
    terminal.out(_("已解锁。"))


@app.command("disable", cls=Command, help=N_("停用", "help"))
def disable(name: Name, store: Store = None) -> None:
    """Disable an account; its sessions end at once."""
    _set_enabled(name, False, store)


@app.command("enable", cls=Command, help=N_("启用", "help"))
def enable(name: Name, store: Store = None) -> None:
    """Let an account sign in again."""
    _set_enabled(name, True, store)


def _set_enabled(name: str, enabled: bool, store: Store) -> None:
    _accounts(store).enable(name, storage.account(), enabled)
    terminal.out(_("已启用。") if enabled else _("已停用。"))


def _accounts(store: Store) -> Accounts:
    """The accounts of a store; audit entries name the role `terminal`."""
    from board.accounts import Accounts

    return Accounts(terminal.root(store), acting="terminal")


def _print_token(token: str) -> None:
    terminal.out(token)
    terminal.note(_("三天内用一次有效：在 /signin/new 填这个口令，设置密码。"))
