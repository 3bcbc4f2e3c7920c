"""The preload links for Streamlit's scripts, so that the browser fetches them at once.

Streamlit loads the script of a kind of element at its first use, and then the scripts that one
imports: four round trips before the overview's figures are drawn. The document links all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# What every page begins with: choosers, figures and sparklines.
FIRST = ("Selectbox", "ButtonGroup", "Metric", "embed", "vega-interpreter", "PageLink")
# What later pages may need: fetched when the first page is loaded and the browser is idle.
LATER = ("PlotlyChart", "DataFrame", "DownloadButton", "Button", "FileUploader", "Table")
IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([^"'`]+\.js)["'`]""")


@cache
def scripts() -> Path:
    """The folder of Streamlit's scripts."""
    from streamlit import file_util

    return Path(file_util.get_static_dir()) / "static" / "js"


def files_of(names: Iterable[str]) -> list[str]:
    """The files of the named scripts and of all they import; unknown names are left out."""
    files: dict[str, None] = {}
    waiting = [path.name for name in names for path in scripts().glob(f"{name}.*.js")]
    while waiting:
        name = waiting.pop(0)
        if name not in files:
            files[name] = None
            waiting += imported(name)
    return list(files)


def imported(name: str) -> list[str]:
    """The files a script imports as it loads."""
    return IMPORT.findall((scripts() / name).read_text("utf-8"))


def links(page: str) -> str:
    """The `<link>` tags for the first and the later scripts, without those `page` already names."""
    first = [name for name in files_of(FIRST) if name not in page]
    later = [name for name in files_of(LATER) if name not in page and name not in first]
    kinds = ((first, 'rel="modulepreload"'), (later, 'rel="prefetch" as="script"'))
    return "\n".join(
        f'<link {kind} crossorigin href="./static/js/{name}">'
        for names, kind in kinds
        for name in names
    )
