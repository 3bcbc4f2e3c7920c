"""Texts that try to become more than text on a page or in a file, and what they have become of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from markdown_it import MarkdownIt

HOST = "evil.example"
WORD = "evilword"
_ADDRESSES = [
    f"{scheme}{user}{HOST}{rest}"
    for scheme, user, rest in product(
        (
            "https://",
            "http://",
            "HTTPS://",
            "www.",
            "WWW.",
            "mailto:",
            "ftp://",
            "//",
            "javascript:",
        ),
        ("", "a@"),
        ("", "/a?b=1#c"),
    )
]
_AROUND = ("{}", "<{}>", "[x]({})", "![x]({})", "（{}）", "**{}**", "[x]: {}", "`{}`", "> {}")
_FORMULAS = [
    f"{start}{call}"
    for start, call in product(
        ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " ="),
        (f'HYPERLINK("https://{HOST}","{WORD}")', f"cmd|' /C {WORD}'!A0", f"1+1+{WORD}"),
    )
]
_MARKUP = [
    f"<b>{WORD}</b>", f"<script>{WORD}</script>", f"<img src=x onerror={WORD}>", f"<svg/onload={WORD}>",
    f"<a href='https://{HOST}'>{WORD}</a>", f"<!-- {WORD} -->", f"&lt;b&gt;{WORD}", f"<br>{WORD}",
    f"**{WORD}**", f"__{WORD}__", f"~~{WORD}~~", f"`{WORD}`", f"```\n{WORD}", f"# {WORD}", f"> {WORD}",
    f"- {WORD}", f"* {WORD}", f"+ {WORD}", f"1. {WORD}", f"1) {WORD}", f"- [ ] {WORD}", f"    {WORD}",
    f"\t{WORD}", f"{WORD}\n===", f"{WORD}\n---", f"---\n{WORD}", f"| {WORD} | b |\n|---|---|\n| 1 | 2 |",
    f"${WORD}$", f"$$\n{WORD}\n$$", f"\\({WORD}\\)", f":rainbow[{WORD}]", f":blue-background[{WORD}]", f":material/{WORD}:", f":{WORD}:", f":smile: {WORD}", f"{{{{{WORD}}}}}", f"{{{WORD}}}",
    f"{{0.{WORD}}}", f"%s{WORD}", f"\u202e{WORD}\u202c", f"\u2066{WORD}\u2069", f"{WORD}\u200b\u200d",
    f"\ufeff{WORD}", f"\x00{WORD}\x07", f"{WORD}\r\r- {WORD}", f"{WORD}\u2028# {WORD}", f"{WORD}" * 200,
    f"{WORD}\\", f"\\{WORD}", f"[^1]{WORD}", f"{WORD}[^1]: x", f"a@{HOST}", f"<a@{HOST}>", f"{WORD}  \n{WORD}",
    f"'{WORD}", f'"{WORD}"', f"{WORD};drop table", f"<{WORD}", f"]({WORD}", f"{WORD}](https://{HOST})",
]  # fmt: skip
TEXTS = (
    *_MARKUP,
    *_FORMULAS,
    *(
        _AROUND[(number + times) % len(_AROUND)].format(address)
        for times in range(3)
        for number, address in enumerate(_ADDRESSES)
    ),
)

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# As the page's renderer finds addresses in plain text.
_FOUND = re.compile(
    r"(?:https?://|www\.)[-.\w]+|(?:mailto:|xmpp:)?[-.\w+]+@[-\w]+(?:\.[-\w]+)+", re.IGNORECASE
)
# Words of the board's own markdown are others: gray, small, red …
_MATHS = re.compile(r"(?<!\\)\$[^$]*" + f"(?:{WORD}|{HOST})")
_DIRECTIVE = re.compile(rf"(?<!\\):(?:(?:rainbow|blue-background)\[|[\w/+-]*{WORD}[\w/+-]*:)")
# The parts of a message that a page renders as markdown.
RENDERED = {"body", "label", "help", "caption"}


def strings(message: Any) -> Iterator[str]:
    """The strings of a message that a page renders as markdown, and those of the messages in it."""
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        if field.message_type and field.message_type.GetOptions().map_entry:
            continue
        for one in values:
            if hasattr(one, "ListFields"):
                yield from strings(one)
            elif isinstance(one, str) and field.name in RENDERED:
                yield one


def live(markdown: str) -> list[str]:
    """What of a hostile text in markdown would be an element of the page, and not text."""
    if WORD not in markdown and HOST not in markdown:
        return []
    tokens = [t for block in RENDERER.parse(markdown) for t in (block, *(block.children or ()))]
    elements = [_element(token) for token in tokens]
    texts = [token.content for token in tokens if token.type in ("text", "code_inline")]
    found = [f"link {one}" for text in texts for one in _FOUND.findall(text) if HOST in one]
    maths = [f"maths {one}" for one in _MATHS.findall(markdown)]
    return [*filter(None, elements), *found, *maths, *_DIRECTIVE.findall(markdown)]


def _element(token: Any) -> str:
    """What a token is, where it is more than text and comes of a hostile text."""
    attributes = " ".join(map(str, token.attrs.values()))
    if token.type in ("link_open", "image") and HOST in attributes:
        return f"{token.type} {attributes}"
    if token.type in ("html_inline", "html_block", "fence", "code_block") and _is_own(
        token.content
    ):
        return f"{token.type} {token.content}"
    if token.type in ("heading_open", "bullet_list_open", "ordered_list_open", "blockquote_open",
                      "table_open"):  # fmt: skip
        return str(token.type)
    return ""


def _is_own(content: str) -> bool:
    return WORD in content or HOST in content
