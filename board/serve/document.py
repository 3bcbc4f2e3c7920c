"""The one HTML document a browser loads, in the reader's language, and its content policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from board import storage
from board.i18n import LANGUAGES, N_, Language, _, speaking
from board.publish import board_name
from board.serve.preload import links
from board.serve.static import FOREVER

NEEDS_SCRIPT = N_("这块看板需要浏览器运行 JavaScript。")
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Without it, Streamlit's script first asks for its services below a page's address
# (/assets/_stcore/…), gets an error for each, and only then asks at the root.
AT_THE_ROOT = (
    "<script>window.__streamlit="
    "{BACKEND_BASE_URL:location.origin,MAIN_PAGE_BASE_URL:location.origin}</script>"
)
# The board's own stylesheet and script, for what Streamlit's theme can't set.
OWN = Path(__file__).resolve().parent.parent / "ui" / "assets"
KINDS = {"css": "text/css", "js": "text/javascript"}
# The pages that have a path of their own; the first page is at the root.
FIRST_PAGE = "overview"
PAGES = {file.stem for file in (OWN.parents[2] / "pages").glob("*.py")} - {FIRST_PAGE}
# Paths that are not pages; every other path of one segment without an extension is a page.
OWN_PATHS = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/", "/signin")
WATCH = '<script src="/signin/watch.js" defer></script>'


def source() -> str:
    """The text of Streamlit's own index.html."""
    from streamlit import file_util

    return (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")


@cache
def document(language: Language, name: str, requires_sign_in: bool = False) -> bytes:
    """The document with the board's name in its title; its `lang` tells screen readers and fonts the language.

    It leaves out Streamlit's own font, which the theme never uses, and the link to Streamlit's
    programming interface, which is off. With `requires_sign_in`, it includes the script that
    opens the sign-in page when the session is over.
    """
    with speaking(language):
        needs_script = _(NEEDS_SCRIPT)
    title = f"<title>{escape(name)}</title>"
    page = source().replace('<html lang="en">', f'<html lang="{TAGS[language]}">')
    page = re.sub(r"<title>.*?</title>", lambda _found: title, page)
    page = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{needs_script}</noscript>", page, flags=re.S
    )
    page = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", page)
    page = re.sub(r'<link\s+rel="service-desc"[^>]*>', "", page)
    page = re.sub(r"<!--.*?-->\s*", "", page, flags=re.S)
    page = page.replace("<script", f"{AT_THE_ROOT}<script", 1)
    style, script = own_file("css"), own_file("js")
    own = f'<link rel="stylesheet" href="{style}"><script src="{script}"></script>'
    watch = WATCH if requires_sign_in else ""
    return page.replace("</head>", f"{links(page)}\n{own}{watch}\n</head>").encode()


@cache
def own_file(kind: str) -> str:
    """The address of the board's own stylesheet or script; it changes with the content."""
    return f"/board-{hashlib.sha256((OWN / f'board.{kind}').read_bytes()).hexdigest()[:12]}.{kind}"


@cache
def policy() -> str:
    """The Content-Security-Policy: this host only, and the document's own inline scripts."""
    inline = INLINE_SCRIPT.findall(document("zh", "").decode())
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
    """Middleware that serves the document at every page's address, and its stylesheet and script.

    An address that no page has leads to the first page.

    `requires_sign_in` says whether readers must sign in at present.
    """

    def __init__(self, app: ASGIApp, requires_sign_in: Callable[[], bool] = lambda: False) -> None:
        self.app = app
        self.requires_sign_in = requires_sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for pages and the document's own files; pass on all others."""
        kind = next((kind for kind in KINDS if scope.get("path") == own_file(kind)), None)
        if kind and scope["type"] == "http":
            headers = {"Cache-Control": FOREVER}
            file = Response((OWN / f"board.{kind}").read_bytes(), 200, headers, KINDS[kind])
            await file(scope, receive, send)
            return
        if not is_page(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] != "/" and scope["path"][1:] not in PAGES:
            # Streamlit would say in English that there is no such page, over the first page.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"/?{query}" if query else "/")(scope, receive, send)
            return
        requested = parse_qs(scope["query_string"].decode("latin-1")).get("lang", ["zh"])[-1]
        language: Language = next(
            (supported for supported in LANGUAGES if supported == requested), "zh"
        )
        with speaking(language):
            name = board_name(storage.default_root())
        response = Response(
            document(language, name, self.requires_sign_in()),
            media_type="text/html",
            headers={"Cache-Control": "no-cache", "Content-Language": TAGS[language]},
        )
        await response(scope, receive, send)


def is_page(scope: Scope) -> bool:
    """Whether a request asks for a page (`/`, `/employment`), not for a file or a service."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    path = scope["path"]
    # Streamlit's script may ask for its services below a page's address (/assets/_stcore/…) first
    # and takes the root only on an error: so only a path of one segment is a page.
    return not path.startswith((*OWN_PATHS, "//")) and "/" not in path[1:] and "." not in path
