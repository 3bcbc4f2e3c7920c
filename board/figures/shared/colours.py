"""The colours of categories: the same in every chart, whichever of them are shown."""

from __future__ import annotations

from collections.abc import Sequence

from board.i18n import N_
from board.metrics.axes import TOGETHER
from board.theme import Theme

OTHER = "其他"
REST = N_("不单独显示的合计")


def colours(names: Sequence[str], order: Sequence[str] | None, theme: Theme) -> dict[str, str]:
    """Each category's colour, by its place in the declared `order`; grey for what is summed up.

    Categories that are not declared have the colours after those; several together have the
    colour of the first.
    """
    declared = list(order or ())
    first = {name: name.partition(TOGETHER)[0] for name in names}
    others = [one for one in first.values() if one not in (*declared, OTHER, REST)]
    ranked = {name: n for n, name in enumerate(dict.fromkeys([*declared, *others]))}
    return {
        name: theme.axis
        if name in (OTHER, REST)
        else theme.series[ranked[first[name]] % len(theme.series)]
        for name in names
    }
