"""Accounts and sessions: one-time entrances, five slips, idle and whole lengths, revocation."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from board import backup, storage
from board.access import Role
from board.accounts import Accounts, Origin, Sessions, known_browser, passwords, proof_of
from board.journal import AuditLog, Journal, fields_of
from board.storage import JOURNAL, RefusedError
from tests.support.answers import present

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

PASSWORD = "a long enough sentence"


AS_SERVED = passwords.HASHER


def test_passwords_are_hashed_at_the_cost_the_library_advises() -> None:
    hashed = AS_SERVED.hash(PASSWORD)
    assert hashed.startswith("$argon2id$")
    assert AS_SERVED.verify(hashed, PASSWORD)
    assert not PasswordHasher().check_needs_rehash(hashed)


class Clock:
    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-01-05T08:00")

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    return Accounts(tmp_path, clock)


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    return Sessions(tmp_path, clock)


@pytest.fixture
def admin(accounts: Accounts) -> Accounts:
    """Accounts with the first administrator in."""
    accounts.enter(accounts.first_token(), PASSWORD, "覃主任")
    return accounts


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.code


def test_the_first_administrator_enters_with_a_token_that_works_once(accounts: Accounts) -> None:
    assert not accounts.any()
    token = accounts.first_token()
    made = accounts.enter(token, PASSWORD, "覃主任")
    assert (made.name, made.role, made.ready) == ("覃主任", Role.ADMIN, True)
    assert refused(lambda: accounts.enter(token, PASSWORD, "另一人")) == "bad_token"


def test_a_later_token_makes_the_earlier_one_void(accounts: Accounts) -> None:
    first, second = accounts.first_token(), accounts.first_token()
    assert refused(lambda: accounts.enter(first, PASSWORD, "甲")) == "bad_token"
    assert accounts.enter(second, PASSWORD, "甲").name == "甲"


def test_a_token_not_used_for_three_days_is_void(accounts: Accounts, clock: Clock) -> None:
    token = accounts.first_token()
    clock.on(days=3)
    assert refused(lambda: accounts.enter(token, PASSWORD, "甲")) == "bad_token"


def test_an_account_has_no_password_until_its_owner_sets_one(admin: Accounts) -> None:
    token = admin.create("韦网格", Role.TASK_FORCE, "覃主任", places=("3栋",))
    assert refused(lambda: admin.sign_in("韦网格", "")) == "not_signed_in"
    admin.enter(token, PASSWORD)
    found = admin.sign_in("韦网格", PASSWORD)
    assert (found.role, found.places) == (Role.TASK_FORCE, ("3栋",))


@pytest.mark.parametrize(("password", "code"), [
    ("short", "bad_password"), ("", "bad_password"), ("x" * 257, "bad_password"),
    ("weiwangge1234", "password_is_name"),
])  # fmt: skip
def test_a_password_is_long_and_not_the_name(admin: Accounts, password: str, code: str) -> None:
    token = admin.create("weiwangge", Role.VIEWER, "覃主任")
    assert refused(lambda: admin.enter(token, password)) == code
    assert admin.enter(token, PASSWORD).ready  # The token still holds.


def test_five_slips_lock_a_name_for_fifteen_minutes(admin: Accounts, clock: Clock) -> None:
    for _ in range(4):
        assert refused(lambda: admin.sign_in("覃主任", "wrong")) == "not_signed_in"
    assert refused(lambda: admin.sign_in("覃主任", "wrong")) == "locked"
    assert refused(lambda: admin.sign_in("覃主任", PASSWORD)) == "locked"
    clock.on(minutes=15, seconds=1)
    assert admin.sign_in("覃主任", PASSWORD).name == "覃主任"


STRANGER = Origin()


def slip(accounts: Accounts, name: str, times: int, origin: Origin = STRANGER) -> list[str]:
    """What so many wrong passwords in a row are answered."""
    return [refused(lambda: accounts.sign_in(name, "wrong", origin)) for _ in range(times)]


def test_strangers_lock_no_owner_out_of_a_browser_that_has_signed_in(
    admin: Accounts, tmp_path: Path
) -> None:
    known = known_browser(tmp_path, "覃主任", proof_of(tmp_path, "覃主任"))
    assert known
    assert slip(admin, "覃主任", 6)[-1] == "locked"
    assert refused(lambda: admin.sign_in("覃主任", PASSWORD)) == "locked"
    assert admin.sign_in("覃主任", PASSWORD, Origin(known, "10.0.0.1")).name == "覃主任"
    # That browser has five tries too, and a proof is for one name and this store alone.
    assert slip(admin, "覃主任", 5, Origin(known))[-1] == "locked"
    assert refused(lambda: admin.sign_in("覃主任", PASSWORD, Origin(known))) == "locked"
    proof = proof_of(tmp_path, "覃主任")
    assert known_browser(tmp_path, "别人", proof) == ""
    assert known_browser(tmp_path, "覃主任", f"x{proof}") == ""
    assert known_browser(tmp_path / "other", "覃主任", proof) == ""
    admin.unlock("覃主任", "op")
    assert admin.sign_in("覃主任", PASSWORD, Origin(known)).name == "覃主任"


def test_the_last_administrator_has_a_way_in_at_the_machine_itself(admin: Accounts) -> None:
    here = Origin(here=True)
    assert slip(admin, "覃主任", 5)[-1] == "locked"
    assert admin.sign_in("覃主任", PASSWORD, here).name == "覃主任"
    admin.enter(admin.create("second", Role.ADMIN, "覃主任"), PASSWORD)
    assert slip(admin, "second", 5)[-1] == "locked"
    assert refused(lambda: admin.sign_in("second", PASSWORD, here)) == "locked"


def test_an_address_has_twenty_slips_an_hour_whatever_names_it_tries(
    admin: Accounts, clock: Clock
) -> None:
    far = Origin(source="10.0.0.9")
    for n in range(20):
        assert slip(admin, f"name {n}", 1, far) == ["not_signed_in"]
        clock.on(seconds=60)
    assert refused(lambda: admin.sign_in("覃主任", PASSWORD, far)) == "locked"
    assert admin.sign_in("覃主任", PASSWORD, Origin(source="10.0.0.8")).name == "覃主任"
    clock.on(minutes=41)
    assert admin.sign_in("覃主任", PASSWORD, far).name == "覃主任"
    # Who signs in has not slipped.
    for _ in range(30):
        assert admin.sign_in("覃主任", PASSWORD, far).name == "覃主任"


def test_a_name_that_is_not_there_locks_like_one_that_is(admin: Accounts) -> None:
    said = [refused(lambda: admin.sign_in("没有这人", "wrong")) for _ in range(6)]
    assert said == ["not_signed_in"] * 4 + ["locked"] * 2


def test_of_many_tries_at_once_five_are_looked_at(
    admin: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(passwords, "fits", lambda _kept, told: looked.append(told))
    with ThreadPoolExecutor(12) as threads:
        said = list(
            threads.map(lambda n: refused(lambda: admin.sign_in("覃主任", str(n))), range(24))
        )
    assert len(looked) == 5
    assert sorted(said) == ["locked"] * 20 + ["not_signed_in"] * 4


def test_a_name_that_is_not_there_is_looked_at_as_long_as_one_that_is(
    admin: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    class Kept:
        def verify(self, hashed: str, _told: str) -> bool:
            looked.append(hashed)
            return True

    monkeypatch.setattr(passwords, "HASHER", Kept())
    monkeypatch.setattr(passwords, "_dummy_hash", lambda: "of nobody")
    token = admin.create("甲", Role.VIEWER, "覃主任")
    for name in ("没有这人", "甲"):  # No such account, and one without a password yet.
        assert refused(partial(admin.sign_in, name, PASSWORD)) == "not_signed_in"
    assert looked == ["of nobody"] * 2
    assert token


def test_a_locked_account_is_known_on_record_and_unlocked(
    admin: Accounts, clock: Clock, tmp_path: Path
) -> None:
    for _ in range(5):
        refused(lambda: admin.sign_in("覃主任", "wrong"))
        refused(lambda: admin.sign_in("没有这人", "wrong"))
        clock.on(seconds=10)
    assert admin.locked() == {"覃主任": "2026-01-05T08:15:00"}
    admin.unlock("覃主任", "op")
    assert admin.locked() == {}
    assert admin.sign_in("覃主任", PASSWORD).name == "覃主任"
    said = [look.phrase for look in AuditLog(tmp_path).all()]
    assert said[-2] == "locked"
    assert '"unlock", "name": "覃主任"' in said[-1]
    assert "没有这人" not in "".join(said)  # It may be a password in the wrong field.


def test_a_password_of_ones_own_ends_the_sessions_there_were(
    admin: Accounts, sessions: Sessions
) -> None:
    held = sessions.open(admin.sign_in("覃主任", PASSWORD))
    assert refused(lambda: admin.renew("覃主任", "wrong", PASSWORD + "!")) == "not_signed_in"
    assert refused(lambda: admin.renew("覃主任", PASSWORD, "short")) == "bad_password"
    assert sessions.of_token(held)
    admin.renew("覃主任", PASSWORD, PASSWORD + "!")
    assert sessions.of_token(held) is None
    assert refused(lambda: admin.sign_in("覃主任", PASSWORD)) == "not_signed_in"
    assert admin.sign_in("覃主任", PASSWORD + "!").name == "覃主任"


def test_a_disabled_account_comes_back_without_its_sessions_and_tokens(
    admin: Accounts, sessions: Sessions
) -> None:
    held = sessions.open(admin.enter(admin.create("甲", Role.LEADER, "覃主任"), PASSWORD))
    token = admin.reset("甲", "覃主任")
    admin.enable("甲", "覃主任", False)
    admin.enable("甲", "覃主任", True)
    assert sessions.of_token(held) is None
    assert refused(lambda: admin.enter(token, PASSWORD)) == "bad_token"


@pytest.mark.parametrize(("role", "department", "places", "code"), [
    (Role.DEPARTMENT, "", (), "bad_department"), (Role.DEPARTMENT, "某局", (), "bad_department"),
    (Role.KEEPER, "某局", (), "bad_department"), (Role.VIEWER, "", ("3栋\n4栋",), "bad_place"),
    (Role.VIEWER, "", ("",), "bad_place"), (Role.VIEWER, "", ("3栋/2单元/1",), "bad_place"),
])  # fmt: skip
def test_an_account_is_bound_to_what_there_is(
    admin: Accounts, role: Role, department: str, places: tuple[str, ...], code: str
) -> None:
    made = lambda: admin.create("甲", role, "覃主任", department, places)  # noqa: E731
    assert refused(made) == code
    assert refused(lambda: admin.change("覃主任", "覃主任", role, department, places)) == code


def test_a_good_sign_in_forgets_the_slips_before_it(admin: Accounts) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(lambda: admin.sign_in("覃主任", "wrong"))
        admin.sign_in("覃主任", PASSWORD)


def test_no_password_or_token_lies_in_the_register_as_it_is(
    admin: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    token = sessions.open(admin.sign_in("覃主任", PASSWORD))
    entrance = admin.create("甲", Role.VIEWER, "覃主任")
    kept = b"".join(path.read_bytes() for path in Path(tmp_path).glob(f"{JOURNAL}*"))
    for secret in (PASSWORD, token, entrance):
        assert secret.encode() not in kept


def test_a_session_ends_after_fifteen_idle_minutes(
    admin: Accounts, sessions: Sessions, clock: Clock
) -> None:
    token = sessions.open(admin.sign_in("覃主任", PASSWORD))
    clock.on(minutes=14)
    assert present(sessions.of_token(token)).reader.role is Role.ADMIN
    clock.on(minutes=14)
    assert sessions.of_token(token)
    clock.on(minutes=15)
    assert sessions.of_token(token) is None


def test_a_session_ends_after_eight_hours_however_it_is_used(
    admin: Accounts, sessions: Sessions, clock: Clock
) -> None:
    token = sessions.open(admin.sign_in("覃主任", PASSWORD))
    for _ in range(47):
        clock.on(minutes=10)
        assert sessions.of_token(token)
    clock.on(minutes=10)
    assert sessions.of_token(token) is None


def test_looking_without_touching_does_not_keep_a_session_alive(
    admin: Accounts, sessions: Sessions, clock: Clock
) -> None:
    token = sessions.open(admin.sign_in("覃主任", PASSWORD))
    clock.on(minutes=14)
    assert sessions.of_token(token, touch=False)
    clock.on(minutes=1)
    assert sessions.of_token(token) is None


def test_a_revoked_session_is_gone_at_once_and_the_others_stay(
    admin: Accounts, sessions: Sessions
) -> None:
    one, two = (sessions.open(admin.sign_in("覃主任", PASSWORD)) for _ in range(2))
    sessions.revoke(present(sessions.of_token(one)).hash)
    assert sessions.of_token(one) is None
    assert sessions.of_token(two)


def test_another_role_holds_from_the_next_look_on(admin: Accounts, sessions: Sessions) -> None:
    token = admin.create("甲", Role.TASK_FORCE, "覃主任")
    held = sessions.open(admin.enter(token, PASSWORD))
    admin.change("甲", "覃主任", Role.DEPARTMENT, "社会事务局")
    assert present(sessions.of_token(held)).reader.department == "社会事务局"
    admin.enable("甲", "覃主任", False)
    assert sessions.of_token(held) is None
    assert refused(lambda: admin.sign_in("甲", PASSWORD)) == "not_signed_in"


def test_a_reset_ends_the_sessions_and_takes_the_password(
    admin: Accounts, sessions: Sessions
) -> None:
    held = sessions.open(admin.enter(admin.create("甲", Role.LEADER, "覃主任"), PASSWORD))
    token = admin.reset("甲", "覃主任")
    assert sessions.of_token(held) is None
    assert refused(lambda: admin.sign_in("甲", PASSWORD)) == "not_signed_in"
    admin.enter(token, PASSWORD + "!")
    assert admin.sign_in("甲", PASSWORD + "!").name == "甲"


def test_nobody_else_comes_before_the_first_administrator(accounts: Accounts) -> None:
    assert refused(lambda: accounts.create("甲", Role.LEADER, "op")) == "admin_first"
    assert not accounts.any()
    first = accounts.first_token()
    admin = accounts.create("覃主任", Role.ADMIN, "op")
    accounts.enter(admin, PASSWORD)
    assert refused(lambda: accounts.enter(first, PASSWORD, "另一人")) == "bad_token"


def test_the_operator_can_let_the_last_administrator_back_in(admin: Accounts) -> None:
    admin.enter(admin.reset("覃主任", "op"), PASSWORD + "!")
    assert admin.sign_in("覃主任", PASSWORD + "!").role is Role.ADMIN


def test_the_last_administrator_stays(admin: Accounts) -> None:
    assert refused(lambda: admin.enable("覃主任", "覃主任", False)) == "last_admin"
    assert refused(lambda: admin.change("覃主任", "覃主任", Role.VIEWER)) == "last_admin"


def test_a_provider_s_session_lives_without_an_account(sessions: Sessions) -> None:
    token = sessions.open_for("王科长", Role.KEEPER, "组织人社局", (), "county")
    reader = present(sessions.of_token(token)).reader
    assert (reader.name, reader.role, reader.department) == ("王科长", Role.KEEPER, "组织人社局")


def test_what_was_done_to_accounts_is_in_the_record(admin: Accounts, tmp_path: Path) -> None:
    admin.create("甲", Role.LEADER, "覃主任")
    admin.change("甲", "覃主任", Role.VIEWER)
    admin.reset("甲", "覃主任")
    looks = AuditLog(tmp_path).all()[-3:]
    assert {(look.who, look.role, look.kind) for look in looks} == {("覃主任", "admin", "account")}
    states = [fields_of(look.act) for look in looks]
    assert [(one["act"], one["name"], one["roles"]) for one in states] == [
        ("create", "甲", ["leader"]), ("change", "甲", ["viewer"]), ("reset", "甲", ["viewer"]),
    ]  # fmt: skip
    assert AuditLog(tmp_path).verify() is None


def test_a_backup_holds_accounts_and_nobody_who_is_signed_in(
    admin: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    held = sessions.open(admin.sign_in("覃主任", PASSWORD))
    admin.create("甲", Role.LEADER, "覃主任")
    file = tmp_path.with_suffix(".tar")
    backup.backup(tmp_path, file)
    place = tmp_path.with_suffix(".restored")
    backup.restore(place, file)
    assert [one.name for one in Accounts(place).all()] == ["甲", "覃主任"]
    assert Sessions(place).of_token(held) is None
    with sqlite3.connect(place / JOURNAL) as kept:
        for table in ("sessions", "entrances", "failures", "errands"):
            assert kept.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_a_backup_never_takes_the_place_of_accounts(admin: Accounts, tmp_path: Path) -> None:
    file, place = tmp_path.with_suffix(".tar"), tmp_path.with_suffix(".other")
    backup.backup(tmp_path, file)
    other = Accounts(place)
    other.enter(other.first_token(), PASSWORD, "黄主任")
    assert refused(lambda: backup.restore(place, file)) == "store_not_empty"
    assert [one.name for one in other.all()] == ["黄主任"]


def test_a_store_put_in_the_place_of_another_has_accounts_too(tmp_path: Path) -> None:
    place = tmp_path / "store"
    assert not Accounts(place).any()
    Accounts(place).first_token()
    fresh = tmp_path / "new"
    storage.prepare(fresh)
    Journal(fresh).events()
    shutil.rmtree(place)
    fresh.rename(place)
    assert not Accounts(place).any()
    Accounts(place).enter(Accounts(place).first_token(), PASSWORD, "覃主任")
    assert Accounts(place).any()
