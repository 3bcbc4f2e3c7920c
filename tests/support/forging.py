"""A reader who sends any frame at any time: what a page once offered is asked for again later."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.support.viewer import PATH

# The pages alone, served without the gate: what they themselves give to whom.
UNGATED = (
    sys.executable, "-c",
    "import uvicorn, streamlit as st; "
    "uvicorn.run(st.App('app.py'), host='127.0.0.1', port={port}, log_level='error')",
)  # fmt: skip
FIGURES = ("metric", "dataframe", "plotly_chart", "download_button")
PATIENCE, LOST = 60, 5  # seconds for one answer, and until one is taken for lost


@dataclass
class Offered:
    """What of a page can be asked for: widgets by id, files by theirs, and what runs alone."""

    buttons: dict[str, str] = field(default_factory=dict)
    folds: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    choices: dict[str, WidgetState] = field(default_factory=dict)
    fragments: dict[str, list[WidgetState]] = field(default_factory=dict)


@dataclass
class Forger:
    """One open page; `heard` is all it was sent since `forget`, and how many `figures` were in it.

    `offered` is what it may ask for.
    """

    address: str
    headers: dict[str, str]
    heard: list[bytes] = field(default_factory=list)
    offered: Offered = field(default_factory=Offered)
    pages: dict[str, str] = field(default_factory=dict)
    figures: int = 0
    session: str = ""
    closed: bool = False
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        """Connect as a browser does."""
        self._socket = await connect(
            self.address.replace("http://", "ws://") + PATH, subprotocols=[Subprotocol("streamlit")],
            origin=Origin(self.address), max_size=None, compression=None,
            additional_headers=self.headers,
        )  # fmt: skip
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Leave."""
        assert self._socket
        await self._socket.close()

    async def run(
        self, page: str = "", query: str = "", fragment: str = "", *widgets: WidgetState
    ) -> None:
        """Have a page run, or one of its fragments, until it has ended."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id = query, fragment
        asked.context_info.color_scheme = "light"
        if page in self.pages:
            asked.page_script_hash = self.pages[page]
        asked.widget_states.widgets.extend(widgets)
        await self._ask(message)
        await self.until("script_finished")

    async def files(self, *named: str) -> list[str]:
        """The addresses of files made on a click, all asked for at once; only those given."""
        for one in named:
            message = BackMsg()
            message.backend_operation_request.request_id = one
            message.backend_operation_request.session_id = self.session
            message.backend_operation_request.deferred_file.file_id = one
            await self._ask(message)
        given: list[str] = []
        # A page that starts over meanwhile may take answers along: then no more will come.
        with suppress(TimeoutError):
            while len(given) < len(named) and not self.closed:
                answer = await self.until("backend_operation_response", LOST)
                given.append(answer.backend_operation_response.deferred_file.url if answer else "")
        return [url for url in given if url]

    def forget(self) -> None:
        """Begin to listen anew."""
        self.heard.clear()
        self.figures = 0

    @property
    def began(self) -> bool:
        """Whether a whole page began since: each run of one tells the menu."""
        return any(
            ForwardMsg.FromString(raw).WhichOneof("type") == "navigation" for raw in self.heard
        )

    def found(self, words: set[str]) -> set[str]:
        """Which of the words were heard."""
        heard = b"\n".join(self.heard).decode("utf-8", "replace")
        return {word for word in words if word in heard}

    async def _ask(self, message: BackMsg) -> None:
        assert self._socket
        if not self.closed:
            await self._socket.send(message.SerializeToString())

    async def until(self, kind: str, patience: float = PATIENCE) -> ForwardMsg | None:
        """Listen until a message of that kind, of a run until its last; none once cut off."""
        assert self._socket
        while not self.closed:
            try:
                raw = await asyncio.wait_for(self._socket.recv(), patience)
            except ConnectionClosed:
                self.closed = True
                break
            assert isinstance(raw, bytes)
            self.heard.append(raw)
            answer: ForwardMsg = ForwardMsg.FromString(raw)
            self._listen(answer)
            early = answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if answer.WhichOneof("type") == kind and not (kind == "script_finished" and early):
                return answer
        return None

    def _listen(self, answer: ForwardMsg) -> None:
        kind, offered = answer.WhichOneof("type"), self.offered
        if kind == "navigation":
            self.pages = {p.url_pathname: p.page_script_hash for p in answer.navigation.app_pages}
        if kind == "new_session":
            self.session = answer.new_session.initialize.session_id or self.session
        if kind != "delta":
            return
        block, element = answer.delta.add_block, answer.delta.new_element
        alone = answer.delta.fragment_id
        here = offered.fragments.setdefault(alone, []) if alone else []
        chosen = choice(element)
        if chosen:
            offered.choices[element.selectbox.label or chosen.id] = chosen
            here.append(chosen)
        what = element.WhichOneof("type")
        self.figures += what in FIGURES
        if what == "button":
            offered.buttons[element.button.id] = element.button.label
        elif what == "download_button" and element.download_button.deferred_file_id:
            offered.files.append(element.download_button.deferred_file_id)
        elif what == "text_input":
            offered.texts.append(element.text_input.id)
        for fold in (block.popover.id, block.expandable.id):
            if fold:
                offered.folds.append(fold)


def choice(element: Element) -> WidgetState | None:
    """The last option of a drop-down or of a row of buttons."""
    what = element.WhichOneof("type")
    if what == "selectbox" and element.selectbox.options:
        return WidgetState(id=element.selectbox.id, string_value=element.selectbox.options[-1])
    if what == "button_group" and element.button_group.options:
        state = WidgetState(id=element.button_group.id)
        state.string_array_value.data.append(element.button_group.options[-1].content)
        return state
    return None


def clicked(button: str) -> WidgetState:
    """A button's click."""
    return WidgetState(id=button, trigger_value=True)


def unfolded(fold: str) -> WidgetState:
    """A popover or expander opened."""
    return WidgetState(id=fold, bool_value=True)


def written(text_input: str, text: str) -> WidgetState:
    """Something written in a line."""
    return WidgetState(id=text_input, string_value=text)
