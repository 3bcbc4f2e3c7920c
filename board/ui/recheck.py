"""Look up the reader again for everything that runs apart from its page.

Streamlit reruns a dialog alone, makes a download in a thread of its own, and calls a widget's
callback before the page. Each of them holds what its page was made with, while the reader may
since have another role, fewer places, no session, or a shared screen. So all of them go through
here, and do nothing for a reader other than the page's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from board.access import Action, Reader, demand
from board.accounts import PAGE_HEADER, OpenPage, register_page
from board.i18n import _, language, speaking
from board.journal import Act, phrases
from board.plans import Plan, speak_of, spoken_of
from board.sections.words import plain
from board.storage import RefusedError, disk_fault
from board.ui import address, state
from board.ui.reader import SHOWN_AS, SHOWN_FOR, reader

OPEN_PAGE = "open_page"
# Seconds until a page starts over: an immediate run would cancel the response to the click.
DELAY_SECONDS = 0.3
# The choices that survive a change of reader; everything else may name a household.
SAFE = ("scope", "period", "lang", "at", address.PRESENT)
log = logging.getLogger("board.ui")


class NotMadeError(Exception):
    """A file that could not be made; it has no text, since errors may quote a cell."""


class AnotherReaderError(Exception):
    """The reader who clicks is not the reader the button was drawn for."""


def begin() -> Reader:
    """At the start of a run and of its page, look up the reader.

    What the session holds for another reader is deleted.
    """
    open_page, who = _open_page(), _current_reader()
    if open_page.made_for != who and (open_page.made_for or who.presenting):
        forget()
    open_page.made_for, open_page.left = who, False
    return who


def forget() -> None:
    """Empty the session, except for the reader's role and the safe choices."""
    choices: dict[str, str] = st.session_state.get(address.KEPT, {})
    safe_keys = {OPEN_PAGE, SHOWN_AS, SHOWN_FOR, *map(address.widget, SAFE)}
    for key in set(map(str, st.session_state)) - safe_keys:
        del st.session_state[key]
    st.session_state[address.KEPT] = {name: choices[name] for name in SAFE if name in choices}


def now() -> Reader:
    """The reader at this moment; starts the page over where it was made for another reader."""
    page_reader = _page_reader()
    if _current_reader() != page_reader:
        st.rerun()
    return page_reader


def dialog(title: str, draw: Callable[[], None]) -> None:
    """Open a dialog over the page; a choice in it reruns `draw` alone."""
    body = partial(_draw_dialog, _page_reader(), language(), spoken_of(), draw)
    st.dialog(title, width="large")(body)()


def _draw_dialog(
    page_reader: Reader, lang: str, plan: Plan | None, draw: Callable[[], None]
) -> None:
    if _current_reader() != page_reader:
        st.rerun()
    # A dialog reruns in a thread of its own, which has no language and no plan set.
    with speaking(lang):
        speak_of(plan)
        draw()


def callback(act: Callable[..., object], *arguments: object) -> Callable[[], None]:
    """A widget's callback; it does nothing where the reader is no longer the page's."""
    return partial(_run_callback, _page_reader(), act, *arguments)


def _run_callback(page_reader: Reader, act: Callable[..., object], *arguments: object) -> None:
    if _current_reader() == page_reader:
        act(*arguments)


def download(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    mime: str,
    *,
    key: str,
    record: Act | None = None,
    action: Action | None = None,
    about: str | None = None,
    quiet: bool = True,
) -> None:
    """A button; its file is made, and `record` added to the audit log, at the click.

    `action` is the permission that the download needs; None where it needs none.
    """
    context = get_script_run_ctx()
    page_name = context.session_id if context else ""
    st.download_button(
        label,
        partial(
            recorded_file,
            _open_page(),
            _page_reader(),
            page_name,
            language(),
            partial(_with_words_of, spoken_of(), make),
            record,
            action,
        ),
        file_name=file_name,
        mime=mime,
        key=key,
        help=about,
        type="tertiary" if quiet else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )


def recorded_file(
    open_page: OpenPage,
    page_reader: Reader,
    page_name: str,
    lang: str,
    make: Callable[[], bytes],
    record: Act | None,
    action: Action | None = None,
) -> bytes:
    """The bytes of a download, after its entry is in the audit log; runs in a thread of its own.

    Raises NotMadeError where making fails or the reader has changed; then the page starts over,
    and after a refusal, such as that of a full disk, says why nothing was given.
    """
    try:
        with speaking(lang):
            _check_reader(open_page, page_reader)
            if action:
                demand(page_reader, action)
            content = make()
            # The reader may have changed while the file was made.
            _check_reader(open_page, page_reader)
        if record:
            state.on_record(page_reader, record)
    except AnotherReaderError:
        if not open_page.left:
            open_page.left = True
            start_over(page_name)
        raise NotMadeError from None
    except Exception as error:
        label = phrases.headword(record) if record else "a file"
        log.error("%s could not be exported: %s", label, type(error).__name__)
        open_page.refusal = error if isinstance(error, RefusedError) else disk_fault(error)
        if open_page.refusal:
            start_over(page_name)
        raise NotMadeError from None
    return content


def show_refusal() -> None:
    """Say once why the last download of the page was not made."""
    open_page = _open_page()
    if open_page.refusal:
        why = plain(str(open_page.refusal.message))
        st.error(_("没有给出文件：{why}", why=why))
    open_page.refusal = None


def _with_words_of(plan: Plan | None, make: Callable[[], bytes]) -> bytes:
    """The bytes of a file that names departments and measures as the page's plan does."""
    speak_of(plan)
    return make()


def start_over(page_name: str) -> None:
    """Rerun an open page from another thread; Streamlit has no public function for it."""
    info = get_instance()._session_mgr.get_active_session_info(page_name) if exists() else None
    if info:
        session = info.session
        again = partial(session.request_rerun, session._client_state)
        session._event_loop.call_soon_threadsafe(
            session._event_loop.call_later, DELAY_SECONDS, again
        )


def _check_reader(open_page: OpenPage, page_reader: Reader) -> None:
    if open_page.reader(state.root()) != page_reader:
        raise AnotherReaderError


def _page_reader() -> Reader:
    """The reader this run's page is made for."""
    return _open_page().made_for or begin()


def _current_reader() -> Reader:
    """The reader, looked up now."""
    open_page = _open_page()
    open_page.asked = reader()
    return open_page.asked


def _open_page() -> OpenPage:
    """The page's state outside its runs; the gate finds it by the page's name."""
    open_page: OpenPage = st.session_state.setdefault(OPEN_PAGE, OpenPage())
    if page_name := st.context.headers.get(PAGE_HEADER):
        register_page(page_name, open_page)
    return open_page
