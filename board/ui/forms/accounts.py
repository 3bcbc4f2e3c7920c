"""The administrator's desk: accounts, their roles, who is in now, and a backup to take away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from board import backup, metrics
from board.access import RIGHTS, Action, Reader, Role, demand, may
from board.accounts import LOCAL, Account, Accounts, Session, Sessions
from board.i18n import _
from board.journal import acts
from board.numerals import clock, place_name
from board.sections import View
from board.sections.words import joined, plain
from board.storage import RefusedError
from board.ui import recheck, state
from board.ui.panel import guarded
from board.ui.reader import named_departments
from board.ui.status_markup import gray

TOLD = "account_told"
Given = tuple[tuple[Role, ...], str, tuple[str, ...]]


def accounts(view: View) -> None:
    """Accounts and sessions, for an administrator alone; each part fails alone."""
    who = view.reader
    if not may(who, Action.ACCOUNTS):
        return
    told()
    found = Accounts(state.root()).all()
    if not found and not who.session:
        guarded("accounts.first", lambda: first(who))
    else:
        # Whoever came in by a provider may have found no account of the board's own.
        guarded("accounts.list", lambda: listed(found))
        left, right = st.columns(2, gap="large")
        with left:
            guarded("accounts.add", lambda: adding(view, who))
        if found:
            with right:
                guarded("accounts.change", lambda: changing(view, who, found))
        if may(who, Action.SESSIONS):
            guarded("accounts.sessions", lambda: sessions(who))
    if may(who, Action.BACKUP):
        guarded("accounts.backup", taking_away)


def told() -> None:
    """What the last click came to, and a token, which is shown once and never again."""
    if said := st.session_state.pop(TOLD, None):
        sentence, token = said
        st.success(sentence)
        if token:
            st.code(token, language=None)
            st.markdown(
                gray(_("三天内用一次有效：在登录页点“设置密码”，填这个口令。只显示这一回。"))
            )


def first(who: Reader) -> None:
    """Before there is any account: the token that makes the first administrator."""
    st.subheader(_("还没有账号：谁都能在这台机器上看"), anchor=False)
    st.markdown(
        _(
            "建了第一个管理员，所有人都要登录才能看；看板也可以让别的机器打开。口令只在这里显示一回。"
        )
    )
    if st.button(_("给出第一个管理员的口令"), type="primary"):
        demand(recheck.now(), Action.ACCOUNTS)
        token = Accounts(state.root()).first_token()
        st.code(token, language=None)
        st.link_button(_("去设置密码"), "/signin/new")


def listed(found: Sequence[Account]) -> None:
    """Every account: roles, department, places, whether it can sign in."""
    ready = sum(1 for one in found if one.enabled and one.ready)
    locked = Accounts(state.root()).locked()
    st.subheader(_("{n} 个账号，{ready} 个可以登录", n=len(found), ready=ready), anchor=False)
    if not found:
        return
    frame = pl.DataFrame(
        {
            _("账号"): [one.name for one in found],
            _("身份"): [roles_named(one.roles) for one in found],
            _("部门"): [_(one.department) if one.department else "" for one in found],
            _("范围"): [joined([place_name(place) for place in one.places]) for one in found],
            _("状态"): [standing(one, locked) for one in found],
            _("建于"): [clock(one.created_at) for one in found],
        }
    )
    st.dataframe(frame, hide_index=True, alt=_("账号"))


def roles_named(roles: Sequence[Role]) -> str:
    """管理员、台账填报人."""
    return joined([_(role.label) for role in roles])


def standing(account: Account, locked: Mapping[str, str]) -> str:
    """Whether somebody can sign in with it."""
    if not account.enabled:
        return _("已停用")
    if until := locked.get(account.name):
        return _("连续输错，锁到 {when}", when=clock(until))
    return _("可以登录") if account.ready else _("还没有设密码")


def adding(view: View, who: Reader) -> None:
    """A new account: its owner sets the password with the token that comes out."""
    st.subheader(_("新建账号"), anchor=False)
    with st.container(border=True):
        name = st.text_input(_("账号"), max_chars=40, key="account.name")
        roles, department, places = rights(view, "new", None)
        if st.button(_("建立账号"), type="primary", disabled=not (name.strip() and roles)):
            make = partial(Accounts(state.root()).create, name, roles, who.name, department, places)
            done(
                recheck.now(),
                make,
                _("已建账号“{name}”，把口令交给本人：", name=plain(name.strip())),
            )


def changing(view: View, who: Reader, found: Sequence[Account]) -> None:
    """Other roles for an account, a new password, or no more sign-in."""
    st.subheader(_("更改账号"), anchor=False)
    named = {one.name: one for one in found}
    store = Accounts(state.root())
    with st.container(border=True):
        name = st.selectbox(_("账号"), list(named), key="account.which")
        one = named[name]
        roles, department, places = rights(view, f"of {name}", one)
        with st.container(horizontal=True, gap="small"):
            if st.button(_("保存"), disabled=not roles):
                change = partial(store.change, name, who.name, roles, department, places)
                done(
                    recheck.now(),
                    change,
                    _("“{name}”的身份已改，下一次点击起生效。", name=plain(name)),
                )
            # One's own would end this very session before its token could be read.
            if name != who.name and st.button(_("重设密码")):
                reset = partial(store.reset, name, who.name)
                done(
                    recheck.now(),
                    reset,
                    _("“{name}”原来的密码已作废，把口令交给本人：", name=plain(name)),
                )
            if name in store.locked() and st.button(_("解锁")):
                free = partial(store.unlock, name, who.name)
                done(recheck.now(), free, _("“{name}”已解锁，可以再试。", name=plain(name)))
            if st.button(_("停用") if one.enabled else _("启用")):
                turn = partial(store.enable, name, who.name, not one.enabled)
                done(recheck.now(), turn, _("“{name}”{state}。", name=plain(name),
                             state=_("已停用") if one.enabled else _("已启用")))  # fmt: skip


def rights(view: View, key: str, one: Account | None) -> Given:
    """The widgets for what an account may see: its roles, department where one needs it, places."""
    labels = {role: _(role.label) for role in Role}
    roles = tuple(
        st.multiselect(
            _("身份（可以多选，第一种先用）"), list(labels), one.roles if one else [Role.VIEWER],
            key=f"roles {key}", format_func=labels.__getitem__, placeholder=_("选一种身份"),
        )
    )  # fmt: skip
    department = ""
    places: tuple[str, ...] = ()
    if any(RIGHTS[role].own for role in roles):
        names = named_departments()
        at = names.index(one.department) if one and one.department in names else 0
        department = st.selectbox(_("部门"), names, at, key=f"department {key}", format_func=_)
    if not all(RIGHTS[role].own for role in roles):
        places = inside(view, key, one)
    return roles, department, places


def inside(view: View, key: str, one: Account | None) -> tuple[str, ...]:
    """The buildings or units that an account is narrowed to; none for all of them."""
    known = [
        "/".join(part for part in (place.building, place.unit) if part)
        for place in metrics.places(view.snapshot)
        if place.building
    ]
    kept = [place for place in one.places if place in known] if one else []
    return tuple(
        st.multiselect(
            _("只看这些楼栋或单元（不选为全部）"), known, kept, key=f"places {key}",
            format_func=place_name, placeholder=_("全部"),
        )
    )  # fmt: skip


def sessions(who: Reader) -> None:
    """Who is in now; any of them can be cut off."""
    store = Sessions(state.root())
    found = store.all()
    st.subheader(_("现在有 {n} 处登录", n=len(found)), anchor=False)
    for one in found:
        columns = st.columns([3, 2, 3, 3, 1.4], vertical_alignment="center")
        by = "" if one.via == LOCAL else f" {gray(plain(one.via))}"
        columns[0].markdown(f"**{plain(one.name)}**{by}")
        columns[1].markdown(_(one.role.label))
        columns[2].markdown(gray(_("{when} 登录", when=clock(one.opened_at))))
        columns[3].markdown(gray(_("{when} 还在用", when=clock(one.seen_at))))
        if one.hash == who.session:
            columns[4].markdown(gray(_("就是您")))
        elif columns[4].button(_("断开"), key=f"revoke {one.hash}", type="tertiary"):
            cut(one, recheck.now())


def cut(one: Session, who: Reader) -> None:
    """End a session; that is in the record too."""
    demand(who, Action.SESSIONS)
    Sessions(state.root()).revoke(one.hash)
    state.on_record(who, acts.Revocation(one.name))
    st.session_state[TOLD] = _("“{name}”下一次点击就要重新登录。", name=plain(one.name)), ""
    st.rerun()


def taking_away() -> None:
    """The whole store in one file, made when it is asked for."""
    st.subheader(_("备份整个台账库"), anchor=False)
    st.markdown(
        _("备份里有个人信息和密钥，请存在上锁的地方；恢复用命令 `python -m board restore`。")
    )
    recheck.download(
        _("下载备份"), packed, "board-backup.tar", "application/x-tar",
        key="accounts.backup", record=acts.Backup(), action=Action.BACKUP, quiet=False,
    )  # fmt: skip


def packed() -> bytes:
    """The backup's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup.tar"
        backup.backup(state.root(), file)
        return file.read_bytes()


def done(who: Reader, act: Callable[[], str | None], sentence: str) -> None:
    """Do something to accounts; say what came of it, or why it was refused."""
    try:
        demand(who, Action.ACCOUNTS)
        token = act()
    except RefusedError as refusal:
        st.error(plain(str(refusal.message)))
        return
    st.session_state[TOLD] = sentence, token or ""
    st.rerun()
