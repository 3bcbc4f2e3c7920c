"""Read and write the phrases that audit entries held before they were JSON.

`python -m board looks` shows an act by its phrase. Entries of earlier versions hold only a phrase.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from board.journal import acts
from board.journal.act_text import fields_of
from board.journal.acts import Act

PERSONS, COMPARED = "persons", "compared"
# The roles that a phrase about an account may name; later roles never occur in a phrase.
ROLES = frozenset({"viewer", "leader", "task_force", "department", "keeper", "admin"})


@dataclass(frozen=True)
class EarlierAccount(Act):
    """A change of an account in the earlier form; `bound` is the words after the role."""

    kind = "account"
    act: str
    name: str
    role: str = ""
    bound: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unclassified(Act):
    """A phrase that matches no known form, as its words."""

    words: tuple[str, ...]


# Acts whose phrase is a fixed pattern of their fields.
PATTERNS: dict[type[Act], str] = {
    acts.Look: "{household}", acts.Unmasking: "{household}",
    acts.Load: "batch {batch}", acts.Withdrawal: "batch {batch}",
    acts.Backup: "whole", acts.Restore: "restore", acts.Repair: "whole {steps}",
    acts.Retention: "before {before}", acts.FindingsExport: "findings",
    acts.LooksExport: "looks", acts.Lockout: "locked", acts.Revocation: "revoke {name}",
}  # fmt: skip


def phrase(act: Act) -> str:
    """An act as a phrase."""
    match act:
        case acts.AccountsBegun() | acts.AccountState():
            return json.dumps({"act": act.act, **fields_of(act)}, ensure_ascii=False)
        case acts.Search():
            count = "" if act.count is None else f" found {act.count}"
            return f"by {' and '.join(act.by)}{count}"
        case acts.PanelExport():
            return _words(f"{act.page}.{act.panel}", place(act))
        case acts.RowsExport():
            return _words("rows", f"{act.metric}.{act.part}", place(act))
        case acts.LedgerExport():
            form = f"{act.form}, {PERSONS}" if act.persons else act.form
            return _words(*act.ledgers, f"({form})")
        case acts.TemplateExport():
            persons = PERSONS if act.persons else ""
            return _words("template", act.ledger, act.month, str(act.rows), persons)
        case acts.Check():
            return _words(*act.ledgers, COMPARED if act.compared else "")
        case acts.Confirmation():
            return _words("confirm", *act.ledgers, act.month)
        case acts.SignIn():
            return _words(act.provider, act.subject)
        case acts.RoleChoice():
            return _words(act.role, act.department, *act.places)
        case EarlierAccount():
            return _words(act.act, act.name, act.role, *act.bound)
        case Unclassified():
            return " ".join(act.words)
    return PATTERNS[type(act)].format(**fields_of(act))


def place(shown: acts.Shown) -> str:
    """The period and place that an exported table shows, as part of a phrase."""
    return _words(shown.period, shown.scope, shown.household, PERSONS if shown.persons else "")


def headword(act: Act) -> str:
    """The first word of an act's phrase, which is safe to write into a log."""
    return phrase(act).partition(" ")[0]


def read(kind: str, text: str) -> Act:
    """The act that a phrase describes; Unclassified if it matches no known form."""
    reader = READERS.get(kind)
    return (reader(text) if reader else None) or Unclassified(tuple(text.split(" ")))


def _words(*words: str) -> str:
    return " ".join(filter(None, words))


def _household(act: Callable[[str], Act]) -> Callable[[str], Act]:
    """A reader of `XF0001`; early phrases put the word `household` before the code."""
    return lambda text: act(text.removeprefix("household "))


def _numbered(act: Callable[[int], Act], word: str) -> Callable[[str], Act | None]:
    """A reader of a word and a number, such as `batch 7`."""

    def read_number(text: str) -> Act | None:
        number = re.fullmatch(rf"{word} (\d+)", text)
        return act(int(number[1])) if number else None

    return read_number


def _search(text: str) -> Act:
    """`by name and tail found 3`; early phrases lack the count, and some lack `by`."""
    kinds, _separator, count = text.removeprefix("by ").partition(" found ")
    return acts.Search(tuple(kinds.split(" and ")), int(count) if count.isdecimal() else None)


def _export(text: str) -> Act | None:
    if text in ("findings", "looks"):
        return acts.FindingsExport() if text == "findings" else acts.LooksExport()
    if ledgers := re.fullmatch(rf"(.+) \((json|csv|xlsx)(, {PERSONS})?\)", text):
        return acts.LedgerExport(tuple(ledgers[1].split(" ")), ledgers[2], bool(ledgers[3]))
    if taken := re.fullmatch(rf"template (\w+) (\d{{4}}-\d\d) (\d+)( {PERSONS})?", text):
        return acts.TemplateExport(taken[1], taken[2], int(taken[3]), bool(taken[4]))
    first, *words = text.split(" ")
    if first == "rows" and words:
        metric, _dot, part = words[0].partition(".")
        return acts.RowsExport(metric=metric, part=part, **_shown(words[1:]))
    page, _dot, panel = first.partition(".")
    return acts.PanelExport(page=page, panel=panel, **_shown(words)) if page and panel else None


def _shown(words: Sequence[str]) -> dict[str, Any]:
    """The fields of Shown from their words: period, place, household if any, `persons` if any."""
    persons = words[-1:] == [PERSONS]
    period, scope, *more = [*(words[:-1] if persons else words), "", ""]
    return {
        "period": period, "scope": scope, "household": " ".join(more).strip(), "persons": persons,
    }  # fmt: skip


def _backup(text: str) -> Act | None:
    return {"whole": acts.Backup(), "restore": acts.Restore()}.get(text)


def _load(text: str) -> Act | None:
    """`batch 7`, or `confirm employment 2024-03`."""
    verb, *words = text.split(" ")
    if verb == "confirm" and words:
        return acts.Confirmation(tuple(words[:-1]), words[-1])
    return _numbered(acts.Load, "batch")(text)


def _account(text: str) -> Act:
    """`create 王 leader 3栋`, `reset 王` or `password set`; later entries are JSON."""
    verb, _space, rest = text.partition(" ")
    if text == "locked":
        return acts.Lockout()
    if verb == "revoke" and rest:
        return acts.Revocation(rest)
    words = rest.split(" ")
    named = [number for number, word in enumerate(words) if word in ROLES]
    if not named:
        return EarlierAccount(verb, rest)
    at = named[-1]
    return EarlierAccount(verb, " ".join(words[:at]), words[at], tuple(words[at + 1 :]))


def _sign_in(text: str) -> Act:
    provider, _space, subject = text.partition(" ")
    return acts.SignIn(provider, subject)


def _check(text: str) -> Act:
    words = text.split()
    compared = words[-1:] == [COMPARED]
    return acts.Check(tuple(words[:-1] if compared else words), compared)


def _retention(text: str) -> Act | None:
    day = re.fullmatch(r"before (\S+)", text)
    return acts.Retention(day[1]) if day else None


def _role_choice(text: str) -> Act:
    """`keeper 社会事务局` or `task_force 3栋 5栋/2单元`: a place begins with a digit."""
    role, *words = text.split(" ")
    bound = words[:1] if words and not words[0][:1].isdigit() else []
    return acts.RoleChoice(role, "".join(bound), tuple(words[len(bound) :]))


READERS: dict[str, Callable[[str], Act | None]] = {
    "look": _household(acts.Look), "unmask": _household(acts.Unmasking), "search": _search,
    "export": _export, "load": _load,
    "withdraw": _numbered(acts.Withdrawal, "batch"), "backup": _backup, "account": _account,
    "sign_in": _sign_in, "check": _check, "repair": _numbered(acts.Repair, "whole"),
    "retain": _retention, "role": _role_choice,
}  # fmt: skip
