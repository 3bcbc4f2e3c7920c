"""Open posts and the people they fit, by a case worked by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from board import questions
from board.i18n import speaking
from board.metrics import Scope
from board.store import Snapshot
from tests.support.answers import number
from tests.support.plan_rows import post, risk
from tests.support.rows import citizen, employment, household, published, worker

MONTH = date(2024, 5, 1)
TOWN = Scope()
LABOUR = [
    worker(1, "H1", education="初中", job_wanted="保洁"),
    worker(2, "H1", education=None, lifted_out=False),
    worker(3, "H2", education="大专", lifted_out=False, work_ability="弱劳动力或半劳动力"),
    worker(4, "H3", education="小学"),
    worker(5, "H3", willing_to_work=False),
]
POSTS = [
    post("P1", date(2024, 5, 2), 3, filled=1, title="保洁员", kind="公益性岗位", wage_high=2000.0),
    post("P2", date(2024, 4, 2), 5, place="广东", education="高中", wage_high=5000.0),
    post("P3", date(2024, 4, 2), 2, place="市内", kind="帮扶车间", wage_high=2500.0),
    post("P4", date(2024, 5, 2), 1, filled=1),
    post("P5", date(2024, 6, 1), 9),
    post("P6", date(2024, 3, 1), 9, closed_on=date(2024, 5, 30)),
    post("P7", date(2024, 3, 1), 9, education="本科及以上", closed_on=date(2024, 5, 31)),
]
JOBLESS = [employment("2024-05", citizen(n), "未就业") for n in (1, 2, 3)]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    # H3 has somebody at work, so its worker who is not waits without being urgent.
    working = [employment("2024-05", citizen(4), "未就业"), employment("2024-05", citizen(5))]
    return published(
        tmp_path, households=[household(f"H{n}", building=f"{n}栋") for n in (1, 2, 3)],
        labour=LABOUR, employment=JOBLESS + working, posts=POSTS,
    )  # fmt: skip


def test_every_fitting_pair_is_scored_and_the_best_comes_first(snapshot: Snapshot) -> None:
    found = questions.matches(snapshot, MONTH, TOWN)
    # P4 is filled, P5 opens later, P6 closed on the day before the month's last.
    assert found.select("household_id", "post_id", "score").rows() == [
        ("H1", "P1", 40 + 20 + 20 + 10 + 10),  # wants to clean, lifted out, nobody at work
        ("H2", "P3", 30 + 20 + 10 + 10),  # a weak worker for a workshop
        ("H3", "P1", 40 + 20 + 10),  # lifted out too, but somebody at home works
        ("H1", "P3", 30 + 20 + 10),
        ("H1", "P3", 30 + 20 + 10),
        ("H1", "P7", 40 + 5 + 10),  # nobody wrote down whether there is a degree
        ("H3", "P3", 30 + 20),
        ("H2", "P2", 10 + 20 + 10),
        ("H1", "P2", 10 + 5 + 10),
    ]


def test_a_household_has_its_posts_and_a_post_its_people(snapshot: Snapshot) -> None:
    homes = questions.posts_for_households(snapshot, MONTH, TOWN, most=2)
    assert homes.select("household_id", "rank", "post_id", "score").rows() == [
        ("H1", 1, "P1", 100), ("H1", 2, "P3", 60), ("H2", 1, "P3", 70), ("H2", 2, "P2", 40),
    ]  # fmt: skip
    posts = questions.people_for_posts(snapshot, MONTH, TOWN, most=2)
    assert posts.select("post_id", "rank", "household_id").rows() == [
        ("P1", 1, "H1"), ("P1", 2, "H3"), ("P2", 1, "H2"), ("P2", 2, "H1"), ("P3", 1, "H2"),
        ("P3", 2, "H1"), ("P7", 1, "H1"),
    ]  # fmt: skip


def test_who_fits_nothing_is_listed_without_a_post(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, households=[household("H1")], labour=[worker(1, "H1", lifted_out=False)],
        employment=JOBLESS[:1], posts=[post("P1", MONTH, kind="公益性岗位")],
    )  # fmt: skip
    alone = questions.posts_for_households(snapshot, MONTH, TOWN)
    assert alone.select("household_id", "post_id", "rank").rows() == [("H1", None, None)]
    nobody = questions.people_for_posts(snapshot, MONTH, TOWN)
    assert nobody.select("post_id", "person_id").rows() == [("P1", None)]


def test_a_monitored_household_may_have_a_public_post(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, labour=[worker(1, "H1", lifted_out=False)], employment=JOBLESS[:1],
        households=[household("H1", category="一般户")], risk=[risk("H1", date(2024, 5, 20))],
        posts=[post("P1", MONTH, kind="公益性岗位")],
    )  # fmt: skip
    found = questions.matches(snapshot, MONTH, TOWN)
    assert found["score"].to_list() == [80]
    assert found["reasons"][0].split("；") == [
        "片区内岗位（40分）", "不要求学历（20分）", "公益性岗位优先：监测户（10分）",
        "零就业家庭的人（10分）",
    ]  # fmt: skip


def test_matches_name_nobody_and_stay_within_their_scope(snapshot: Snapshot) -> None:
    found = questions.matches(snapshot, MONTH, Scope(building="2栋"))
    assert set(found["household_id"]) == {"H2"}
    assert not {"name", "citizen_id", "head_name", "phone"} & set(found.columns)
    assert number(found["score"].max()) <= 100


def test_the_scoring_is_told_in_both_languages() -> None:
    for language in ("zh", "en"):
        with speaking(language):
            told = questions.scoring()
        assert all(name and "{" not in words for name, words in told)
    assert any("40 分" in words for _name, words in questions.scoring())
