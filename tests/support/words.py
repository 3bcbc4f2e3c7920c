"""The source strings of the program; `python -m tests.support.words` lists those without English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from board.i18n import N_, SEPARATOR, catalogue
from board.ledgers import ledgers

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = [PROJECT / "app.py", *PROJECT.glob("board/**/*.py"), *PROJECT.glob("pages/*.py")]


def text(node: ast.AST | None) -> str | None:
    """The text of a literal, with {} for what an f-string fills in; nothing for other code."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(text(part) or "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text(node.left), text(node.right)
        return None if left is None and right is None else f"{left or '{}'}{right or '{}'}"
    return None


def marked(node: ast.AST | None) -> str | None:
    """The source string of a call of `_` or `N_`, with its context."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "N_") and node.args:
        given = [argument for argument in map(text, node.args) if argument is not None]
        return N_(*given) if len(given) == len(node.args) else None
    return None


def messages(path: Path) -> Iterator[str]:
    """The source strings marked with `_` or `N_` in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (message := marked(node)) is not None:
            yield message


def codes() -> set[str]:
    """The codes of ledgers that are words; numbers of measures and years need no translation."""
    declared = {c for ledger in ledgers() for f in ledger.fields() for c in f.codes or ()}
    return {code for code in declared if re.search(r"[\u4e00-\u9fff]", code)}


def untranslated() -> list[str]:
    """The source strings, titles of ledgers and codes that no file of locale/en translates."""
    titles = [ledger.sheet_title().text for ledger in ledgers()]
    marked_texts = [message for path in SOURCES for message in messages(path)]
    known = catalogue("en")
    every = dict.fromkeys([*marked_texts, *titles, *sorted(codes())])
    return [message for message in every if message not in known]


def entry(message: str) -> str:
    """An entry of a .po file, its English still empty."""
    context, _separator, source = message.rpartition(SEPARATOR)
    quoted = source.replace('"', '\\"').replace("\n", "\\n")
    return (f'msgctxt "{context}"\n' if context else "") + f'msgid "{quoted}"\nmsgstr ""\n'


if __name__ == "__main__":
    print("\n".join(map(entry, untranslated())))
