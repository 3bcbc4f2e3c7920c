"""Whatever runs apart from its page asks anew who reads, and gives nothing to anybody else.

Streamlit runs a dialog alone, makes a download in a thread of its own, and calls a widget's
callback before the page: each holds what its page was made with, while the reader may since
have another role, fewer places, no session, or a shared screen. So all of them go through here.
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
from board.i18n import language, speaking
from board.journal import Act, phrases
from board.ui import address, state
from board.ui.reader import AS, SHOWN_AS, SHOWN_FOR, reader

SEAT = "seat"
# Seconds until a page starts over: a run begun at once would lose the answer to the click.
ANSWERED = 0.3
# The choices that survive a change of reader; everything else may name a household.
SAFE = ("scope", "period", "lang", "at", address.PRESENT)
log = logging.getLogger("board.ui")


class NotMadeError(Exception):
    """A file that could not be made; says no more, since errors may quote a cell."""


class AnotherReaderError(Exception):
    """A file asked for by somebody else than the reader it was offered to."""


def begin() -> Reader:
    """At the start of a whole run, and of its page: who reads, from here on.

    What the session held for another reader is forgotten.
    """
    seat, who = _seat(), _asked()
    if seat.made_for != who and (seat.made_for or who.presenting):
        forget()
    seat.made_for, seat.left = who, False
    return who


def forget() -> None:
    """Empty the session but for who reads and what of the address is safe."""
    kept: dict[str, str] = st.session_state.get(address.KEPT, {})
    stays = {SEAT, AS, SHOWN_AS, SHOWN_FOR, *map(address.widget, SAFE)}
    for key in set(map(str, st.session_state)) - stays:
        del st.session_state[key]
    st.session_state[address.KEPT] = {name: kept[name] for name in SAFE if name in kept}


def now() -> Reader:
    """Who reads at this moment; where the page was made for another reader it starts over."""
    made_for = _made_for()
    if _asked() != made_for:
        st.rerun()
    return made_for


def dialog(title: str, draw: Callable[[], None]) -> None:
    """Open something over the page: a choice made in it runs `draw` alone."""
    drawn = partial(_drawn, _made_for(), language(), draw)
    st.dialog(title, width="large")(drawn)()


def _drawn(made_for: Reader, spoken: str, draw: Callable[[], None]) -> None:
    if _asked() != made_for:
        st.rerun()
    # The thread that runs a dialog alone has not yet heard the language.
    with speaking(spoken):
        draw()


def callback(act: Callable[..., object], *given: object) -> Callable[[], None]:
    """A widget's callback; it does nothing for another reader than its page was made for."""
    return partial(_called, _made_for(), act, *given)


def _called(made_for: Reader, act: Callable[..., object], *given: object) -> None:
    if _asked() == made_for:
        act(*given)


def download(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    mime: str,
    *,
    key: str,
    record: Act | None = None,
    asks: Action | None = None,
    about: str | None = None,
    quiet: bool = True,
) -> None:
    """A button whose file is made when it is clicked; `record` says what is put on record then.

    `asks` is the action that it is, where not everyone may take it.
    """
    context = get_script_run_ctx()
    page = context.session_id if context else ""
    st.download_button(
        label,
        partial(taken, _seat(), _made_for(), page, language(), make, record, asks),
        file_name=file_name,
        mime=mime,
        key=key,
        help=about,
        type="tertiary" if quiet else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )


def taken(
    seat: OpenPage,
    made_for: Reader,
    page: str,
    spoken: str,
    make: Callable[[], bytes],
    record: Act | None,
    asks: Action | None = None,
) -> bytes:
    """The file, once it is on record who takes it; runs in a thread that knows no page."""
    try:
        with speaking(spoken):
            _same(seat, made_for)
            if asks:
                demand(made_for, asks)
            made = make()
            # Making takes its time: the reader may have changed meanwhile.
            _same(seat, made_for)
        if record:
            state.on_record(made_for, record)
    except AnotherReaderError:
        if not seat.left:
            seat.left = True
            start_over(page)
        raise NotMadeError from None
    except Exception as error:
        named = phrases.headword(record) if record else "a file"
        log.error("%s could not be exported: %s", named, type(error).__name__)
        raise NotMadeError from None
    return made


def start_over(page: str) -> None:
    """Have an open page run again, from a thread outside its runs: Streamlit has no word for it."""
    found = get_instance()._session_mgr.get_active_session_info(page) if exists() else None
    if found:
        session = found.session
        again = partial(session.request_rerun, session._client_state)
        session._event_loop.call_soon_threadsafe(session._event_loop.call_later, ANSWERED, again)


def _same(seat: OpenPage, made_for: Reader) -> None:
    if seat.reader(state.root()) != made_for:
        raise AnotherReaderError


def _made_for() -> Reader:
    """Whom this run's page is made for."""
    return _seat().made_for or begin()


def _asked() -> Reader:
    """Who reads, looked up now."""
    seat = _seat()
    seat.asked = reader()
    return seat.asked


def _seat() -> OpenPage:
    """What is known of this page outside its runs, found by the gate under the page's name."""
    seat: OpenPage = st.session_state.setdefault(SEAT, OpenPage())
    if page := st.context.headers.get(PAGE_HEADER):
        register_page(page, seat)
    return seat
