"""The administrator's forms: accounts and their roles, open sessions, a backup to download."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import polars as pl
import streamlit as st

from board import backup, metrics, storage
from board.access import RIGHTS, Action, Reader, Role, demand, may
from board.accounts import LOCAL, Account, Accounts, Session, Sessions
from board.i18n import _
from board.journal import acts
from board.numerals import clock, place_name
from board.sections import View
from board.sections.words import joined, plain
from board.storage import RefusedError
from board.ui import recheck, state
from board.ui.forms.fields import text_field
from board.ui.panel import guarded
from board.ui.reader import named_departments
from board.ui.status_markup import gray

RESULT = "account_told"
Rights = tuple[tuple[Role, ...], str, tuple[str, ...]]


def accounts(view: View) -> None:
    """Accounts, sessions and backup, for an administrator only; each part fails alone."""
    who = view.reader
    if not may(who, Action.ACCOUNTS):
        return
    show_result()
    existing = Accounts(state.root()).all()
    if not existing and not who.session:
        guarded("accounts.first", lambda: first_account(who))
    else:
        # A reader who signed in with a provider may be here before the first local account.
        guarded("accounts.list", lambda: account_table(existing))
        left, right = st.columns(2, gap="large")
        with left:
            guarded("accounts.add", lambda: creation_form(view, who))
        if existing:
            with right:
                guarded("accounts.change", lambda: change_form(view, who, existing))
        if may(who, Action.SESSIONS):
            guarded("accounts.sessions", lambda: session_list(who))
    if may(who, Action.BACKUP):
        guarded("accounts.backup", backup_download)


def show_result() -> None:
    """The result of the last click, with its token; a token is shown once only."""
    if result := st.session_state.pop(RESULT, None):
        sentence, token = result
        st.success(sentence)
        if token:
            st.code(token, language=None)
            st.markdown(
                gray(_("三天内用一次有效：在登录页点“设置密码”，填这个口令。只显示这一回。"))
            )


def first_account(who: Reader) -> None:
    """While there is no account: the token that creates the first administrator."""
    st.header(_("还没有账号：谁都能在这台机器上看"), anchor=False)
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


def account_table(existing: Sequence[Account]) -> None:
    """Every account: roles, department, places, whether it can sign in."""
    ready = sum(1 for account in existing if account.enabled and account.ready)
    locked = Accounts(state.root()).locked()
    st.header(_("{n} 个账号，{ready} 个可以登录", n=len(existing), ready=ready), anchor=False)
    if not existing:
        return
    frame = pl.DataFrame(
        {
            _("账号"): [account.name for account in existing],
            _("身份"): [joined([_(role.label) for role in account.roles]) for account in existing],
            _("部门"): [
                _(account.department) if account.department else "" for account in existing
            ],
            _("范围"): [
                joined([place_name(place) for place in account.places]) for account in existing
            ],
            _("状态"): [sign_in_state(account, locked) for account in existing],
            _("建于"): [clock(account.created_at) for account in existing],
        }
    )
    st.dataframe(frame, hide_index=True, alt=_("账号"))


def sign_in_state(account: Account, locked: Mapping[str, str]) -> str:
    """Whether an account can sign in; `locked` maps a name to the end of its lock."""
    if not account.enabled:
        return _("已停用")
    if until := locked.get(account.name):
        return _("连续输错，锁到 {when}", when=clock(until))
    return _("可以登录") if account.ready else _("还没有设密码")


def creation_form(view: View, who: Reader) -> None:
    """Create an account; its owner sets the password with the token that is shown."""
    st.header(_("新建账号"), anchor=False)
    with st.container(border=True):
        name = text_field(_("账号"), 40, key="account.name")
        roles, department, places = rights_fields(view, "new", None)
        if st.button(_("建立账号"), type="primary", disabled=not (name.strip() and roles)):
            make = partial(Accounts(state.root()).create, name, roles, who.name, department, places)
            carry_out(
                recheck.now(),
                make,
                _("已建账号“{name}”，把口令交给本人：", name=plain(name.strip())),
            )


def change_form(view: View, who: Reader, existing: Sequence[Account]) -> None:
    """Change an account's roles, reset its password, unlock, disable or enable it."""
    st.header(_("更改账号"), anchor=False)
    by_name = {account.name: account for account in existing}
    store = Accounts(state.root())
    with st.container(border=True):
        name = st.selectbox(_("账号"), list(by_name), key="account.which")
        account = by_name[name]
        roles, department, places = rights_fields(view, f"of {name}", account)
        with st.container(horizontal=True, gap="small"):
            if st.button(_("保存"), disabled=not roles):
                change = partial(store.change, name, who.name, roles, department, places)
                carry_out(
                    recheck.now(),
                    change,
                    _("“{name}”的身份已改，下一次点击起生效。", name=plain(name)),
                )
            # Resetting the reader's own password ends this session before the token is read.
            if name != who.name and st.button(_("重设密码")):
                reset = partial(store.reset, name, who.name)
                carry_out(
                    recheck.now(),
                    reset,
                    _("“{name}”原来的密码已作废，把口令交给本人：", name=plain(name)),
                )
            if name in store.locked() and st.button(_("解锁")):
                free = partial(store.unlock, name, who.name)
                carry_out(recheck.now(), free, _("“{name}”已解锁，可以再试。", name=plain(name)))
            if st.button(_("停用") if account.enabled else _("启用")):
                turn = partial(store.enable, name, who.name, not account.enabled)
                carry_out(recheck.now(), turn, _("“{name}”{state}。", name=plain(name),
                             state=_("已停用") if account.enabled else _("已启用")))  # fmt: skip


def rights_fields(view: View, key: str, account: Account | None) -> Rights:
    """The fields for an account's roles, its department (where a role needs one), its places."""
    labels = {role: _(role.label) for role in Role}
    roles = tuple(
        st.multiselect(
            _("身份（可以多选，第一种先用）"), list(labels), account.roles if account else [Role.VIEWER],
            key=f"roles {key}", format_func=labels.__getitem__, placeholder=_("选一种身份"),
        )
    )  # fmt: skip
    department = ""
    places: tuple[str, ...] = ()
    if any(RIGHTS[role].own_department for role in roles):
        names = named_departments()
        index = names.index(account.department) if account and account.department in names else 0
        department = st.selectbox(_("部门"), names, index, key=f"department {key}", format_func=_)
    if not all(RIGHTS[role].own_department for role in roles):
        places = place_fields(view, key, account)
    return roles, department, places


def place_fields(view: View, key: str, account: Account | None) -> tuple[str, ...]:
    """The field for the buildings or units an account is limited to; none means all."""
    options = [
        "/".join(part for part in (place.building, place.unit) if part)
        for place in metrics.places(view.snapshot)
        if place.building
    ]
    selected = [place for place in account.places if place in options] if account else []
    return tuple(
        st.multiselect(
            _("只看这些楼栋或单元（不选为全部）"), options, selected, key=f"places {key}",
            format_func=place_name, placeholder=_("全部"),
        )
    )  # fmt: skip


def session_list(who: Reader) -> None:
    """The open sessions, each with a button that ends it."""
    store = Sessions(state.root())
    open_sessions = store.all()
    st.header(_("现在有 {n} 处登录", n=len(open_sessions)), anchor=False)
    for session in open_sessions:
        columns = st.columns([3, 2, 3, 3, 1.4], vertical_alignment="center")
        provider = "" if session.via == LOCAL else f" {gray(plain(session.via))}"
        columns[0].markdown(f"**{plain(session.name)}**{provider}")
        columns[1].markdown(_(session.role.label))
        columns[2].markdown(gray(_("{when} 登录", when=clock(session.opened_at))))
        columns[3].markdown(gray(_("{when} 还在用", when=clock(session.seen_at))))
        if session.hash == who.session:
            columns[4].markdown(gray(_("就是您")))
        elif columns[4].button(_("断开"), key=f"revoke {session.hash}", type="tertiary"):
            end_session(session, recheck.now())


def end_session(session: Session, who: Reader) -> None:
    """End a session, and record that in the audit log."""
    demand(who, Action.SESSIONS)
    Sessions(state.root()).revoke(session.hash)
    state.on_record(who, acts.Revocation(session.name))
    st.session_state[RESULT] = _("“{name}”下一次点击就要重新登录。", name=plain(session.name)), ""
    st.rerun()


def backup_download() -> None:
    """A button that downloads the whole store as one file, made at the click."""
    st.header(_("备份整个台账库"), anchor=False)
    st.markdown(
        _("备份里有个人信息和密钥，请存在上锁的地方；恢复用命令 `python -m board restore`。")
    )
    recheck.download(
        _("下载备份"), backup_bytes, "board-backup.tar", "application/x-tar",
        key="accounts.backup", record=acts.Backup(), action=Action.BACKUP, quiet=False,
    )  # fmt: skip


def backup_bytes() -> bytes:
    """The backup's bytes."""
    with storage.staging(state.root()) as folder:
        file = folder / "backup.tar"
        backup.backup(state.root(), file)
        return file.read_bytes()


def carry_out(who: Reader, act: Callable[[], str | None], sentence: str) -> None:
    """Change an account and keep the result for the next run; show the reason of a refusal."""
    try:
        demand(who, Action.ACCOUNTS)
        token = act()
    except RefusedError as refusal:
        st.error(plain(str(refusal.message)))
        return
    st.session_state[RESULT] = sentence, token or ""
    st.rerun()
