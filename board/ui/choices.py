"""A page's own choices: their widgets, their values in the URL and in the view."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from board.i18n import _
from board.sections import Choice, View
from board.ui import address

SIDE_BY_SIDE = 5


def choose(choices: Sequence[Choice], view: View, *, keep: bool = True) -> View:
    """The view with the values from the URL or the widgets; draws nothing.

    `keep` is false where another part of the page has already drawn the widgets.
    """
    for choice in choices:
        values = [value for value, _label in choice.offered(view)]
        if not values:
            continue
        requested = address.chosen(choice.key)
        value = requested if requested in values else choice.fallback(view)
        if keep:
            address.keep(choice.key, value)
        view = view.choosing(**{choice.key: value})
    return view


def offer(choices: Sequence[Choice], view: View) -> None:
    """Draw the widgets after `choose`: buttons for a few options, a drop-down for many."""
    visible = [choice for choice in choices if not choice.hidden and len(choice.offered(view)) > 1]
    if not visible:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for choice in visible:
            labels = {value: _(label) for value, label in choice.offered(view)}
            if len(labels) <= SIDE_BY_SIDE:
                address.switch(choice.key, _(choice.label), labels)
            else:
                address.select(choice.key, _(choice.label), labels, choice.width)
