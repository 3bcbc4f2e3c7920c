"""Status and tone in Streamlit's markdown: a shape and a word in the theme's colours."""

from __future__ import annotations

from board.i18n import _
from board.metrics import Status

COLOURS = {
    "good": "green", "warn": "orange", "bad": "red", "undetermined": "violet", "mute": "gray",
}  # fmt: skip


def toned(text: str, tone: str) -> str:
    """Text in a tone's colour; the tone `ink` has no colour of its own."""
    return f":{COLOURS[tone]}[{text}]" if tone in COLOURS and text else text


def gray(text: str) -> str:
    """Small gray text."""
    return f":gray[:small[{text}]]" if text else ""


def mark(status: Status) -> str:
    """The status' shape in its colour."""
    return toned(f"**{status.mark}**", status.tone)


def mark_and_word(status: Status) -> str:
    """The status' shape and word in its colour."""
    return toned(f"**{status.mark} {_(status.word)}**", status.tone)
