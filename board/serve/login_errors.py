"""What a reader is told when signing in by a provider ends otherwise than in the board."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from board.i18n import Language, _, speaking
from board.serve import login_pages
from board.serve.providers import Provider


def onward(tongue: Language, provider: Provider, address: str) -> Response:
    """A page that leads on to the provider at once, or by its link."""
    with speaking(tongue):
        title = _("已退出看板")
        body = (
            f"<h1>{escape(title)}</h1><p>{escape(_('正在退出{provider}。', provider=provider.title))}</p>"
            f'<a class="way" href="{escape(address)}">{escape(_("继续"))}</a>'
        )
        answer = login_pages.page(title, body, tongue)
    answer.headers["Refresh"] = f"0;url={address}"
    return answer


def away(tongue: Language, provider: Provider, asked: str) -> Response:
    """The provider can't be reached."""
    with speaking(tongue):
        title = _("{provider}暂时连不上", provider=provider.title)
        text = _("请稍后再试。有看板自己账号的，可以用账号和密码登录。")
    return login_pages.calm(tongue, title, text, 503, asked)


def unknown(tongue: Language) -> Response:
    """There is no such provider."""
    with speaking(tongue):
        title, text = _("没有这种登录方式"), _("请从登录页选一种。")
    return login_pages.calm(tongue, title, text, 404)


def stale(tongue: Language) -> Response:
    """The answer belongs to no journey, to a used or late one, or to another browser's."""
    with speaking(tongue):
        title = _("这次登录已经失效")
        text = _("可能放得太久、已经用过，或者不是从这个浏览器打开的。请重新登录。")
    return login_pages.calm(tongue, title, text, 400)


def declined(tongue: Language, provider: Provider, asked: str) -> Response:
    """The provider, or the reader there, said no."""
    with speaking(tongue):
        title = _("没有登录")
        text = _(
            "在{provider}那边没有完成。可以再试一次，或用看板自己的账号。", provider=provider.title
        )
    return login_pages.calm(tongue, title, text, 403, asked)


def unproven(tongue: Language, provider: Provider, asked: str) -> Response:
    """The provider's answer doesn't prove who came."""
    with speaking(tongue):
        title = _("登录没有通过核对")
        text = _(
            "{provider}的回答对不上，为了安全没有登录。请再试一次；仍然不行，请告诉管理员。",
            provider=provider.title,
        )
    return login_pages.calm(tongue, title, text, 403, asked)


def stranger(tongue: Language, provider: Provider, asked: str) -> Response:
    """Somebody the provider knows, in none of the groups that may come in."""
    with speaking(tongue):
        title = _("还不能看这块看板")
        text = _(
            "{provider}认出了您，但您不在能看看板的组里。请联系管理员。", provider=provider.title
        )
    return login_pages.calm(tongue, title, text, 403, asked)
