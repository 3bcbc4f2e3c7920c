"""The one HTML document a browser loads, in the reader's language, and what it may run."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from board.i18n import LANGUAGES, N_, Language, _, speaking
from board.serve.preload import links
from board.serve.static import FOREVER

NAME = N_("幸福小镇后续扶持督导")
NEEDS_SCRIPT = N_("这块看板需要浏览器运行 JavaScript。")
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Otherwise the browser looks for the services below a page's address (/assets/_stcore/…)
# first, gets an error for each, and only then takes the root.
AT_THE_ROOT = (
    "<script>window.__streamlit="
    "{BACKEND_BASE_URL:location.origin,MAIN_PAGE_BASE_URL:location.origin}</script>"
)
# The board's own stylesheet and script: what the theme has no word for.
OWN = Path(__file__).resolve().parent.parent / "ui" / "assets"
KINDS = {"css": "text/css", "js": "text/javascript"}
# Streamlit's own paths; everything else that has no extension is a page.
OWN_PATHS = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/", "/signin")
WATCH = '<script src="/signin/watch.js" defer></script>'


def source() -> str:
    """Streamlit's index.html as it was installed."""
    from streamlit import file_util

    return (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")


@cache
def document(language: Language, watched: bool = False) -> bytes:
    """The document with the board's name, in a language screen readers and fonts are told.

    Without Streamlit's own font, which the theme never uses, and without its pointer
    to an interface for programs, which is off. A watched one leads to signing in when the
    session is over.
    """
    with speaking(language):
        name, needs_script = _(NAME), _(NEEDS_SCRIPT)
    page = source().replace('<html lang="en">', f'<html lang="{TAGS[language]}">')
    page = re.sub(r"<title>.*?</title>", f"<title>{name}</title>", page)
    page = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{needs_script}</noscript>", page, flags=re.S
    )
    page = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", page)
    page = re.sub(r'<link\s+rel="service-desc"[^>]*>', "", page)
    page = re.sub(r"<!--.*?-->\s*", "", page, flags=re.S)
    page = page.replace("<script", f"{AT_THE_ROOT}<script", 1)
    own = f'<link rel="stylesheet" href="{named("css")}"><script src="{named("js")}"></script>'
    return page.replace(
        "</head>", f"{links(page)}\n{own}{WATCH if watched else ''}\n</head>"
    ).encode()


@cache
def named(kind: str) -> str:
    """Where the board's own stylesheet or script is: a changed one has another address."""
    return f"/board-{hashlib.sha256((OWN / f'board.{kind}').read_bytes()).hexdigest()[:12]}.{kind}"


@cache
def policy() -> str:
    """The Content-Security-Policy: this host alone, and Streamlit's one inline script."""
    inline = INLINE.findall(document("zh").decode())
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()) for script in inline]
    scripts = " ".join(f"'sha256-{digest.decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


class Documents:
    """Middleware that answers every page's address with the document in its language.

    And the stylesheet and script that the document names.
    """

    def __init__(self, app: ASGIApp, watched: Callable[[], bool] = lambda: False) -> None:
        self.app = app
        self.watched = watched

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page's address and its own files'; hand everything else on."""
        kind = next((kind for kind in KINDS if scope.get("path") == named(kind)), None)
        if kind and scope["type"] == "http":
            headers = {"Cache-Control": FOREVER}
            file = Response((OWN / f"board.{kind}").read_bytes(), 200, headers, KINDS[kind])
            await file(scope, receive, send)
            return
        if not is_page(scope):
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", ["zh"])[-1]
        language: Language = next((one for one in LANGUAGES if one == asked), "zh")
        response = Response(
            document(language, self.watched()),
            media_type="text/html",
            headers={"Cache-Control": "no-cache", "Content-Language": TAGS[language]},
        )
        await response(scope, receive, send)


def is_page(scope: Scope) -> bool:
    """Whether a request asks for a page: `/`, `/employment`, … but no file and no service."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    path = scope["path"]
    # The browser looks for Streamlit's services below a page's address first (/assets/_stcore/…)
    # and takes the root only when they are not there: a page has one segment, no more.
    return not path.startswith((*OWN_PATHS, "//")) and "/" not in path[1:] and "." not in path
