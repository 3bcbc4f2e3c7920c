"""Match people who look for work with open posts, best matches first, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from board.i18n import N_, _
from board.ledgers.labour import EDUCATIONS
from board.metrics import Scope
from board.plans import place_of_work
from board.store import Queries

PUBLIC = "公益性岗位"
WEAK = "弱劳动力或半劳动力"
GROUNDS = (N_("脱贫人口"), N_("监测户"), N_("就业困难人员"))
NEAR: dict[str, int] = {
    "片区内": 40, "市内": 30, "区内市外": 15, "广东": 10, "区外其他": 5, "境外": 0,
}  # fmt: skip
EDUCATED, EDUCATION_UNKNOWN = 20, 5
WANTED = 20
RESERVED = EASY = 10
URGENT = 10
WORKSHOP = "帮扶车间"
SUBJECT = ("household_id", "building", "unit", "person_id", "zero", "months_open")
OFFER = (
    "post_id", "title", "employer", "kind", "place", "vacancies", "wage_low", "wage_high",
)  # fmt: skip
RULES: tuple[tuple[str, str], ...] = (
    (
        N_("谁"),
        N_("愿意就业、有劳动能力、当月监测到没有就业的人；零就业家庭的人加 {urgent} 分。"),
    ),
    (N_("哪些岗位"), N_("月末还在招、没有招满的岗位。")),
    (
        N_("地点"),
        N_(
            "{zone} {here} 分，{town} {city} 分，区内市外 {region} 分，广东 {guangdong} 分，区外其他 {away} 分，境外 0 分。"
        ),
    ),
    (
        N_("学历"),
        N_(
            "不要求学历或达到要求的 {educated} 分；本人学历没有填的 {unknown} 分；达不到要求的不推荐。"
        ),
    ),
    (N_("求职意向"), N_("求职意向与岗位名称或行业对得上的 {wanted} 分。")),
    (
        N_("岗位类型"),
        N_(
            "公益性岗位只推荐给脱贫人口、监测户的人和就业困难人员，{reserved} 分；弱劳动力或半劳动力去帮扶车间 {easy} 分。"
        ),
    ),
    (
        N_("先后"),
        N_("分数高的在前；同分的月薪上限高的、缺人多的在前，再按岗位编号、人员代码排。"),
    ),
)


@dataclass(frozen=True)
class Match:
    """How well a post fits a person: the score (0 to 100) and the reasons for its points."""

    score: int
    reasons: tuple[str, ...]


def scoring() -> list[tuple[str, str]]:
    """The scoring rules in words: (what a rule looks at, how many points it gives)."""
    points: dict[str, object] = {
        "urgent": URGENT, "here": NEAR["片区内"], "city": NEAR["市内"],
        "region": NEAR["区内市外"], "guangdong": NEAR["广东"], "away": NEAR["区外其他"],
        "educated": EDUCATED, "unknown": EDUCATION_UNKNOWN, "wanted": WANTED,
        "reserved": RESERVED, "easy": EASY,
        "zone": place_of_work("片区内"), "town": place_of_work("市内"),
    }  # fmt: skip
    return [(_(name), _(words, **points)) for name, words in RULES]


def match(person: Mapping[str, Any], post: Mapping[str, Any]) -> Match | None:
    """How well a post fits a person; None where it may not be offered to them.

    A person has `education, job_wanted, work_ability, zero, grounds`, a post `title, kind,
    place, industry, required`. `RULES` has the rules.
    """
    if post["kind"] == PUBLIC and not person["grounds"]:
        return None
    schooling = _schooling(person["education"], post["required"])
    if schooling is None:
        return None
    points_and_reasons = [
        (NEAR[post["place"]], _("{place}岗位", place=place_of_work(post["place"]))),
        schooling,
    ]
    if _wished(person["job_wanted"], post):
        points_and_reasons.append((WANTED, _("求职意向相符：{wish}", wish=person["job_wanted"])))
    if post["kind"] == PUBLIC:
        grounds = _("、").join(_(ground) for ground in person["grounds"].split("、"))
        points_and_reasons.append((RESERVED, _("公益性岗位优先：{grounds}", grounds=grounds)))
    elif post["kind"] == WORKSHOP and person["work_ability"] == WEAK:
        points_and_reasons.append((EASY, _("帮扶车间适合弱劳动力或半劳动力")))
    if person["zero"]:
        points_and_reasons.append((URGENT, _("零就业家庭的人")))
    reasons = (
        _("{words}（{points}分）", words=text, points=points) for points, text in points_and_reasons
    )
    return Match(sum(points for points, _text in points_and_reasons), tuple(reasons))


def matches(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """Every person who looks for work with every open post that fits them, best matches first.

    The columns are `household_id, building, unit, person_id, zero, months_open, post_id, title,
    employer, kind, place, vacancies, wage_low, wage_high, score` (0 to 100) and `reasons` (a text).
    People appear as codes, never by name.
    """
    people = snapshot.frame("seekers", month=month, building=scope.building, unit=scope.unit)
    posts = snapshot.frame("posts_open", month=month)
    offers = list(posts.iter_rows(named=True))
    rows = [
        {
            **{name: person[name] for name in SUBJECT},
            **{name: post[name] for name in OFFER},
            "score": fit.score,
            "reasons": _("；").join(fit.reasons),
        }
        for person in people.iter_rows(named=True)
        for post in offers
        if (fit := match(person, post))
    ]
    schema = people.select(SUBJECT).schema | posts.select(OFFER).schema
    schema |= {"score": pl.Int64(), "reasons": pl.String()}
    return pl.DataFrame(rows, schema=schema, orient="row").sort(
        "score", "wage_high", "vacancies", "post_id", "person_id",
        descending=[True, True, True, False, False], nulls_last=True,
    )  # fmt: skip


def posts_for_households(
    snapshot: Queries, month: date, scope: Scope, most: int = 3
) -> pl.DataFrame:
    """The best posts for each zero-employment household, one row each, longest unemployed first.

    The columns are those of `matches` and `rank`. A post that fits several members is listed with
    the member it fits best. A household without a fitting post has one row without a post.
    """
    fits = matches(snapshot, month, scope).filter("zero")
    best = _ranked(fits.unique(["household_id", "post_id"], maintain_order=True), "household_id")
    people = snapshot.frame("seekers", month=month, building=scope.building, unit=scope.unit)
    households = people.filter("zero").unique("household_id", maintain_order=True)
    listed = households.select("household_id", "building", "unit", "months_open").join(
        best.filter(pl.col("rank") <= most).drop("building", "unit", "months_open"),
        on="household_id",
        how="left",
    )
    return listed.sort(
        "months_open", "household_id", "rank", descending=[True, False, False], nulls_last=True
    )


def people_for_posts(snapshot: Queries, month: date, scope: Scope, most: int = 5) -> pl.DataFrame:
    """The people whom each open post fits best, one row each.

    The columns are those of `matches` and `rank`. A post that fits nobody has one row without a
    person.
    """
    best = _ranked(matches(snapshot, month, scope), "post_id").filter(pl.col("rank") <= most)
    posts = snapshot.frame("posts_open", month=month)
    shared = [name for name in best.columns if name in posts.columns and name != "post_id"]
    listed = posts.select("post_id", *shared).join(best.drop(shared), on="post_id", how="left")
    return listed.sort("post_id", "rank", nulls_last=True)


def _ranked(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """The rows in their order, numbered from 1 within each group."""
    return rows.with_columns(rank=pl.int_range(1, pl.len() + 1).over(by))


def _schooling(education: str | None, required: str | None) -> tuple[int, str] | None:
    """The points and reason for a person's education; None where it is below the required one."""
    if required is None:
        return EDUCATED, _("不要求学历")
    if education is None:
        return EDUCATION_UNKNOWN, _("要求{required}，本人学历没有填", required=_(required))
    if EDUCATIONS.index(education) < EDUCATIONS.index(required):
        return None
    return EDUCATED, _(
        "学历符合：要求{required}，本人{own}", required=_(required), own=_(education)
    )


def _wished(wish: str | None, post: Mapping[str, Any]) -> bool:
    """Whether the wish contains the post's title or industry, or is contained in one of them."""
    if not wish:
        return False
    names = [name for name in (post["title"], post["industry"]) if name]
    return any(wish in name or name in wish for name in names)
