"""The pages a reader sees when signing in or out with a provider does not lead to the board.

`next_path` is the page of the board the reader wanted.
"""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from board.i18n import N_, Language, Message, _, speaking
from board.serve import login_pages
from board.serve.providers import Provider


def continue_at_provider(language: Language, provider: Provider, address: str) -> Response:
    """After signing out of the board: redirect to the provider's sign-out `address`."""
    with speaking(language):
        title = _("已退出看板")
        body = (
            f"<h1>{escape(title)}</h1><p>{escape(_('正在退出{provider}。', provider=provider.title))}</p>"
            f'<a class="way" href="{escape(address)}">{escape(_("继续"))}</a>'
        )
        answer = login_pages.page(title, body, language)
    answer.headers["Refresh"] = f"0;url={address}"
    return answer


def unreachable(language: Language, provider: Provider, next_path: str) -> Response:
    """The provider can't be reached."""
    text = N_("请稍后再试。有看板自己账号的，可以用账号和密码登录。")
    return _failure(language, N_("{provider}暂时连不上"), text, 503, provider, next_path)


def unknown_provider(language: Language) -> Response:
    """The address names no configured provider."""
    return _failure(language, N_("没有这种登录方式"), N_("请从登录页选一种。"), 404)


def expired(language: Language) -> Response:
    """The answer belongs to no pending login, to a used or expired one, or to another browser."""
    text = N_("可能放得太久、已经用过，或者不是从这个浏览器打开的。请重新登录。")
    return _failure(language, N_("这次登录已经失效"), text, 400)


def declined(language: Language, provider: Provider, next_path: str) -> Response:
    """The provider refused the login, or the reader cancelled it there."""
    text = N_("在{provider}那边没有完成。可以再试一次，或用看板自己的账号。")
    return _failure(language, N_("没有登录"), text, 403, provider, next_path)


def unproven(language: Language, provider: Provider, next_path: str) -> Response:
    """The provider's answer doesn't prove the reader's identity."""
    text = N_("{provider}的回答对不上，为了安全没有登录。请再试一次；仍然不行，请告诉管理员。")
    return _failure(language, N_("登录没有通过核对"), text, 403, provider, next_path)


def not_allowed(language: Language, provider: Provider, next_path: str) -> Response:
    """The provider knows the reader, but none of the reader's groups has a role here."""
    text = N_("{provider}认出了您，但您不在能看看板的组里。请联系管理员。")
    return _failure(language, N_("还不能看这块看板"), text, 403, provider, next_path)


def _failure(
    language: Language,
    title: str,
    text: str,
    status: int,
    provider: Provider | None = None,
    next_path: str = "/",
) -> Response:
    """The page with a title and a text, in which `{provider}` is replaced by the provider's name."""
    gaps = {"provider": provider.title if provider else ""}
    shown_title, shown_text = (Message(words, gaps).in_(language) for words in (title, text))
    return login_pages.notice(language, shown_title, shown_text, status, next_path)
