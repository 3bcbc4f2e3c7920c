"""Changes in the registers: births, weddings, school-leavers, illness, moves, departures."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from board.sample import story
from board.sample.names import citizen_id, full_name, phone
from board.sample.register import Home, Settlement

# how often each happens in a year, per thousand households
BIRTHS, WEDDINGS, ILLNESSES, MOVES, ARRIVALS, DEPARTURES = 26, 7, 9, 5, 4, 5


def apply_changes(town: Settlement, months: list[date], seed: int, used_ids: set[str]) -> None:
    """Add to `town` the register rows of all changes in `months`.

    `used_ids` holds the citizen IDs already given; new ones are added to it.
    """
    rng = story.random_stream(seed, "changes")
    share = len(town.homes) / 1000 / 12
    _add_arrivals(rng, town, months, share)
    for month in months[1:]:
        if month.month == 7:
            _leave_school(rng, town, month)
        for _ in range(_occurrences(rng, BIRTHS * share)):
            _add_member(rng, town, month, used_ids, newborn=True)
        for _ in range(_occurrences(rng, WEDDINGS * share)):
            _add_member(rng, town, month, used_ids, newborn=False)
        for _ in range(_occurrences(rng, ILLNESSES * share)):
            _fall_ill(rng, town, month)
        for _ in range(_occurrences(rng, MOVES * share)):
            _move(rng, town, month)
        for _ in range(_occurrences(rng, DEPARTURES * share)):
            _depart(rng, town, month)


def _occurrences(rng: Random, mean: float) -> int:
    """A random whole number with this mean."""
    return int(mean) + (rng.random() < mean % 1)


def _random_home(rng: Random, town: Settlement, month: date) -> Home | None:
    """A random household in register without another change this month; None after 20 tries."""
    for _ in range(20):
        home = town.home(rng.choice(list(town.homes)), month)
        if home and home.effective_month != month and (home.effective_month or month) <= month:
            return home
    return None


def _add_row(town: Settlement, home: Home, month: date, **facts: Any) -> None:
    town.homes[home.household_id].append(home._replace(effective_month=month, **facts))


def _add_arrivals(rng: Random, town: Settlement, months: list[date], share: float) -> None:
    """Have some households move in later; they and their members are registered only then."""
    for month in months[1:]:
        for _ in range(_occurrences(rng, ARRIVALS * share)):
            home = rng.choice(list(town.homes.values()))[0]
            if home.effective_month is None:
                moved_in = month + timedelta(days=rng.randrange(25))
                visit = moved_in + timedelta(days=rng.randint(2, 20))
                town.homes[home.household_id] = [
                    home._replace(effective_month=month, moved_in=moved_in, first_visit=visit)
                ]
                for key in town.members(home.household_id):
                    town.people[key] = [town.people[key][0]._replace(effective_month=month)]


def _leave_school(rng: Random, town: Settlement, month: date) -> None:
    for key, history in town.people.items():
        row, age = history[-1], story.age(town.born[key], month)
        if not row.student or age < 16 or (row.effective_month or month) > month:
            continue
        if rng.random() > {16: 0.08, 17: 0.12, 18: 0.45, 19: 0.45, 20: 0.3, 21: 0.5}.get(age, 0.9):
            continue
        graduate = age >= 20
        education = "大专" if graduate else "中专或职高" if age >= 18 else "初中"
        history.append(
            row._replace(
                effective_month=month,
                student=False,
                work_ability="技能劳动力" if rng.random() < 0.3 else "普通劳动力",
                education=education,
                groups=[*(row.groups or []), "高校毕业生"] if graduate else row.groups,
                willing_to_work=True,
                willing_to_train=rng.random() < 0.5,
                job_wanted=rng.choice(("普工", "文员", "销售", "维修")),
                resident=rng.random() < 0.6,
                phone=row.phone or phone(rng),
            )
        )


def _add_member(
    rng: Random, town: Settlement, month: date, used_ids: set[str], newborn: bool
) -> None:
    home = _random_home(rng, town, month)
    if home is None or home.size > 8:
        return
    relative = town.people[town.members(home.household_id)[0]][0]
    male = rng.random() < 0.5 if newborn else False
    born = month - timedelta(days=rng.randint(1, 28) if newborn else rng.randint(7700, 10800))
    key = citizen_id(rng, born, male, used_ids)
    town.born[key] = born
    town.people[key] = [
        relative._replace(
            citizen_id=key,
            name=full_name(rng, male, home.head_name[0] if newborn else ""),
            effective_month=month,
            relation="孙子女" if newborn and story.age(town.born[relative.citizen_id], month) > 45
            else ("儿子" if male else "女儿") if newborn else "儿媳",
            education=None if newborn else "初中",
            work_ability="无劳动力" if newborn else "普通劳动力",
            groups=None,
            student=False,
            willing_to_work=not newborn,
            job_wanted=None if newborn else "普工",
            willing_to_train=not newborn,
            training_wanted=None if newborn else "家政",
            resident=True,
            phone=None if newborn else phone(rng),
        )
    ]  # fmt: skip
    _add_row(town, home, month, size=home.size + 1)


def _fall_ill(rng: Random, town: Settlement, month: date) -> None:
    key = rng.choice(list(town.people))
    worker, row = town.worker(key, month), town.people[key][-1]
    if worker and row == worker[0] and row.effective_month != month:
        lost = rng.random() < 0.4
        town.people[key].append(
            row._replace(
                effective_month=month,
                work_ability="丧失劳动力" if lost else "弱劳动力或半劳动力",
                willing_to_work=not lost,
            )
        )


def _move(rng: Random, town: Settlement, month: date) -> None:
    """Move a household to an empty room of another unit; its earlier rows stay."""
    home = _random_home(rng, town, month)
    if home is None:
        return
    occupied = {(r.building, r.unit, r.room) for rows in town.homes.values() for r in rows}
    floors = sorted({r[2][:2] for r in occupied})
    for _ in range(50):
        building, unit = rng.choice(story.units())
        room = f"{rng.choice(floors)}{rng.randint(1, story.ROOMS_A_FLOOR):02}"
        elsewhere = (building, unit) != (home.building, home.unit)
        if elsewhere and (building, unit, room) not in occupied:
            _add_row(town, home, month, building=building, unit=unit, room=room)
            return


def _depart(rng: Random, town: Settlement, month: date) -> None:
    home = _random_home(rng, town, month)
    if home is not None:
        _add_row(
            town, home, month, status="注销" if rng.random() < 0.15 and home.size == 1 else "迁出"
        )
