"""Which of Streamlit's scripts the pages will ask for, so that the browser needn't find out one by one.

Streamlit loads each kind of element when the first one comes, and what that needs after it:
four round trips before the overview's figures stand. The document names them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# What every page begins with: choosers, the figures and the lines under them.
FIRST = ("Selectbox", "ButtonGroup", "Metric", "embed", "vega-interpreter", "PageLink")
# What a second page may want: fetched when the first one is done and nothing else is to do.
LATER = ("PlotlyChart", "DataFrame", "DownloadButton", "Button", "FileUploader", "Table")
IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([^"'`]+\.js)["'`]""")


@cache
def scripts() -> Path:
    """Where Streamlit keeps its scripts."""
    from streamlit import file_util

    return Path(file_util.get_static_dir()) / "static" / "js"


def needed(names: Iterable[str]) -> list[str]:
    """The files of the named scripts and of all they import; names it doesn't know are left out."""
    found: dict[str, None] = {}
    waiting = [path.name for name in names for path in scripts().glob(f"{name}.*.js")]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += imported(name)
    return list(found)


def imported(name: str) -> list[str]:
    """The files a script imports as it loads."""
    return IMPORT.findall((scripts() / name).read_text("utf-8"))


def links(page: str) -> str:
    """The document's links to what comes first and what may come later, but for those it has."""
    first = [name for name in needed(FIRST) if name not in page]
    later = [name for name in needed(LATER) if name not in page and name not in first]
    return "\n".join(
        [
            *(f'<link rel="modulepreload" crossorigin href="./static/js/{n}">' for n in first),
            *(
                f'<link rel="prefetch" as="script" crossorigin href="./static/js/{n}">'
                for n in later
            ),
        ]
    )
