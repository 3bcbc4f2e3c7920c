"""What secrets.toml may say of providers, what is asked of them, and errands that are taken up once."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from board.access import Role
from board.accounts import Accounts, Assignment, PendingLogins, Sessions
from board.accounts.pending_logins import MOST
from board.serve import openid
from board.serve.__main__ import main
from board.serve.providers import (
    TEXTS,
    Provider,
    SettingsError,
    end_outdated_sessions,
    is_confidential,
    providers,
)
from board.serve.settings import settings

PROJECT = Path(__file__).resolve().parent.parent

GOOD = """
[county]
title = "统一身份"
issuer = "https://id.example.org/realms/town"
client_id = "board"
client_secret = "s"
[county.groups]
"grid-3" = { role = "task_force", places = ["3栋"] }
"zhuanban" = { role = "task_force" }
"hr" = { role = "keeper", department = "组织人社局" }
"""


def named(text: str = GOOD) -> Provider:
    return providers(tomllib.loads(text))["county"]


def test_every_line_that_names_one_of_somebodys_groups_counts_the_first_one_first() -> None:
    county = named()
    assert county.assignments(["zhuanban", "grid-3", "hr"]) == (
        Assignment(Role.TASK_FORCE, places=("3栋",)),
        Assignment(Role.TASK_FORCE),
        Assignment(Role.KEEPER, "组织人社局"),
    )
    assert county.assignments(["hr"]) == (Assignment(Role.KEEPER, "组织人社局"),)
    assert county.assignments(["choir"]) == ()
    assert county.assignments([]) == ()


def test_two_groups_that_say_the_same_are_one_choice() -> None:
    county = named(GOOD + '"hr-2" = { role = "keeper", department = "组织人社局" }\n')
    assert len(county.assignments(["hr", "hr-2"])) == 1


def test_what_is_left_out_is_as_most_providers_have_it() -> None:
    county = named()
    assert (county.scope, county.group_claim, county.name_claim) == (
        "openid profile", "groups", "name",
    )  # fmt: skip
    assert named(GOOD.replace('title = "统一身份"', "")).title == "county"


def test_the_secret_is_not_in_what_a_log_may_show() -> None:
    assert "client_secret" not in repr(named())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("[county", "[local"),
        ("[county", "[County"),
        ('issuer = "https://id.example.org/realms/town"', 'issuer = "http://id.example.org"'),
        ('issuer = "https://id.example.org/realms/town"', 'issuer = "https://id.example.org?a=b"'),
        ('issuer = "https://id.example.org/realms/town"', 'issuer = "id.example.org"'),
        ('client_id = "board"', ""),
        ('client_secret = "s"', 'client_secret = ""'),
        ('client_secret = "s"', 'client_secret = "s"\nsecret = "s"'),
        ('client_secret = "s"', 'client_secret = "s"\nscope = "profile"'),
        ('client_secret = "s"', 'client_secret = "s"\nca = "/nowhere.pem"'),
        ('client_secret = "s"', 'client_secret = "s"\ngroup_claim = ["groups"]'),
        ('role = "keeper"', 'role = "owner"'),
        ('role = "keeper"', 'role = "keeper", place = "3栋"'),
        ('department = "组织人社局"', 'department = "人社局"'),
        ('{ role = "keeper", department = "组织人社局" }', '{ role = "department" }'),
        ('{ role = "keeper", department = "组织人社局" }', '"keeper"'),
        ('places = ["3栋"]', 'places = "3栋"'),
    ],
)
def test_a_line_that_is_not_what_it_should_be_is_refused(good: str, bad: str) -> None:
    assert good in GOOD
    with pytest.raises(SettingsError, match=r"\[board\.providers\."):
        providers(tomllib.loads(GOOD.replace(good, bad)))


def test_a_provider_without_groups_lets_nobody_in_and_is_refused() -> None:
    with pytest.raises(SettingsError, match="groups"):
        providers(tomllib.loads(GOOD.partition("[county.groups]")[0]))


@pytest.mark.parametrize(
    ("address", "so"),
    [
        ("https://id.example.org/token", True), ("http://127.0.0.1:9/token", True),
        ("http://localhost/token", True), ("http://[::1]:9/", True),
        ("http://id.example.org/token", False), ("javascript://127.0.0.1/", False),
        ("None", False), ("https://", False),
    ],
)  # fmt: skip
def test_nothing_is_sent_where_others_can_read_it(address: str, so: bool) -> None:
    assert is_confidential(address) is so


def known(**more: Any) -> dict[str, Any]:
    at = "https://id.example.org/realms/town"
    return {
        "issuer": at, "authorization_endpoint": f"{at}/auth", "token_endpoint": f"{at}/token",
        "jwks_uri": f"{at}/jwks",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"issuer": "https://id.example.org/realms/city"},
        {"token_endpoint": "http://id.example.org/token"},
        {"token_endpoint": None},
        {"userinfo_endpoint": "http://id.example.org/me"},
        {"end_session_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_tells_something_odd_is_not_asked(more: dict[str, str | None]) -> None:
    openid._check(named(), known())
    with pytest.raises(ValueError):  # noqa: PT011
        openid._check(named(), known(**more))


def test_only_what_the_provider_alone_can_have_signed_is_taken() -> None:
    told = known(id_token_signing_alg_values_supported=["none", "HS256", "ES256"])
    openid._narrow(told)
    assert told["id_token_signing_alg_values_supported"] == ["ES256"]
    told = known(
        id_token_signing_alg_values_supported=["none"],
        token_endpoint_auth_methods_supported=["client_secret_post"],
    )
    openid._narrow(told)
    assert told["id_token_signing_alg_values_supported"] == ["RS256"]
    assert told["token_endpoint_auth_method"] == "client_secret_post"


def test_groups_and_names_are_found_where_a_provider_keeps_them() -> None:
    claims = {"sub": "u1", "realm_access": {"roles": ["a"]}, "name": "李\n四"}
    assert openid._claim(claims, "realm_access.roles") == ["a"]
    assert openid._claim({"realm_access.roles": ["b"]}, "realm_access.roles") == ["b"]
    assert openid._claim(claims, "groups") is None
    assert openid._name(named(), claims) == "李四"
    assert openid._name(named(), claims | {"preferred_username": "li4"}) == "李四（li4）"
    assert openid._name(named(), {"sub": "u1"}) == "u1"


def test_a_session_ends_at_the_start_when_its_line_is_gone(tmp_path: Path) -> None:
    sessions, county = Sessions(tmp_path), named()
    stays = sessions.open_for("甲", Role.TASK_FORCE, "", ("3栋",), "county")
    lifted = sessions.open_for("乙", Role.ADMIN, "", (), "county")
    foreign = sessions.open_for("丙", Role.TASK_FORCE, "", (), "city")
    Accounts(tmp_path).enter(Accounts(tmp_path).first_token(), "a long enough sentence", "丁")
    own = sessions.open_for("丁", Role.ADMIN, "", (), "local")
    keeper, admin = Assignment(Role.KEEPER, "组织人社局"), Assignment(Role.ADMIN)
    several = sessions.open_for("戊", Role.TASK_FORCE, "", (), "county", [keeper])
    half = sessions.open_for("己", Role.TASK_FORCE, "", (), "county", [admin])
    end_outdated_sessions(sessions, {"county": county})
    held = (stays, lifted, foreign, own, several, half)
    assert [bool(sessions.of_token(one)) for one in held] == [
        True, False, False, True, True, False,
    ]  # fmt: skip


def test_an_errand_is_taken_up_once_and_in_time(tmp_path: Path) -> None:
    now = datetime.fromisoformat("2026-01-05T08:00")
    errands = PendingLogins(tmp_path, lambda: now)
    errands.keep("state", timedelta(minutes=10), nonce="n", asked="/?scope=3栋")
    assert errands.take("another") is None
    assert errands.take("state") == {"nonce": "n", "asked": "/?scope=3栋"}
    assert errands.take("state") is None
    errands.keep("state", timedelta(minutes=10))
    now += timedelta(minutes=10)
    assert errands.take("state") is None


def test_errands_never_come_back_for_are_not_kept_for_ever(tmp_path: Path) -> None:
    now = datetime.fromisoformat("2026-01-05T08:00")
    errands = PendingLogins(tmp_path, lambda: now)
    errands.keep("late", timedelta(minutes=1))
    now += timedelta(minutes=2)
    errands.keep("one", timedelta(minutes=10))
    assert held(errands) == 1


def test_a_flood_of_errands_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("board.accounts.pending_logins.MOST", 5)
    errands = PendingLogins(tmp_path)
    for number in range(9):
        errands.keep(f"state {number}", timedelta(minutes=10 + number))
    assert held(errands) == 5
    assert errands.take("state 8") is not None
    assert errands.take("state 0") is None
    assert MOST > 1000


def held(errands: PendingLogins) -> int:
    import sqlite3

    from board.storage import JOURNAL

    with sqlite3.connect(errands.root / JOURNAL) as connection:
        return int(connection.execute("select count(*) from errands").fetchone()[0])


def test_the_example_of_the_document_is_what_the_board_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (PROJECT / "docs" / "sign-in.md").read_text("utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "secrets.toml"
    path.write_text(example, "utf-8")
    monkeypatch.setenv("BOARD_SECRETS", str(path))
    said = settings()
    assert said.hosts == ("board.example.cn",)
    assert {grant.role for grant in said.providers["county"].groups.values()} <= {*Role}
    for name in TEXTS:
        assert text.count(f"`{name}`") >= 2, name


@pytest.mark.parametrize("hosts", ['"board.example.cn"', '["https://board.example.cn"]', "[1]"])
def test_a_host_is_a_name_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hosts: str
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(f"[board]\nhosts = {hosts}\n", "utf-8")
    monkeypatch.setenv("BOARD_SECRETS", str(path))
    with pytest.raises(SettingsError, match="hosts"):
        settings()


def test_a_board_with_a_wrong_line_does_not_start_and_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "secrets.toml"
    wrong = GOOD.replace("[county", "[board.providers.county").replace("https://", "http://")
    path.write_text(wrong, "utf-8")
    monkeypatch.setenv("BOARD_SECRETS", str(path))
    assert main([]) == 2
    assert '[board.providers.county] issuer = "https://…"' in capsys.readouterr().err


def test_with_a_provider_nobody_starts_the_board_as_a_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(GOOD.replace("[county", "[board.providers.county"), "utf-8")
    monkeypatch.setenv("BOARD_SECRETS", str(path))
    monkeypatch.setenv("BOARD_STORE", str(tmp_path / "store"))
    assert main(["--role", "admin"]) == 2
    assert "ROLE" in capsys.readouterr().err
