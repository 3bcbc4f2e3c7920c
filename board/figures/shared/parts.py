"""The parts of every figure: escaped text, annotations, lines, and the finished dict."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from board.figures.shared.large import enlarged
from board.theme import CLEAR, Theme, layout

Spec = dict[str, Any]
NOTHING = "<extra></extra>"
EMPTY_HEIGHT = 64  # px: the height of an empty figure in large type


def figure(
    data: Sequence[Spec], theme: Theme, alt: str, height: float, **own: Any
) -> dict[str, Any]:
    """The finished figure as a plotly dict; `height` in px, `own` are further layout settings.

    Settings that are None or an empty list are left out.
    """
    own = {name: value for name, value in own.items() if value not in (None, [])}
    drawn = {
        "data": [rounded(trace) for trace in data],
        "layout": layout(theme, height=round(height), meta={"alt": alt}, **own),
    }
    return enlarged(drawn, theme.times)


def rounded(trace: Spec) -> Spec:
    """The trace with at most six decimals: a screen shows no more, and it becomes smaller."""
    return {
        key: [round(v, 6) if isinstance(v, float) else v for v in value]
        if key in ("x", "y", "base") and isinstance(value, list)
        else value
        for key, value in trace.items()
    }


def escape(text: object) -> str:
    """Text from data, escaped so that plotly reads no markup in it."""
    plain = "" if text is None else str(text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bold(text: object) -> str:
    """Text from data, escaped and bold."""
    return f"<b>{escape(text)}</b>"


def coloured(text: object, colour: str) -> str:
    """Text from data, escaped, in a colour of the theme."""
    return f'<span style="color:{colour}">{escape(text)}</span>'


def width(text: object, size: float = 15) -> float:
    """The approximate width of a line of text in px; `size` is its type size in px."""
    em = sum(
        1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.64 if character.isupper() else 0.56
        for character in str(text)
    )  # fmt: skip
    return em * size


def widest(texts: Iterable[object], size: float = 15) -> float:
    """The width in px of the longest of several texts."""
    return max((width(text, size) for text in texts), default=0)


def wrapped(text: object, size: float, room: float) -> str:
    """Escaped text, broken into lines that fit a column of `room` px."""
    lines, line = [], ""
    for piece in pieces(str(text)):
        if line and width(line + piece.rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "<br>".join(escape(part) for part in [*lines, line.rstrip()])


def pieces(text: str) -> list[str]:
    """A text split where a line may break: after a space, or after a wide character."""
    finished, piece = [], ""
    for character in text:
        piece += character
        if character == " " or unicodedata.east_asian_width(character) in "WF":
            finished.append(piece)
            piece = ""
    return [*finished, piece] if piece else finished


def note(x: Any, y: Any, text: str, **own: Any) -> Spec:
    """An annotation at a position in data coordinates; its text must be escaped already."""
    return {"x": x, "y": y, "text": text, "xanchor": "left", "yanchor": "middle", **own}


def paper(x: float, y: Any, text: str, **own: Any) -> Spec:
    """An annotation with x as a fraction of the plot's width; its text must be escaped already."""
    return note(x, y, text, xref="paper", **own)


def legend(entries: Iterable[tuple[str, str, str]], theme: Theme, **own: Any) -> Spec:
    """The legend in the line above a chart; entries are (mark, colour, translated word)."""
    text = "　".join(
        f'<span style="color:{colour}">{mark}</span> {escape(word)}' for mark, colour, word in entries
    )  # fmt: skip
    font = {"size": 14, "color": theme.mute}
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left"}
    return {**place, "yanchor": "bottom", "yshift": 6, "text": text, "font": font, **own}


def rule(x0: Any, y0: Any, x1: Any, y1: Any, **own: Any) -> Spec:
    """A line as a layout shape; thin and in the gridline's colour, unless `own` sets another."""
    return {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, **own}


def line(xs: Sequence[Any], ys: Sequence[Any], colour: str, weight: float, **own: Any) -> Spec:
    """A line without markers; None is a gap in it."""
    stroke = {"color": colour, "width": weight, **own.pop("stroke", {})}
    return {"type": "scatter", "mode": "lines", "x": list(xs), "y": list(ys), "line": stroke,
            "hoverinfo": "skip", **own}  # fmt: skip


def dots(xs: Sequence[Any], ys: Sequence[Any], colour: Any, size: Any, **own: Any) -> Spec:
    """Markers without a line; `marker` adds to their style."""
    marker = {"color": colour, "size": size, **own.pop("marker", {})}
    return {"type": "scatter", "mode": "markers", "x": list(xs), "y": list(ys), "marker": marker,
            **own}  # fmt: skip


def hover(texts: Sequence[str], click_keys: Sequence[object] | None = None) -> Spec:
    """Hover texts, already escaped, and each mark's key, which a click on it passes on."""
    own: Spec = {"hovertext": list(texts), "hovertemplate": "%{hovertext}" + NOTHING}
    return own if click_keys is None else own | {"customdata": [[key] for key in click_keys]}


def iso(when: date) -> str:
    """A date in the format of plotly's axes."""
    return when.isoformat()


def empty(theme: Theme, sentence: str, height: float = 160) -> dict[str, Any]:
    """A figure that only shows a sentence: why there is nothing to draw."""
    off = {"visible": False, "range": [0, 1]}
    mute = {"size": 16, "color": theme.mute}
    words = paper(0, 0.5, escape(sentence), font=mute, yref="paper")
    blank = {"type": "scatter", "x": [0], "y": [0], "mode": "markers",
             "marker": {"color": CLEAR}, "hoverinfo": "skip"}  # fmt: skip
    height = height if theme.times == 1 else min(height, EMPTY_HEIGHT)
    return figure([blank], theme, sentence, height, annotations=[words], xaxis=off, yaxis=off,
                  margin={"l": 0, "r": 0, "t": 0, "b": 0})  # fmt: skip
