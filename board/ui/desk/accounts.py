"""The administrator's desk: accounts, their roles, who is in now, and a backup to take away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from board import backup, metrics
from board.access import Reader, Role, may_administer
from board.accounts import LOCAL, Account, Accounts, Session, Sessions
from board.durable import RefusedError
from board.i18n import _, language
from board.numerals import clock, place_name
from board.sections import View
from board.sections._words import joined, plain
from board.ui import fresh, state
from board.ui.marks import gray
from board.ui.panel import guarded
from board.ui.reader import named_departments

TOLD = "account_told"
OF_DEPARTMENTS = (Role.DEPARTMENT, Role.KEEPER)


def accounts(view: View) -> None:
    """Accounts and sessions, for an administrator alone; each part fails alone."""
    who = view.reader
    if not may_administer(who):
        return
    told()
    found = Accounts(state.root()).all()
    if not found and not who.session:
        guarded("accounts.first", first)
    else:
        # Whoever came in by a provider may have found no account of the board's own.
        guarded("accounts.list", lambda: listed(found))
        left, right = st.columns(2, gap="large")
        with left:
            guarded("accounts.add", lambda: adding(view, who))
        if found:
            with right:
                guarded("accounts.change", lambda: changing(view, who, found))
        guarded("accounts.sessions", lambda: sessions(who))
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


def first() -> None:
    """Before there is any account: the token that makes the first administrator."""
    st.subheader(_("还没有账号：谁都能在这台机器上看"), anchor=False)
    st.markdown(
        _(
            "建了第一个管理员，所有人都要登录才能看；看板也可以让别的机器打开。口令只在这里显示一回。"
        )
    )
    if st.button(_("给出第一个管理员的口令"), type="primary"):
        fresh.now()
        token = Accounts(state.root()).first_token()
        st.code(token, language=None)
        st.link_button(_("去设置密码"), "/signin/new")


def listed(found: Sequence[Account]) -> None:
    """Every account: role, department, places, whether it can sign in."""
    ready = sum(1 for one in found if one.enabled and one.ready)
    locked = Accounts(state.root()).locked()
    st.subheader(_("{n} 个账号，{ready} 个可以登录", n=len(found), ready=ready), anchor=False)
    if not found:
        return
    frame = pl.DataFrame(
        {
            _("账号"): [one.name for one in found],
            _("身份"): [_(one.role.label) for one in found],
            _("部门"): [_(one.department) if one.department else "" for one in found],
            _("范围"): [joined([place_name(place) for place in one.places]) for one in found],
            _("状态"): [standing(one, locked) for one in found],
            _("建于"): [clock(one.created_at) for one in found],
        }
    )
    st.dataframe(frame, hide_index=True, alt=_("账号"))


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
        role, department, places = rights(view, "new", None)
        if st.button(_("建立账号"), type="primary", disabled=not name.strip()):
            make = partial(Accounts(state.root()).create, name, role, who.name, department, places)
            done(make, _("已建账号“{name}”，把口令交给本人：", name=plain(name.strip())))


def changing(view: View, who: Reader, found: Sequence[Account]) -> None:
    """Another role for an account, a new password, or no more sign-in."""
    st.subheader(_("更改账号"), anchor=False)
    named = {one.name: one for one in found}
    store = Accounts(state.root())
    with st.container(border=True):
        name = st.selectbox(_("账号"), list(named), key="account.which")
        one = named[name]
        role, department, places = rights(view, f"of {name}", one)
        with st.container(horizontal=True, gap="small"):
            if st.button(_("保存")):
                change = partial(store.change, name, who.name, role, department, places)
                done(change, _("“{name}”的身份已改，下一次点击起生效。", name=plain(name)))
            # One's own would end this very session before its token could be read.
            if name != who.name and st.button(_("重设密码")):
                reset = partial(store.reset, name, who.name)
                done(reset, _("“{name}”原来的密码已作废，把口令交给本人：", name=plain(name)))
            if name in store.locked() and st.button(_("解锁")):
                free = partial(store.unlock, name, who.name)
                done(free, _("“{name}”已解锁，可以再试。", name=plain(name)))
            if st.button(_("停用") if one.enabled else _("启用")):
                turn = partial(store.enable, name, who.name, not one.enabled)
                done(turn, _("“{name}”{state}。", name=plain(name),
                             state=_("已停用") if one.enabled else _("已启用")))  # fmt: skip


def rights(view: View, key: str, one: Account | None) -> tuple[Role, str, tuple[str, ...]]:
    """The widgets for what an account may see: role, department where it has one, places."""
    labels = {role: _(role.label) for role in Role}
    held = list(Role).index(one.role) if one else 0
    role = st.selectbox(
        _("身份"), list(labels), held, key=f"role {key}", format_func=labels.__getitem__
    )  # fmt: skip
    department = ""
    places: tuple[str, ...] = ()
    if role in OF_DEPARTMENTS:
        names = named_departments()
        at = names.index(one.department) if one and one.department in names else 0
        department = st.selectbox(_("部门"), names, at, key=f"department {key}", format_func=_)
    else:
        known = [
            "/".join(part for part in (place.building, place.unit) if part)
            for place in metrics.places(view.snapshot)
            if place.building
        ]
        kept = [place for place in one.places if place in known] if one else []
        places = tuple(
            st.multiselect(
                _("只看这些楼栋或单元（不选为全部）"), known, kept, key=f"places {key}",
                format_func=place_name, placeholder=_("全部"),
            )
        )  # fmt: skip
    return role, department, places


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
            cut(one, who)


def cut(one: Session, who: Reader) -> None:
    """End a session; that is in the record too."""
    fresh.now()
    Sessions(state.root()).revoke(one.hash)
    state.on_record(who, "account", f"revoke {one.name}")
    st.session_state[TOLD] = _("“{name}”下一次点击就要重新登录。", name=plain(one.name)), ""
    st.rerun()


def taking_away() -> None:
    """The whole store in one file, made when it is asked for."""
    st.subheader(_("备份整个台账库"), anchor=False)
    st.markdown(
        _("备份里有个人信息和密钥，请存在上锁的地方；恢复用命令 `python -m board restore`。")
    )
    fresh.download(
        _("下载备份"), packed, "board-backup.tar", "application/x-tar",
        key="accounts.backup", record=("backup", "whole"), quiet=False,
    )  # fmt: skip


def packed() -> bytes:
    """The backup's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "backup.tar"
        backup.backup(state.root(), file)
        return file.read_bytes()


def done(act: Callable[[], str | None], sentence: str) -> None:
    """Do something to accounts; say what came of it, or why it was refused."""
    fresh.now()
    try:
        token = act()
    except RefusedError as refusal:
        st.error(plain(refusal.message_en if language() == "en" else refusal.message_zh))
        return
    st.session_state[TOLD] = sentence, token or ""
    st.rerun()
