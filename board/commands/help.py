"""Help in both languages: each Chinese text is followed by its English translation."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from board.i18n import Message


def in_both(text: str) -> str:
    """A text with its English: 批号 · number of the batch. Unchanged if it has no English."""
    message = Message(text)
    if message.zh == message.en:
        return text
    space = "" if message.zh.endswith("。") else " "
    return f"{message.zh}{space}· {message.en}"


class Command(TyperCommand):
    """A command whose help is translated when it is printed: only then is the catalogue loaded."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help of the command and its parameters."""
        for described in (self, *self.params):
            _translate(described)
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help is translated when it is printed."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help of the group and one line for each command."""
        for described in (self, *self.params, *self.commands.values()):
            _translate(described)
        super().format_help(ctx, formatter)


def _translate(described: Any) -> None:
    if getattr(described, "help", None):
        described.help = in_both(described.help)
