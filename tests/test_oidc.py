"""Signing in by OpenID Connect, for real: the served board, a provider on loopback, Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from board.journal import AuditLog
from tests.support.openid import House


@pytest.fixture
def reader() -> Iterator[httpx.Client]:
    """A browser as far as cookies and redirects go."""
    with httpx.Client(follow_redirects=True, trust_env=False) as client:
        yield client


def sign_in(
    reader: httpx.Client,
    house: House,
    login: str,
    key: str = "county",
    asked: str = "/signin/alive",
) -> httpx.Response:
    """Go the whole way; the last answer."""
    answer = reader.get(f"{house.board}/signin/oidc/{key}", params={"next": asked})
    if "/login/" not in answer.url.path:
        return answer  # The provider knew the reader.
    return reader.post(answer.url, data={"login": login, "go": "in"})


def returned(reader: httpx.Client, house: House, login: str = "li") -> str:
    """The address the provider sends a reader back to, not yet followed."""
    answer = reader.get(f"{house.board}/signin/oidc/county", follow_redirects=False)
    while answer.next_request and str(answer.next_request.url).startswith(house.provider.address):
        answer = reader.send(answer.next_request, follow_redirects=False)
        if "/login/" in answer.url.path and not answer.next_request:
            data = {"login": login, "go": "in"}
            answer = reader.post(answer.url, data=data, follow_redirects=False)
    assert answer.next_request
    return str(answer.next_request.url)


def alive(reader: httpx.Client, house: House) -> bool:
    return reader.get(f"{house.board}/signin/alive").status_code == 204


def test_the_provider_is_asked_with_pkce_state_and_nonce(
    house: House, reader: httpx.Client
) -> None:
    sign_in(reader, house, "li")
    asked = house.provider.asked()[-1]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["response_type"] == "code"
    assert asked["ui_locales"] == "zh-CN"


def test_a_session_is_what_the_group_may_be(house: House, reader: httpx.Client) -> None:
    sign_in(reader, house, "wei")
    assert alive(reader, house)
    found = house.rows("select name, role, places, via from sessions order by rowid desc")[0]
    assert found == ("韦网格（wei）", "task_force", "3栋", "county")
    assert AuditLog(house.root).all()[-1].phrase == "county wei"


def test_whoever_signs_out_is_out_here_and_there(house: House, reader: httpx.Client) -> None:
    sign_in(reader, house, "li")
    copied = dict(reader.cookies)
    out = reader.post(f"{house.board}/signin/out", headers={"Origin": house.board})
    to = out.headers["refresh"].removeprefix("0;url=")
    assert to.startswith(f"{house.provider.address}/session/end?")
    assert parse_qs(urlsplit(to).query)["post_logout_redirect_uri"] == [f"{house.board}/signin"]
    assert "正在退出片区统一身份" in out.text
    assert not alive(reader, house)
    with httpx.Client(cookies=copied) as thief:
        assert not alive(thief, house)
        assert thief.get(f"{house.board}/").headers["location"].startswith("/signin?")


def test_a_provider_without_a_way_out_is_left_alone(house: House, reader: httpx.Client) -> None:
    sign_in(reader, house, "li", "plain")
    assert alive(reader, house)
    out = reader.post(f"{house.board}/signin/out", headers={"Origin": house.board})
    assert "refresh" not in out.headers
    assert out.url.path == "/signin"
    assert not alive(reader, house)


def test_a_second_sign_in_ends_the_first(house: House, reader: httpx.Client) -> None:
    sign_in(reader, house, "li")
    first = dict(reader.cookies)
    sign_in(reader, house, "nong", "plain")
    assert alive(reader, house)
    with httpx.Client(cookies=first) as old:
        assert not alive(old, house)


@pytest.mark.parametrize("state", ["", "wrong", None])
def test_an_answer_to_no_journey_is_refused(
    house: House, reader: httpx.Client, state: str | None
) -> None:
    back = httpx.URL(returned(reader, house))
    if state is None:
        reader.cookies.delete("journey")
    else:
        back = back.copy_set_param("state", state)
    answer = reader.get(back)
    assert answer.status_code == 400
    assert "这次登录已经失效" in answer.text
    assert not alive(reader, house)


def test_an_answer_works_once(house: House, reader: httpx.Client) -> None:
    back = returned(reader, house)
    reader.get(back)
    assert alive(reader, house)
    with httpx.Client(cookies=dict(reader.cookies)) as again:
        again.cookies.delete("board")
        assert again.get(back).status_code == 400
        assert not alive(again, house)


def test_an_answer_is_late_after_ten_minutes(house: House, reader: httpx.Client) -> None:
    back = returned(reader, house)
    house.rows("update errands set expires_at = datetime(expires_at, '-10 minutes')")
    assert reader.get(back).status_code == 400
    assert not alive(reader, house)


def test_a_used_code_opens_nothing(house: House, reader: httpx.Client) -> None:
    used = httpx.URL(returned(reader, house))
    reader.get(used)
    with httpx.Client(follow_redirects=True) as other:
        own = httpx.URL(returned(other, house)).copy_set_param("code", used.params["code"])
        answer = other.get(own)
        assert answer.status_code == 403
        assert "登录没有通过核对" in answer.text
        assert not alive(other, house)


def test_another_readers_code_or_answer_opens_nothing(house: House, reader: httpx.Client) -> None:
    with httpx.Client(follow_redirects=True) as attacker:
        theirs = httpx.URL(returned(attacker, house, "he"))
        mine = httpx.URL(returned(reader, house))
        assert reader.get(theirs).status_code == 400
        assert reader.get(mine.copy_set_param("code", theirs.params["code"])).status_code == 403
    assert not alive(reader, house)


def test_an_answer_from_another_provider_is_refused(house: House, reader: httpx.Client) -> None:
    back = httpx.URL(returned(reader, house))
    assert reader.get(back.copy_set_param("iss", "http://127.0.0.1:1")).status_code == 403
    back = httpx.URL(returned(reader, house))
    at_another = back.copy_with(path="/signin/oidc/plain/back")
    assert reader.get(at_another).status_code == 400
    assert not alive(reader, house)


@pytest.mark.parametrize(
    "mood",
    [
        "another nonce", "no nonce", "another audience", "another issuer", "expired",
        "another key", "unsigned", "shared secret", "no token",
    ],
)  # fmt: skip
def test_a_token_that_proves_nothing_opens_nothing(
    house: House, reader: httpx.Client, mood: str
) -> None:
    house.provider.mood(mood)
    answer = sign_in(reader, house, "li")
    house.provider.mood("")
    assert answer.status_code == 403
    assert "登录没有通过核对" in answer.text
    assert not alive(reader, house)


def test_a_provider_that_breaks_on_the_way_is_said_to_be_away(
    house: House, reader: httpx.Client
) -> None:
    house.provider.mood("broken")
    answer = sign_in(reader, house, "li")
    house.provider.mood("")
    assert answer.status_code == 503
    assert not alive(reader, house)


def test_a_provider_that_is_down_leaves_the_boards_own_accounts(
    house: House, reader: httpx.Client
) -> None:
    form = reader.get(f"{house.board}/signin")
    assert '"/signin/oidc/away?' in form.text
    answer = reader.get(f"{house.board}/signin/oidc/away?next=/assets")
    assert answer.status_code == 503
    assert "片区统一身份暂时连不上" in answer.text
    assert 'href="/signin?next=%2Fassets&amp;lang=zh"' in answer.text
    assert reader.get(f"{house.board}/signin/oidc/nowhere").status_code == 404
    english = reader.get(f"{house.board}/signin/oidc/away?lang=en")
    assert "be reached just now" in english.text


@pytest.mark.parametrize("login", ["ban", "mo"])
@pytest.mark.parametrize("key", ["county", "plain"])
def test_a_group_without_a_role_may_not_come_in(
    house: House, reader: httpx.Client, login: str, key: str
) -> None:
    answer = sign_in(reader, house, login, key)
    assert answer.status_code == 403
    assert "不在能看看板的组里" in answer.text
    assert not alive(reader, house)


def test_whoever_says_no_at_the_provider_is_not_in(house: House, reader: httpx.Client) -> None:
    form = reader.get(f"{house.board}/signin/oidc/county?lang=en")
    answer = reader.post(form.url, data={"go": "no"})
    assert answer.status_code == 403
    assert "Not signed in" in answer.text
    assert not alive(reader, house)


@pytest.mark.parametrize("asked", ["https://example.org/", "//example.org", "/\\example.org"])
def test_nobody_is_led_elsewhere_after_signing_in(
    house: House, reader: httpx.Client, asked: str
) -> None:
    assert str(sign_in(reader, house, "li", asked=asked).url) == f"{house.board}/"


def test_a_session_ends_when_it_is_old_or_unused(house: House, reader: httpx.Client) -> None:
    sign_in(reader, house, "li")
    house.rows("update sessions set seen_at = datetime('now', '-16 minutes')")
    assert not alive(reader, house)
    sign_in(reader, house, "li")
    house.rows("update sessions set opened_at = datetime('now', '-481 minutes')")
    assert not alive(reader, house)


def test_a_header_or_a_parameter_makes_nobody_anybody(house: House, reader: httpx.Client) -> None:
    sign_in(reader, house, "li")
    hashed = str(house.rows("select hash from sessions order by rowid desc")[0][0])
    with httpx.Client(follow_redirects=False) as nobody:
        for headers in (
            {"x-board-session": hashed}, {"x-forwarded-user": "li"}, {"remote-user": "li"},
            {"cookie": f"board={hashed}"}, {"authorization": f"Bearer {hashed}"},
        ):  # fmt: skip
            for asked in ("/", "/?role=admin", "/media/x.xlsx", "/_stcore/host-config"):
                answer = nobody.get(f"{house.board}{asked}", headers=headers)
                assert answer.status_code in {303, 401}, (headers, asked)
