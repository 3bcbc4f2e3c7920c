"""The HTML of the sign-in pages: the board's own, without a script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from board import storage
from board.i18n import N_, Language, _, speaking
from board.publish import board_name
from board.serve.document import TAGS
from board.serve.providers import Provider

# For each language the other one, named in its own words.
OTHER_LANGUAGE: dict[Language, tuple[Language, str]] = {
    "en": ("zh", "中文"), "zh": ("en", "English"),
}  # fmt: skip
PASSWORDS_DIFFER = N_("两次输入的密码不一样。")
STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #14233b; --line: #d3dbe5; --soft: #f2f5f9;
  --accent: #12436d; --on-accent: #fff; --wrong: #a61b29; --mute: #4a5766; }
@media (prefers-color-scheme: dark) { :root { --ground: #0a1524; --ink: #eaf1f9; --line: #2c425e;
  --soft: #12233a; --accent: #8fc1f0; --on-accent: #0a1524; --wrong: #ff8585; --mute: #b4c1d1; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
  color: var(--ink); font: 16px/1.6 "Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK SC",
  "Microsoft YaHei", "PingFang SC", sans-serif; }
main { width: min(26rem, calc(100vw - 3rem)); padding: 2rem 0 4rem; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 .25rem; }
p { margin: 0 0 1.25rem; color: var(--mute); }
label { display: block; font-weight: 700; margin: 1rem 0 .25rem; }
input { width: 100%; font: inherit; color: inherit; padding: .55rem .75rem; border-radius: 2px;
  border: 1px solid var(--line); background: var(--soft); }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent);
  outline-offset: 2px; }
button, .way { display: block; width: 100%; margin-top: 1.5rem; padding: .6rem; font: inherit;
  font-weight: 700; text-align: center; border-radius: 2px; border: 1px solid var(--accent);
  background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; }
.way { background: none; color: var(--accent); margin-top: .75rem; }
.wrong { color: var(--wrong); font-weight: 700; margin: 1rem 0 0; }
nav { margin-top: 2rem; display: flex; justify-content: space-between; font-size: .875rem; }
nav a { color: var(--accent); }
"""
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{DIGEST}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def form(
    language: Language,
    next_path: str,
    providers: Iterable[Provider] = (),
    error: str = "",
    name: str = "",
    status: int = 200,
) -> Response:
    """The form for name and password, with a link for each provider.

    `next_path` is the page to open afterwards; `error` says why the last try was refused.
    """
    with speaking(language):
        links = "".join(
            f'<a class="way" href="/signin/oidc/{quote(provider.key)}?next={quote(next_path, safe="")}'
            f'&amp;lang={language}">'
            f"{escape(_('用{provider}登录', provider=provider.title))}</a>"
            for provider in providers
        )
        body = f"""
<h1>{escape(board_name(storage.default_root()))}</h1>
<p>{escape(_("请登录。十五分钟不用会自动退出。"))}</p>
<form method="post" action="/signin?next={quote(next_path, safe="")}&amp;lang={language}">
{field("name", _("账号"), "text", "username", name)}
{field("password", _("密码"), "password", "current-password")}
{alert(error)}<button>{escape(_("登录"))}</button></form>{links}
<nav><a href="/signin/new?lang={language}">{escape(_("有一次性口令？设置密码"))}</a>
{other_language(language, f"/signin?next={quote(next_path, safe='')}")}</nav>"""
        return page(_("登录"), body, language, status)


def new_password(language: Language, error: str = "", name: str = "") -> Response:
    """The form for a one-time token, the first administrator's name, and a new password, twice."""
    with speaking(language):
        body = f"""
<h1>{escape(_("设置密码"))}</h1>
<p>{escape(_("口令由管理员给您，或在看板第一次启动时印在终端里；用过一次就作废。"))}</p>
<form method="post" action="/signin/new?lang={language}">
{field("token", _("一次性口令"), "text", "off")}
{field("name", _("账号（只有第一个管理员要填）"), "text", "username", name, needed=False)}
{field("password", _("新密码（至少十二个字符）"), "password", "new-password")}
{field("again", _("再输一次"), "password", "new-password")}
{alert(_(error) if error else "")}<button>{escape(_("设置并登录"))}</button></form>
<nav><a href="/signin?lang={language}">{escape(_("去登录"))}</a>{other_language(language, "/signin/new?")}</nav>"""
        return page(_("设置密码"), body, language, 403 if error else 200)


def change_password(language: Language, name: str, error: str = "") -> Response:
    """The form to change a password: the present password, and the new one twice."""
    with speaking(language):
        body = f"""
<h1>{escape(_("改密码"))}</h1>
<p>{escape(_("改完以后，您在别处的登录都会断开。"))}</p>
<form method="post" action="/signin/password?lang={language}">
<input type="hidden" name="name" autocomplete="username" value="{escape(name)}">
{field("held", _("现在的密码"), "password", "current-password")}
{field("password", _("新密码（至少十二个字符）"), "password", "new-password")}
{field("again", _("再输一次"), "password", "new-password")}
{alert(_(error) if error else "")}<button>{escape(_("改密码"))}</button></form>
<nav><a href="/">{escape(_("回到看板"))}</a>{other_language(language, "/signin/password?")}</nav>"""
        return page(_("改密码"), body, language, 403 if error else 200)


def confirm_sign_out(language: Language) -> Response:
    """The page that asks whether the reader really wants to sign out."""
    with speaking(language):
        body = f"""
<h1>{escape(_("退出看板？"))}</h1>
<p>{escape(_("退出后，这个浏览器里的各页都要重新登录。"))}</p>
<form method="post" action="/signin/out?lang={language}"><button>{escape(_("退出"))}</button></form>
<nav><a href="/">{escape(_("回到看板"))}</a></nav>"""
        return page(_("退出看板？"), body, language)


def notice(
    language: Language, title: str, text: str, status: int, next_path: str = "/"
) -> Response:
    """A page that explains a failure, with a link to sign in and go on to `next_path`."""
    with speaking(language):
        body = f"""
<h1>{escape(title)}</h1><p>{escape(text)}</p>
<nav><a href="/signin?next={quote(next_path, safe="")}&amp;lang={language}">{escape(_("去登录"))}</a></nav>"""
        return page(title, body, language, status)


def field(
    name: str, label: str, kind: str, fills: str, value: str = "", *, needed: bool = True
) -> str:
    """A labelled input; `fills` is its HTML autocomplete value."""
    required = " required" if needed else ""
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" '
        f'type="{kind}" autocomplete="{fills}" maxlength="256" value="{escape(value)}"{required}>'
    )


def alert(error: str) -> str:
    """The reason for a refusal, which screen readers announce at once; empty without one."""
    return f'<p class="wrong" role="alert">{escape(error)}</p>' if error else ""


def other_language(language: Language, address: str) -> str:
    """A link to the same page in the other language."""
    to, name = OTHER_LANGUAGE[language]
    joint = "&amp;" if "?" in address and not address.endswith("?") else ""
    return f'<a href="{address}{joint}lang={to}">{name}</a>'


def page(title: str, body: str, language: Language, status: int = 200) -> Response:
    """A whole page: not cached, runs no script, and sends its forms to this host only."""
    document = (
        f'<!doctype html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return HTMLResponse(document, status, headers)
