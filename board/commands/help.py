"""Help in both languages: what is declared in Chinese is printed with its English behind it."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from board.i18n import Message


def in_both(text: str) -> str:
    """批号 · number of the batch; a text without English stays as it is."""
    message = Message(text)
    if message.zh == message.en:
        return text
    space = "" if message.zh.endswith("。") else " "
    return f"{message.zh}{space}· {message.en}"


class Command(TyperCommand):
    """A command; only who asks for its help waits for the catalogue."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help of the command and its parameters."""
        for described in (self, *self.params):
            _translate(described)
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands; only who asks for its help waits for the catalogue."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help of the group and a line a command."""
        for described in (self, *self.params, *self.commands.values()):
            _translate(described)
        super().format_help(ctx, formatter)


def _translate(described: Any) -> None:
    if getattr(described, "help", None):
        described.help = in_both(described.help)
