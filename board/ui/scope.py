"""The view a reader asked for: scope, period and language from the URL, mended where invalid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from board import access, metrics
from board.access import ReaderSnapshot
from board.i18n import LANGUAGES, _, language, speak
from board.metrics import Period, Scope
from board.numerals import period as period_text
from board.numerals import place_name
from board.sections import KINDS, Section, View, fitting_scope
from board.theme import DARK, LIGHT, Theme
from board.ui import address, as_of, recheck, state
from board.ui.cache import cached
from board.ui.notices import NOTICES, notice


@dataclass(frozen=True)
class Offer:
    """What may be chosen in a snapshot: places and periods by their text in the URL."""

    places: dict[str, Scope]
    periods: dict[str, Period]
    usual: str
    through: Period | None


def choose_language() -> None:
    """Speak the reader's language for the rest of this run."""
    asked = address.chosen("lang")
    speak(asked if asked in LANGUAGES else "zh")
    address.keep("lang", language())


def choose_scope() -> View:
    """The view the URL asks for; what it asks in vain is said in a notice and mended."""
    who = recheck.begin()
    choose_language()
    st.session_state[NOTICES] = []
    snapshot = as_of.chosen(who.permissions) or state.snapshot()
    offer = offered(access.for_reader(snapshot, who.permissions))
    period, place = _chosen_period(offer), _chosen_place(offer)
    return View.of(snapshot, period, place, theme(), who)


def fitted(section: Section, view: View) -> View:
    """The view with the place the section can speak of; a notice says when it is another."""
    place = fitting_scope(section.scopes, view.scope)
    if place != view.scope:
        asked, near = place_name(view.scope), place_name(place)
        notice(_("本页不按{asked}统计，以下是{near}的数字。", asked=asked, near=near))
    return replace(view, scope=place)


def theme() -> Theme:
    """Light unless the reader's browser asks for dark; large on a shared screen."""
    found = DARK if st.context.theme.type == "dark" else LIGHT
    return found.presenting() if address.presenting() else found


def offered(snapshot: ReaderSnapshot) -> Offer:
    """Places and periods of a snapshot, looked up once."""
    return cached(("offer", snapshot.name, snapshot.permissions), partial(_offer, snapshot))


def _offer(snapshot: ReaderSnapshot) -> Offer:
    places = metrics.places(snapshot) or [Scope()]
    places = [place for place in places if snapshot.contains(place)] or [Scope()]
    months = metrics.periods(snapshot, "month")
    last = months[-1] if months else None
    periods = [p for kind in KINDS for p in reversed(metrics.periods(snapshot, kind))]
    periods = periods or [Period.parse("2025-Q4")]
    whole = [p for p in periods if last is None or p.end <= last.end]
    return Offer(
        places={str(place): place for place in places},
        periods={str(period): period for period in periods},
        usual=str((whole or periods)[0]),
        through=last,
    )


def _chosen_place(offer: Offer) -> Scope:
    usual = next(iter(offer.places))
    asked = address.chosen("scope") or usual
    if asked not in offer.places:
        notice(_("台账里没有“{name}”，已改看{usual}。", name=asked[:40], usual=place_name(usual)))
        asked = usual
    address.keep("scope", asked)
    return offer.places[asked]


def _chosen_period(offer: Offer) -> Period:
    asked = address.chosen("period") or offer.usual
    if asked not in offer.periods:
        usual = period_text(offer.periods[offer.usual])
        notice(_("台账里没有“{name}”这一期，已改看{usual}。", name=asked[:40], usual=usual))
        asked = offer.usual
    address.keep("period", asked)
    return offer.periods[asked]
