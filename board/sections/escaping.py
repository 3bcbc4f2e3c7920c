"""Texts from ledgers and addresses as plain text of a page: no markdown, no link."""

from __future__ import annotations

import re

# Signs of markdown, wherever they stand.
SIGNS = re.compile(r"[\\`*_{}\[\]<>$~:#|!&]")
# What makes a list or a heading of a line that begins with it: "- ", "1. ".
START = re.compile(r"^(\d{1,9})?([-+=.)])")
INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Renderers find addresses in plain text by themselves: an invisible sign keeps them apart.
ADDRESSES = re.compile(r"(?<=www)(?=\.)|(?=//)|(?=@)", re.IGNORECASE)
JOINER = "\u2060"


def plain(text: object) -> str:
    """Text from a ledger or an address, on one line, in which a page finds no markdown and no link."""
    line = BREAKS.sub(" ", INVISIBLE.sub("", str(text))).strip()
    return ADDRESSES.sub(JOINER, START.sub(r"\1\\\2", SIGNS.sub(r"\\\g<0>", line)))
