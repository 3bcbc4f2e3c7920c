"""The view that the URL asks for: scope, period and language; invalid values are replaced."""

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
from board.plans import in_plan, of_scope
from board.sections import KINDS, Section, View, fitting_scope
from board.theme import DARK, LIGHT, Theme
from board.ui import address, as_of, recheck, state
from board.ui.cache import cached
from board.ui.notices import NOTICES, notice


@dataclass(frozen=True)
class Offer:
    """The scopes and periods of a snapshot by their text in the URL; `usual` is the default."""

    places: dict[str, Scope]
    periods: dict[str, Period]
    usual: str
    through: Period | None


def choose_language() -> None:
    """Set the language of this run: from the URL or the session, else Chinese."""
    requested = address.chosen("lang")
    speak(requested if requested in LANGUAGES else "zh")
    address.keep("lang", language())


def choose_scope() -> View:
    """The view that the URL asks for; a notice names each invalid value that is replaced."""
    who = recheck.begin()
    choose_language()
    st.session_state[NOTICES] = []
    snapshot = as_of.chosen(who.permissions) or state.snapshot()
    readable = access.for_reader(snapshot, who.permissions)
    period = _chosen_period(offered(readable))
    # The places are those of the plan that the period goes by.
    place = _chosen_place(offered(of_scope(readable, period.last_month)))
    return View.of(snapshot, period, place, theme(), who)


def with_supported_scope(section: Section, view: View) -> View:
    """The view with a scope that the section supports; a notice says when that is another one."""
    place = fitting_scope(section.scopes, view.scope, view.whole)
    if place != view.scope:
        requested, nearest = place_name(view.scope), place_name(place)
        notice(_("本页不按{asked}统计，以下是{near}的数字。", asked=requested, near=nearest))
    return replace(view, scope=place)


def theme() -> Theme:
    """The light theme, or the dark one where the browser asks for it; large on a shared screen."""
    base = DARK if st.context.theme.type == "dark" else LIGHT
    return base.presenting() if address.presenting() else base


def offered(snapshot: ReaderSnapshot) -> Offer:
    """The scopes and periods of a snapshot, cached."""
    return cached(
        ("offer", snapshot.name, snapshot.schema, snapshot.permissions), partial(_offer, snapshot)
    )


def _offer(snapshot: ReaderSnapshot) -> Offer:
    places = metrics.places(snapshot) or [Scope()]
    places = [place for place in places if snapshot.contains(place)] or [Scope()]
    months = metrics.periods(snapshot, "month")
    last = months[-1] if months else None
    periods = [p for kind in KINDS for p in reversed(metrics.periods(snapshot, kind))]
    periods = periods or [metrics.containing(in_plan(snapshot).until, "quarter")]
    complete = [p for p in periods if last is None or p.end <= last.end]
    return Offer(
        places={str(place): place for place in places},
        periods={str(period): period for period in periods},
        usual=str((complete or periods)[0]),
        through=last,
    )


def _chosen_place(offer: Offer) -> Scope:
    usual = next(iter(offer.places))
    key = address.chosen("scope") or usual
    if key not in offer.places:
        # The words of an address are not repeated: whoever sent the link wrote them.
        notice(_("台账里没有地址所说的范围，已改看{usual}。", usual=place_name(usual)))
        key = usual
    address.keep("scope", key)
    return offer.places[key]


def _chosen_period(offer: Offer) -> Period:
    key = address.chosen("period") or offer.usual
    if key not in offer.periods:
        usual = period_text(offer.periods[offer.usual])
        notice(_("台账里没有地址所说的时期，已改看{usual}。", usual=usual))
        key = offer.usual
    address.keep("period", key)
    return offer.periods[key]
