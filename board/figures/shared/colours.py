"""The colours of categories: the same in every chart, whichever of them are shown."""

from __future__ import annotations

from collections.abc import Sequence

from board.i18n import N_
from board.theme import Theme

OTHER = "其他"
REST = N_("不单独显示的合计")


def colours(names: Sequence[str], order: Sequence[str] | None, theme: Theme) -> dict[str, str]:
    """Each category's colour, by its place in the declared `order`; grey for what is summed up.

    Categories that are not declared have the colours after those.
    """
    declared = list(order or ())
    others = [name for name in names if name not in (*declared, OTHER, REST)]
    ranked = {name: n for n, name in enumerate([*declared, *others])}
    return {
        name: theme.axis
        if name in (OTHER, REST)
        else theme.series[ranked[name] % len(theme.series)]
        for name in names
    }
