"""Who may see what: the table of roles, the guard before the store, the masks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from board import access, metrics
from board.access import Audience, Reader, Role
from board.catalogue import METRICS
from board.metrics import Period, Scope
from board.sections import sections
from board.store import QUERIES, Snapshot, WithheldError
from tests.support import settlement

FOLDERS = {"views"}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return settlement.snapshot(60, 14)


def names() -> list[str]:
    found = [path.relative_to(QUERIES).with_suffix("") for path in QUERIES.rglob("*.sql")]
    return sorted(str(name) for name in found if name.parts[0] not in FOLDERS)


@pytest.mark.parametrize("query", names())
def test_every_query_says_what_it_tells(query: str) -> None:
    assert access.subject_of(query).grain in ("nobody", "groups", "households", "persons")


def open_to(role: Role, presenting: bool = False) -> set[str]:
    reader = Reader(role=role, presenting=presenting)
    return {section.key for section in sections() if section.opens_to(reader)}


# The audiences that each role of the plan belongs to.
AUDIENCES = {
    Role.VIEWER: {"everyone", "figures", "town"},
    Role.LEADER: {"everyone", "figures", "town", "households"},
    Role.TASK_FORCE: {"everyone", "figures", "town", "households"},
    Role.DEPARTMENT: {"everyone", "figures"},
    Role.KEEPER: {"everyone"},
    Role.ADMIN: {"everyone", "figures", "town", "administrators"},
}


@pytest.mark.parametrize("role", AUDIENCES)
def test_a_role_belongs_to_the_audiences_that_its_rights_give_it(role: Role) -> None:
    opened = {a for a in Audience if access.may_open(Reader(role=role), a, presentable=False)}
    assert opened == AUDIENCES[role]


@pytest.mark.parametrize("presentable", [True, False])
def test_a_shared_screen_shows_presentable_pages_only(presentable: bool) -> None:
    presenting = Reader(presenting=True)
    assert access.may_open(presenting, Audience.FIGURES, presentable) is presentable


def test_pages_that_name_households_load_ledgers_or_list_accounts_are_never_presented() -> None:
    private = {s.key for s in sections() if not s.presentable}
    assert {"household", "ledgers", "accounts", "looks"} <= private
    limited = [
        s for s in sections() if s.audience in (Audience.HOUSEHOLDS, Audience.ADMINISTRATORS)
    ]
    assert limited
    assert [s.key for s in limited if s.presentable] == []


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_some_page(role: Role) -> None:
    assert open_to(role)


# What the plan of roles says, role by role:
#                      suppressed households persons       loads  withdraws administers
TABLE = {
    Role.VIEWER:      (True,      False,     "none",       "",    False,    False),
    Role.LEADER:      (False,     True,      "masked",     "",    False,    False),
    Role.TASK_FORCE:  (False,     True,      "unmaskable", "task_force", False, False),
    Role.DEPARTMENT:  (False,     False,     "none",       "",    False,    False),
    Role.KEEPER:      (True,      False,     "none",       "department", False, False),
    Role.ADMIN:       (True,      False,     "none",       "",    True,     True),
}  # fmt: skip


@pytest.mark.parametrize("role", TABLE)
def test_a_role_has_the_rights_the_table_gives_it(role: Role) -> None:
    reader = Reader(role=role)
    permissions, rights = reader.permissions, reader.rights
    assert TABLE[role] == (
        permissions.suppressed, permissions.households, permissions.persons,
        rights.loads, rights.withdraws, rights.administers,
    )  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_whoever_presents_sees_no_more_than_a_viewer(role: Role) -> None:
    presenting = Reader("王", role, presenting=True)
    viewer = Reader(role=Role.VIEWER).permissions
    permissions = presenting.permissions
    assert (permissions.suppressed, permissions.households, permissions.persons) == (
        viewer.suppressed, viewer.households, viewer.persons,
    )  # fmt: skip


@pytest.mark.parametrize("query", [name for name in names() if "/" not in name])
@pytest.mark.parametrize("role", Role)
def test_a_query_about_households_answers_only_who_may_see_households(
    role: Role, query: str
) -> None:
    guard = access.Guard(Reader(role=role).permissions)
    may = {
        "nobody": True,
        "groups": not guard.permissions.suppressed,
        "households": guard.permissions.households,
    }
    try:
        guard.admit(query, {})
    except WithheldError:
        assert not may[access.subject_of(query).grain]
    else:
        assert may[access.subject_of(query).grain]


@pytest.mark.parametrize("key", METRICS)
def test_rows_of_people_are_not_for_a_viewer(key: str, snapshot: Snapshot) -> None:
    metric = METRICS[key]
    seen = access.for_reader(snapshot, Reader().permissions)
    period = metrics.fitting(metric, Period.parse("2023-06"))
    if access.subject_of(metric.sql).grain == "nobody":
        assert metrics.rows(seen, metric, period, Scope(), "numerator").height >= 0
    else:
        with pytest.raises(WithheldError):
            metrics.rows(seen, metric, period, Scope(), "numerator")


def test_who_is_narrowed_to_a_building_gets_rows_of_that_building_alone(snapshot: Snapshot) -> None:
    everyone = access.for_reader(snapshot, Reader(role=Role.TASK_FORCE).permissions)
    asked = {"month": Period.parse("2023-06").last_month, "building": None, "unit": None}
    every = everyone.frame("households_open", **asked)
    building = every["building"][0]
    own = access.for_reader(snapshot, Reader(role=Role.TASK_FORCE, places=(building,)).permissions)
    assert own.frame("households_open", **asked).equals(
        every.filter(pl.col("building") == building)
    )
    assert own.contains(Scope(building=building, unit="1单元"))
    assert not own.contains(Scope())


def test_a_department_reads_the_metrics_of_the_ledgers_it_keeps(snapshot: Snapshot) -> None:
    own = access.for_reader(
        snapshot, Reader(role=Role.DEPARTMENT, department="组织人社局").permissions
    )
    period = Period.parse("2023-06")
    assert access.read(own, METRICS["employment_rate"], period, Scope()).value is not None
    with pytest.raises(WithheldError):
        access.read(own, METRICS["asset_occupancy"], period, Scope())


def test_a_department_sees_the_tasks_it_leads_and_no_others(snapshot: Snapshot) -> None:
    department = "组织人社局"
    own = access.for_reader(
        snapshot, Reader(role=Role.DEPARTMENT, department=department).permissions
    )
    metric, period = METRICS["task_completion"], Period.parse("2023-06")
    assert access.read(own, metric, period, Scope(department=department)).metric.key == metric.key
    with pytest.raises(WithheldError):
        access.read(own, metric, period, Scope(department="财政金融局"))
    listed = own.frame("tasks_led", month=period.last_month)
    assert listed.height
    assert all(department in leads for leads in listed["leads"])
    assert set(own.frame("deliveries", month=period.last_month)["department"]) == {department}


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (access.masked_name, "张三", "张*"),
        (access.masked_name, "欧阳修文", "欧阳*"),
        (access.masked_name, "欧阳", "欧*"),
        (access.masked_name, "", ""),
        (access.masked_id, "450123199001011234", "450***********1234"),
        (access.without_birth, "450123199001011234", "450123********1234"),
        (access.masked_phone, "13812345678", "138****5678"),
        (access.masked_phone, "8812345", "*****45"),
    ],
)
def test_a_mask_leaves_enough_to_tell_two_apart(
    mask: Callable[[str | None], str | None], value: str, shown: str
) -> None:
    assert mask(value) == shown


def test_an_id_never_shows_a_birth_date_however_it_is_shown() -> None:
    frame = pl.DataFrame({"citizen_id": ["990000199001011234"], "name": ["韦小芳"]})
    assert "19900101" not in str(access.masked(frame).rows() + access.unmasked(frame).rows())
    assert access.unmasked(frame)["name"][0] == "韦小芳"


def test_the_declared_personal_columns_all_have_a_mask() -> None:
    from board.access import masks
    from board.ledgers import ledgers

    personal = {f.name for ledger in ledgers() for f in ledger.fields() if f.personal}
    assert personal <= masks.NAMES | masks.IDS | masks.PHONES


def test_the_guard_is_closed_to_a_query_nobody_declared(tmp_path: Path, snapshot: Snapshot) -> None:
    seen = access.for_reader(snapshot, Reader(role=Role.TASK_FORCE).permissions)
    with pytest.raises(KeyError):
        seen.frame("no_such_query")
