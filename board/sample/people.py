"""The households and people of the settlement, as the registers first record them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.changes import apply_changes
from board.sample.family import Kin, family
from board.sample.names import TOWNSHIPS, citizen_id, full_name, phone, pick
from board.sample.register import Home, Member, Settlement

HOUSEHOLDS_A_HELPER = 40
DEADLINE = date(2023, 4, 30)
CATEGORIES = (
    ("脱贫户", 850),
    ("脱贫不稳定户", 30),
    ("边缘易致贫户", 25),
    ("突发严重困难户", 12),
    ("一般户", 83),
)
ETHNICITIES = (("瑶族", 46), ("壮族", 42), ("汉族", 10), ("苗族", 1), ("毛南族", 1))
HELPERS = (("网格员", 50), ("帮扶干部", 30), ("楼栋长", 10), ("单元长", 10))


def settlement(households: int, months: int, seed: int) -> Settlement:
    """The invented settlement, with all changes in its two registers over `months`."""
    rng = story.random_stream(seed, "people")
    town, used_ids = Settlement(), set[str]()
    for empty_home in _homes(rng, households):
        home, kin = empty_home, family(rng)
        surname = rng.choice("韦蓝覃黄罗蒙陆潘卢唐石班陈李")
        ethnicity = pick(rng, ETHNICITIES)
        for relative in kin:
            birthday = story.FIRST - timedelta(days=relative.age * 365.25 + rng.randrange(1, 365))
            member = _member(rng, home, relative, birthday, surname, ethnicity, used_ids)
            if relative.relation == "户主":
                home = empty_home._replace(head_name=member.name, size=len(kin))
            town.people[member.citizen_id] = [member]
            town.born[member.citizen_id] = birthday
        town.homes[home.household_id] = [home]
    apply_changes(town, story.months_of(months), seed, used_ids)
    return town


def _homes(rng: Random, households: int) -> list[Home]:
    """Households in the order of their rooms; head and size are filled in later."""
    rooms = _rooms(rng, households)
    homes, helper = [], ("", "", "")
    for number, (building, unit, room) in enumerate(rooms):
        if number % HOUSEHOLDS_A_HELPER == 0:
            helper = (full_name(rng, rng.random() < 0.5), pick(rng, HELPERS), phone(rng))
        homes.append(
            Home(
                household_id=f"XF{number + 1:04}",
                settlement=story.SETTLEMENT,
                building=building,
                unit=unit,
                room=room,
                head_name="",
                size=1,
                category=pick(rng, CATEGORIES),
                origin_county="大化瑶族自治县",
                origin_township=rng.choice(TOWNSHIPS),
                moved_in=date(2018, 9, 1) + timedelta(days=rng.randrange(900)),
                first_visit=_first_visit(rng),
                helper_name=helper[0],
                helper_role=helper[1],
                helper_phone=helper[2],
                status="在册",
            )
        )
    return homes


def _first_visit(rng: Random) -> date | None:
    """The date of the first visit: nearly always by the deadline, rarely later or never (None)."""
    draw = rng.random()
    if draw < 0.006:
        return None
    if draw < 0.016:
        return DEADLINE + timedelta(days=rng.randint(3, 40))
    return DEADLINE - timedelta(days=int(110 * rng.random() ** 1.6))


def _rooms(rng: Random, households: int) -> list[tuple[str, str, str]]:
    """As many (building, unit, room) as households, spread over all units and floors, sorted."""
    units = [(b, u) for b, count in enumerate(story.UNITS, 1) for u in range(1, count + 1)]
    floors = -(-households * 115 // (100 * len(units) * story.ROOMS_A_FLOOR))
    slots = [
        (building, unit, floor, room)
        for building, unit in units
        for floor in range(2, floors + 2)
        for room in range(1, story.ROOMS_A_FLOOR + 1)
    ]
    chosen = sorted(rng.sample(slots, households))
    return [(f"{b}栋", f"{u}单元", f"{floor:02}{room:02}") for b, u, floor, room in chosen]


def _member(
    rng: Random,
    home: Home,
    relative: Kin,
    born: date,
    surname: str,
    ethnicity: str,
    used_ids: set[str],
) -> Member:
    marries_in = relative.relation in ("配偶", "母亲")
    age = story.age(born, story.FIRST)
    student = 6 <= age <= 15 or (age <= 18 and age > 15 and rng.random() < 0.9)
    student = student or (18 < age <= 22 and rng.random() < 0.38)
    ability = _ability(rng, age)
    works = 16 <= age < 60 and ability not in ("丧失劳动力", "无劳动力")
    trains = works and rng.random() < 0.42
    education = _education(rng, age, student)
    return Member(
        citizen_id=citizen_id(rng, born, relative.male, used_ids),
        name=full_name(rng, relative.male, "" if marries_in else surname),
        household_id=home.household_id,
        relation=relative.relation,
        ethnicity=pick(rng, ETHNICITIES) if marries_in else ethnicity,
        education=education,
        work_ability=ability,
        groups=_groups(rng, home, relative, age, education, student),
        lifted_out=home.category in ("脱贫户", "脱贫不稳定户", "突发严重困难户"),
        student=student,
        willing_to_work=works and rng.random() < 0.98,
        job_wanted=rng.choice(("普工", "保洁", "叉车工", "建筑工", "服务员", "缝纫工"))
        if works
        else None,
        willing_to_train=trains,
        training_wanted=rng.choice(("电工", "叉车", "家政", "养老护理", "电商", "焊工"))
        if trains
        else None,
        resident=age < 16 or age >= 60 or student or rng.random() < 0.72,
        phone=phone(rng) if age >= 16 else None,
    )


def _ability(rng: Random, age: int) -> str:
    if age < 16:
        return "无劳动力"
    if age >= 60:
        return rng.choices(("无劳动力", "丧失劳动力", "弱劳动力或半劳动力"), (60, 10, 30))[0]
    abilities = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动力")
    return rng.choices(abilities, (76, 13, 6, 5))[0]


def _education(rng: Random, age: int, student: bool) -> str | None:
    if age < 6:
        return None
    if age < 13:
        return "小学"
    if age < 16:
        return "初中"
    if student:
        return (
            rng.choice(("高中", "中专或职高")) if age <= 18 else rng.choice(("大专", "本科及以上"))
        )
    levels = ("文盲或半文盲", "小学", "初中", "高中", "中专或职高", "大专", "本科及以上")
    old, grown, young = (30, 45, 22, 3, 0, 0, 0), (3, 30, 50, 7, 6, 3, 1), (0, 4, 44, 14, 20, 12, 6)
    return rng.choices(levels, young if age < 30 else grown if age < 60 else old)[0]


def _groups(
    rng: Random, home: Home, relative: Kin, age: int, education: str | None, student: bool
) -> list[str] | None:
    """The groups a person belongs to; None if there are none."""
    alone = relative.relation == "户主" and age >= 60 and rng.random() < 0.35
    membership = {
        "高校毕业生": not student and age <= 27 and education in ("大专", "本科及以上"),
        "鳏寡": age >= 65 and rng.random() < 0.05,
        "孤儿": age < 16 and rng.random() < 0.003,
        "残疾人": rng.random() < 0.042,
        "困境儿童": age < 16 and rng.random() < 0.02,
        "留守儿童": age < 16 and rng.random() < 0.05,
        "独居老人": alone,
    }
    return [group for group, holds in membership.items() if holds] or None
