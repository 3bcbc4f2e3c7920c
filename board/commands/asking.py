"""Load files from a terminal, asking once more where they are older than the stored rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from board.commands import terminal
from board.commands.answers import print_check, print_outcome
from board.commands.terminal import Format
from board.i18n import _

if TYPE_CHECKING:
    from board.intake import Outcome


def load_or_ask(load: Callable[[bool], Outcome], yes: bool, output: Format) -> Outcome:
    """The outcome of `load`, printed; it is called with whether older files may go in.

    Only a person at a terminal is asked: without one, or with `yes`, older files go in with their
    warnings. While the person thinks, the store is free for others.
    """
    outcome = load(yes or not _person_present())
    checked = outcome.check
    if outcome.declined:
        if output is not Format.JSON:
            print_check(checked)
        for finding in checked.older if output is Format.JSON else ():
            terminal.note(str(finding.message))
        if _agreed(_("确实要入库吗？（y/N）")):
            outcome = load(True)
    elif output is not Format.JSON:
        print_check(checked)
    if output is Format.JSON:
        terminal.out_json(outcome.as_dict())
        return outcome
    if outcome.check != checked:
        print_check(outcome.check)
    print_outcome(outcome)
    return outcome


def _person_present() -> bool:
    """Whether somebody can read the question and answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _agreed(question: str) -> bool:
    """Whether the person at the terminal answers yes; anything else is a no."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}
