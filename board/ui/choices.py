"""A page's own choices: drawn where they belong, kept in the URL, given to the view."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from board.i18n import _
from board.sections import Choice, View
from board.ui import address

SIDE_BY_SIDE = 5


def choose(choices: Sequence[Choice], view: View, *, keep: bool = True) -> View:
    """The view with what the URL or the widgets chose; nothing is drawn yet.

    `keep` is not asked for where the widgets stand elsewhere on the page, drawn already.
    """
    for choice in choices:
        values = [value for value, _label in choice.offered(view)]
        if not values:
            continue
        asked = address.chosen(choice.key)
        value = asked if asked in values else choice.fallback(view)
        if keep:
            address.keep(choice.key, value)
        view = view.choosing(**{choice.key: value})
    return view


def offer(choices: Sequence[Choice], view: View) -> None:
    """The widgets of choices already made: buttons for a few, a drop-down for many."""
    shown = [one for one in choices if not one.hidden and len(one.offered(view)) > 1]
    if not shown:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for choice in shown:
            labels = {value: _(label) for value, label in choice.offered(view)}
            if len(labels) <= SIDE_BY_SIDE:
                address.switch(choice.key, _(choice.label), labels)
            else:
                address.select(choice.key, _(choice.label), labels, choice.width)
