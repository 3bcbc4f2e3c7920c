"""The colours and fonts of the charts, light and dark, and the layout all charts share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

Tone = Literal["good", "warn", "bad", "undetermined", "mute"]
FONT = (
    '"Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei",'
    ' "PingFang SC", sans-serif'
)
CLEAR = "rgba(0,0,0,0)"
PRESENTING = 1.875  # enlarges the charts' type from 15 px to 28 px
# A click opens a drill-through; it must not fade the other marks.
CLICKED = {kind: [{"unselected": {"marker": {"opacity": 1}}}] for kind in ("scatter", "bar")}
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


@dataclass(frozen=True)
class Theme:
    """The colours of one mode, as hex texts; text on `ramp[i]` has the colour `on_ramp[i]`.

    `times` is the factor by which charts are enlarged, 1 on a normal screen.
    """

    name: Literal["light", "dark"]
    ground: str
    ink: str
    mute: str
    grey: str
    gridline: str
    axis: str
    band: str
    accent: str
    light: str
    good: str
    warn: str
    bad: str
    undetermined: str
    ramp: tuple[str, str, str, str]
    on_ramp: tuple[str, str, str, str]
    series: tuple[str, ...]
    times: float = 1

    def faint(self, colour: str, share: float) -> str:
        """A colour of the theme made transparent; `share` is its opacity, 0 to 1."""
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return f"rgba({red},{green},{blue},{share})"

    def presenting(self) -> Theme:
        """The same colours for a projector, with charts enlarged."""
        return replace(self, times=PRESENTING)

    def tone(self, tone: Tone) -> str:
        """The text colour of a status."""
        return str(getattr(self, tone))


LIGHT = Theme(
    name="light",
    ground="#FFFFFF", ink="#14233B", mute="#4A5766", grey="#5B6775",
    gridline="#E3E8EF", axis="#9AA8B8", band="#EDF1F6",
    accent="#12436D", light="#B9CBDD",
    good="#096A60", warn="#9A4D00", bad="#A61B29", undetermined="#5D4190",
    ramp=("#DCE6F0", "#9DBAD6", "#3E6C9B", "#12436D"),
    on_ramp=("#14233B", "#14233B", "#FFFFFF", "#FFFFFF"),
    series=(
        "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D",
        "#A285D1", "#5B6775", "#8FA9C4", "#B85C00", "#0B7A6F",
    ),
)  # fmt: skip
DARK = Theme(
    name="dark",
    ground="#0A1524", ink="#EAF1F9", mute="#B4C1D1", grey="#A5B4C6",
    gridline="#22364F", axis="#4A617E", band="#16263D",
    accent="#8FC1F0", light="#39587D",
    good="#6ADCCC", warn="#FFBE78", bad="#FF8585", undetermined="#CDB7F3",
    ramp=("#1C3552", "#2F5B8A", "#5A93C9", "#A9D0F5"),
    on_ramp=("#EAF1F9", "#EAF1F9", "#0A1524", "#0A1524"),
    series=(
        "#8FC1F0", "#56D1C0", "#E58BBE", "#FFB25C", "#C9D3DF",
        "#C4A9F0", "#A5B4C6", "#5F86B0", "#F2D06B", "#6ADCCC",
    ),
)  # fmt: skip


def layout(theme: Theme, **own: Any) -> dict[str, Any]:
    """A plotly layout: a template of shared defaults, and a chart's own settings.

    The template replaces plotly's own (3 kB a chart), and styles every axis, annotation and
    shape, so that a chart only sets what differs.
    """
    return {"template": {"layout": _defaults(theme), "data": CLICKED}, **own}


def _defaults(theme: Theme) -> dict[str, Any]:
    axis = {"fixedrange": True, "zeroline": False, "tickfont": {"size": 14, "color": theme.mute}}
    return {
        "font": {"family": FONT, "size": 15, "color": theme.ink},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.ground,
            "bordercolor": theme.axis,
            "font": {"family": FONT, "size": 14, "color": theme.ink},
            "align": "left",
        },
        "margin": {"l": 44, "r": 72, "t": 8, "b": 52},
        "xaxis": axis
        | {
            "showgrid": False, "showline": True, "linecolor": theme.axis, "linewidth": 1,
            "ticks": "outside", "ticklen": 5, "tickcolor": theme.axis,
        },
        "yaxis": axis | {"gridcolor": theme.gridline, "gridwidth": 1, "showline": False},
        "annotationdefaults": {"showarrow": False},
        "shapedefaults": {"layer": "between", "line": {"color": theme.gridline, "width": 1}},
    }  # fmt: skip
