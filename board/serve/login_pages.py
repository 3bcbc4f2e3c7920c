"""How the pages of signing in look: plain HTML of the board's own, without a script."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from board.i18n import N_, Language, _, speaking

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
# Each language to the other one, which is named in its own words.
OTHER: dict[Language, tuple[Language, str]] = {"en": ("zh", "中文"), "zh": ("en", "English")}
DIFFERENT = N_("两次输入的密码不一样。")
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


@dataclass(frozen=True)
class Provider:
    """A way in that another service offers: its key in the address, its name on the button."""

    key: str
    title: str


def form(
    language: Language,
    asked: str,
    providers: tuple[Provider, ...] = (),
    wrong: str = "",
    name: str = "",
    status: int = 200,
) -> Response:
    """Name and password, and beside them the other ways in; `wrong` says why it was refused."""
    with speaking(language):
        ways = "".join(
            f'<a class="way" href="/signin/oidc/{quote(one.key)}?next={quote(asked, safe="")}'
            f'&amp;lang={language}">'
            f"{escape(_('用{provider}登录', provider=one.title))}</a>"
            for one in providers
        )
        body = f"""
<h1>{escape(_("幸福小镇后续扶持督导"))}</h1>
<p>{escape(_("请登录。十五分钟不用会自动退出。"))}</p>
<form method="post" action="/signin?next={quote(asked, safe="")}&amp;lang={language}">
{field("name", _("账号"), "text", "username", name)}
{field("password", _("密码"), "password", "current-password")}
{alert(wrong)}<button>{escape(_("登录"))}</button></form>{ways}
<nav><a href="/signin/new?lang={language}">{escape(_("有一次性口令？设置密码"))}</a>
{other(language, f"/signin?next={quote(asked, safe='')}")}</nav>"""
        return page(_("登录"), body, language, status)


def new_password(language: Language, wrong: str = "", name: str = "") -> Response:
    """A one-time token, a name where there is none yet, and a password twice."""
    with speaking(language):
        body = f"""
<h1>{escape(_("设置密码"))}</h1>
<p>{escape(_("口令由管理员给您，或在看板第一次启动时印在终端里；用过一次就作废。"))}</p>
<form method="post" action="/signin/new?lang={language}">
{field("token", _("一次性口令"), "text", "off")}
{field("name", _("账号（只有第一个管理员要填）"), "text", "username", name, needed=False)}
{field("password", _("新密码（至少十二个字符）"), "password", "new-password")}
{field("again", _("再输一次"), "password", "new-password")}
{alert(_(wrong) if wrong else "")}<button>{escape(_("设置并登录"))}</button></form>
<nav><a href="/signin?lang={language}">{escape(_("去登录"))}</a>{other(language, "/signin/new?")}</nav>"""
        return page(_("设置密码"), body, language, 403 if wrong else 200)


def another_password(language: Language, name: str, wrong: str = "") -> Response:
    """The password that somebody has, and another twice."""
    with speaking(language):
        body = f"""
<h1>{escape(_("改密码"))}</h1>
<p>{escape(_("改完以后，您在别处的登录都会断开。"))}</p>
<form method="post" action="/signin/password?lang={language}">
<input type="hidden" name="name" autocomplete="username" value="{escape(name)}">
{field("held", _("现在的密码"), "password", "current-password")}
{field("password", _("新密码（至少十二个字符）"), "password", "new-password")}
{field("again", _("再输一次"), "password", "new-password")}
{alert(_(wrong) if wrong else "")}<button>{escape(_("改密码"))}</button></form>
<nav><a href="/">{escape(_("回到看板"))}</a>{other(language, "/signin/password?")}</nav>"""
        return page(_("改密码"), body, language, 403 if wrong else 200)


def leaving(language: Language) -> Response:
    """Whether the reader really goes."""
    with speaking(language):
        body = f"""
<h1>{escape(_("退出看板？"))}</h1>
<p>{escape(_("退出后，这个浏览器里的各页都要重新登录。"))}</p>
<form method="post" action="/signin/out?lang={language}"><button>{escape(_("退出"))}</button></form>
<nav><a href="/">{escape(_("回到看板"))}</a></nav>"""
        return page(_("退出看板？"), body, language)


def calm(language: Language, title: str, text: str, status: int, asked: str = "/") -> Response:
    """Something that didn't work, in words, with the way back to signing in for what was asked."""
    with speaking(language):
        body = f"""
<h1>{escape(title)}</h1><p>{escape(text)}</p>
<nav><a href="/signin?next={quote(asked, safe="")}&amp;lang={language}">{escape(_("去登录"))}</a></nav>"""
        return page(title, body, language, status)


def field(
    name: str, label: str, kind: str, fills: str, value: str = "", *, needed: bool = True
) -> str:
    """A labelled input; `fills` tells the browser what it may fill in."""
    required = " required" if needed else ""
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" '
        f'type="{kind}" autocomplete="{fills}" maxlength="256" value="{escape(value)}"{required}>'
    )


def alert(wrong: str) -> str:
    """Why it was refused, read out at once."""
    return f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""


def other(language: Language, address: str) -> str:
    """The way to the same page in the other language."""
    to, name = OTHER[language]
    joint = "&amp;" if "?" in address and not address.endswith("?") else ""
    return f'<a href="{address}{joint}lang={to}">{name}</a>'


def page(title: str, body: str, language: Language, status: int = 200) -> Response:
    """A whole page; nobody keeps it, it runs no script and sends its forms here alone."""
    document = (
        f'<!doctype html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return HTMLResponse(document, status, headers)
