"""What was done stands on the record as JSON with declared fields; rows of earlier programs read the same."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from board import backup, export, storage
from board.export.audit_log import SUBJECTS, subject
from board.i18n import LANGUAGES, speaking
from board.journal import AUDIT_KINDS, Act, AuditLog, act_of, act_text, acts, fields_of, phrases
from board.publish import faults
from tests.support.looks import EXAMPLES, earlier_row

IDS = [f"{act.kind} {phrase}"[:40] for act, phrase in EXAMPLES]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    storage.prepare(tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def mixed(root: Path) -> Path:
    """A store with rows of an earlier program, then the same acts as they are written today."""
    for act, phrase in EXAMPLES:
        earlier_row(root, act.kind, phrase)
    for act, _phrase in EXAMPLES:
        AuditLog(root).record("王", "admin", act)
    return root


def test_every_kind_is_declared_and_every_declaration_has_an_example_and_words() -> None:
    assert {declared.kind for declared in acts.DECLARED} == set(AUDIT_KINDS)
    assert {type(act) for act, _phrase in EXAMPLES} == set(acts.DECLARED)
    assert set(acts.DECLARED) | {phrases.EarlierAccount, phrases.Unclassified} == set(SUBJECTS)
    assert set(phrases.READERS) == set(AUDIT_KINDS)


def test_no_two_acts_of_a_kind_have_one_name() -> None:
    names = [(each.kind, name) for each in acts.DECLARED for name in acts.names_of(each)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("act", "phrase"), EXAMPLES, ids=IDS)
def test_an_act_is_canonical_json_of_its_declared_fields(root: Path, act: Act, phrase: str) -> None:
    look = AuditLog(root).record("王", "admin", act)
    values = json.loads(look.what)
    assert set(values) == {field.name for field in fields(act)}
    compact = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert look.what == compact
    assert (look.kind, look.act, look.phrase) == (act.kind, act, phrase)


@pytest.mark.parametrize(("act", "phrase"), EXAMPLES, ids=IDS)
def test_a_phrase_of_an_earlier_program_reads_as_the_same_act(
    root: Path, act: Act, phrase: str
) -> None:
    look = earlier_row(root, act.kind, phrase)
    assert (look.what, look.phrase, look.act) == (phrase, phrase, act)
    assert phrases.phrase(look.act) == phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_same_of_an_earlier_row_and_of_one_of_today(
    mixed: Path, language: str
) -> None:
    looks = AuditLog(mixed).all()
    earlier, today = looks[: len(EXAMPLES)], looks[len(EXAMPLES) :]
    with speaking(language):
        assert [subject(look.act) for look in earlier] == [subject(look.act) for look in today]
        words = [frame.drop(frame.columns[0], frame.columns[1], frame.columns[-1])
                 for frame in (export.looks_table(earlier).frame, export.looks_table(today).frame)]  # fmt: skip
    assert words[0].equals(words[1])


def test_a_record_with_rows_of_both_forms_is_one_chain_and_survives_a_backup(
    mixed: Path, tmp_path: Path
) -> None:
    assert AuditLog(mixed).verify() is None
    assert [p for p in faults(mixed) if p.code == "broken_record"] == []
    backup.backup(mixed, tmp_path / "b.tar")
    backup.restore(tmp_path / "again", tmp_path / "b.tar")
    assert AuditLog(tmp_path / "again").all() == AuditLog(mixed).all()


@pytest.mark.parametrize("of_today", [False, True])
def test_a_changed_byte_in_a_row_of_either_form_is_named(mixed: Path, of_today: bool) -> None:
    number = 1 + (len(EXAMPLES) if of_today else 0)
    connection = sqlite3.connect(mixed / storage.JOURNAL)
    connection.execute("drop trigger looks_keep_words")
    change = "update looks set what = replace(what, 'H0012', 'H0013') where seq = ?"
    connection.execute(change, (number,))
    connection.commit()
    connection.close()
    assert AuditLog(mixed).verify() == f"looks {number}"
    (problem,) = [p for p in faults(mixed) if p.code == "broken_record"]
    assert problem.where == f"looks {number}"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("load", '{"act":"load","batch":"3"}'), ("load", '{"act":"load","batch":true}'),
        ("load", '{"act":"load"}'), ("load", '{"act":"load","batch":3,"more":1}'),
        ("load", '{"act":"withdraw","batch":3}'), ("load", '{"act":["load"]}'), ("load", "[3]"), ("load", "[" * 100_000),
        ("load", '{"act":"load","batch":3,"kind":"load"}'), ("nothing", '{"act":"load","batch":3}'),
        ("check", '{"act":"check","ledgers":"labour"}'), ("check", '{"act":"check","ledgers":[1]}'),
    ],
)  # fmt: skip
def test_json_that_no_declaration_fits_is_no_act_and_stays_as_it_is(
    root: Path, kind: str, text: str
) -> None:
    look = earlier_row(root, kind, text)
    assert act_text.read(kind, text) is None
    assert look.phrase == text
    assert subject(look.act)


def test_whatever_a_row_says_it_has_words_and_stays_as_it_is(root: Path) -> None:
    texts = ["househo", "", "=1+1", "rows", "rows x", "a.b", "whole store", "{", "create", "by"]
    for kind in AUDIT_KINDS:
        for text in texts:
            look = earlier_row(root, kind, text)
            assert look.phrase == text, kind
            assert isinstance(subject(look.act), str), (kind, text)


def test_a_number_of_a_person_is_struck_out_of_every_field() -> None:
    number, hidden = "990000199001011232", "×"
    given = acts.AccountState("create", number, (number,), number, (number, "3栋"), True, number)
    values = fields_of(given)
    assert number not in act_text.as_json(given)
    assert (values["name"], values["roles"], values["places"]) == (
        hidden,
        [hidden],
        [hidden, "3栋"],
    )
    again = act_of("account", act_text.as_json(given))
    assert isinstance(again, acts.AccountState)
    assert again.department == hidden
