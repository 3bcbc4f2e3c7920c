"""Children, training, subsidies, schooling, assistance, households at risk, visits, benefits."""

from datetime import date, timedelta

from tests.outside.columns import Row
from tests.outside.other_columns import (
    ASSISTANCE,
    GRADES,
    RETURN_USES,
    RISKS,
    SOURCES,
    TRAININGS,
)
from tests.outside.town._calendar import citizen_id
from tests.outside.town._spread import Spread


class Persons(Spread):
    """Draws what the other ledgers say of persons and households."""

    def draw_children(self) -> None:
        """Pupils in households of every fate, some entered late."""
        rng, self.children = self.rng, []
        for n in range(16):
            born = date(rng.randint(2008, 2017), rng.randint(1, 12), rng.randint(1, 28))
            row: Row = {
                "身份证号": citizen_id(born, 600 + n),
                "姓名": f"孩子{n}",
                "生效月份": rng.choice(self.months[1:6]) if n % 5 == 4 else None,
                "户编号": rng.choice(sorted(self.homes)),
                "劳动能力": "无劳动力",
                "人群类别": rng.choice([[], [], ["残疾人"], ["留守儿童"]]),
                "残疾等级": rng.choice([None, *GRADES]),
                "低保对象": rng.choice([None, True, False]),
                "脱贫人口": self.chance(0.5),
                "在校生": True,
                "就业意愿": False,
                "培训意愿": False,
                "常住片区": True,
            }
            self.children.append(row)
            self.add("劳动力台账", self.months[0], row)

    def draw_schooling(self) -> None:
        """A row a child and term, some missing, some columns empty."""
        rng = self.rng
        years = range(int(self.months[0][:4]), int(self.months[-1][:4]) + 1)
        for term, month in [
            (f"{y}{s}", f"{y}-{m}") for y in years for s, m in (("春", "03"), ("秋", "09"))
        ]:
            if not self.months[0] <= month <= self.months[-1]:
                continue
            for child in self.children:
                if self.chance(0.1):
                    continue
                self.add(
                    "就学台账",
                    month,
                    {
                        "学期": term,
                        "身份证号": child["身份证号"],
                        "学段": rng.choice(["小学", "小学", "初中", "初中", "高中", "学前"]),
                        "学校": "某校",
                        "学校性质": rng.choice(["公办", "公办", "公办", "民办", None]),
                        "就近": rng.choice([True, True, True, False, None]),
                        "在读": self.chance(0.9),
                        "资助金额": rng.choice([None, 500]),
                    },
                )

    def draw_training(self) -> None:
        """Sessions of a few days, the first one all within the first month."""
        rng, people = self.rng, sorted(self.people)
        for n in range(14):
            month = self.months[1] if n == 0 else rng.choice(self.months[2:])
            starts = self.day(month) if n else date.fromisoformat(f"{month}-05")
            ends = starts + timedelta(days=rng.randint(0, 20))
            for citizen in rng.sample(people, rng.randint(2, 7)):
                row = {
                    "培训编号": f"P{n:02}",
                    "身份证号": citizen,
                    "培训名称": "焊工",
                    "类型": rng.choice(TRAININGS),
                    "开始日期": starts,
                    "结束日期": ends,
                    "取得证书": self.chance(0.5),
                    "培训补贴": rng.choice([None, 300]),
                }
                self.add("培训台账", month, row)

    def draw_subsidies(self) -> None:
        """Applications long enough and too short, paid, unpaid, twice, with empty pensions."""
        rng, people = self.rng, self.settled_people()
        taken: set[tuple[str, date]] = set()
        for n in range(44):
            kind = ("就业创业服务补助", "跟踪服务补贴")[n % 2]
            starts = self.day(self.months[2] if n < 2 else rng.choice(self.months[3:]))
            months = rng.choice([3, 5, 6, 6, 7, 11, 12, 12, 13, 24])
            index = starts.year * 12 + starts.month - 1 + months
            ends = date(index // 12, index % 12 + 1, min(starts.day, 28))
            ends -= timedelta(days=rng.choice([1, 1, 1, 2, 0]))
            citizen = rng.choice(people[: 6 if n % 2 else None])
            paid_on = starts + timedelta(days=rng.randint(10, 200)) if self.chance(0.7) else None
            while (citizen, paid_on) in taken and paid_on:
                paid_on += timedelta(days=1)
            if paid_on:
                taken.add((citizen, paid_on))
            amount = rng.choice([500, 500, 500, 300, 600]) if n % 2 else 800
            row = {
                "申请编号": f"S{n:02}",
                "补助类型": kind,
                "申请机构": "某公司",
                "身份证号": citizen,
                "合同起": starts,
                "合同止": ends,
                "社保缴纳月数": rng.choice([0, 2, 3, 6]),
                "养老保险月数": rng.choice([None, 2, 3, 4]),
                "申请金额": amount,
                "发放金额": amount if paid_on else None,
                "发放日期": paid_on,
            }
            self.add("就业补助台账", f"{starts:%Y-%m}", row)

    def draw_risk(self) -> None:
        """Households found at risk; some again afterwards, some while they are still open."""
        rng = self.rng
        for n, home in enumerate(rng.sample(sorted(self.homes), 12)):
            found = self.day(self.months[1] if n == 0 else rng.choice(self.months[2:]))
            for _ in range(rng.choice([1, 1, 2])):
                helped = found + timedelta(days=rng.randint(0, 90))
                cleared = found + timedelta(days=rng.randint(20, 260))
                row = {
                    "户编号": home,
                    "识别日期": found,
                    "对象类别": rng.choice(["脱贫不稳定户", "边缘易致贫户", "突发严重困难户"]),
                    "风险类型": rng.choice(RISKS),
                    "帮扶措施": rng.sample(["就业", "低保", "医疗"], rng.choice([0, 1, 2])),
                    "措施落实日期": rng.choice([None, helped, helped]),
                    "风险消除日期": rng.choice([None, cleared, cleared]),
                    "线索移交原籍县": rng.choice([True, True, False, None]),
                }
                self.add("防返贫监测台账", f"{found:%Y-%m}", row)
                since = cleared if row["风险消除日期"] else found
                found = since + timedelta(days=rng.randint(1, 60))

    def draw_assistance(self) -> None:
        """Payments of a month, a few months silent."""
        rng, n = self.rng, 0
        for month in self.months[2:]:
            if self.chance(0.12):
                continue
            drawn: list[tuple[str, str | None, str]] = [
                (h, None, rng.choice(ASSISTANCE)) for h in rng.sample(sorted(self.homes), 3)
            ]
            for citizen, own in self.disabled(month).items():  # some booked under another household
                home = own if self.chance(0.85) else rng.choice(sorted(self.homes))
                drawn += [(home, citizen, kind) for kind in ASSISTANCE[3:5] if self.chance(0.5)]
            for home, who, kind in drawn:
                n += 1
                row = {
                    "编号": f"Z{n:04}",
                    "月份": month,
                    "对象": home,
                    "身份证号": who,
                    "类别": kind,
                    "金额": round(rng.uniform(50, 900), 2),
                }
                self.add("救助补贴台账", month, row)

    def draw_visits(self) -> None:
        """Visits by month, some with a promise."""
        rng, n = self.rng, 0
        for month in self.months[2:]:
            for home in rng.sample(sorted(self.homes), rng.randint(0, 5)):
                n += 1
                day = self.day(month)
                promised = self.chance(0.4)
                by = day + timedelta(days=rng.randint(5, 60)) if promised else None
                kept = day + timedelta(days=rng.randint(2, 100)) if promised else None
                row = {
                    "走访编号": f"V{n:03}",
                    "户编号": home,
                    "走访日期": day,
                    "走访人": "网格员",
                    "方式": rng.choice(["入户", "电话", "微信", None]),
                    "需求": rng.sample(["就业", "医疗", "其他"], rng.choice([0, 1, 2])),
                    "答应事项": "修门" if promised else None,
                    "答应期限": by,
                    "兑现日期": kept if self.chance(0.7) else None,
                }
                self.add("走访台账", month, row)

    def draw_returns(self) -> None:
        """Distributions and the households that received them."""
        rng = self.rng
        for n in range(22):
            day = self.day(self.months[2] if n == 0 else rng.choice(self.months[2:]))
            homes = rng.sample(sorted(self.homes), rng.randint(1, 6))
            source = rng.choice(SOURCES)
            row = {
                "分配编号": f"F{n:02}",
                "来源类型": source,
                "来源编号": {"项目": "J00", "资产": "A001"}.get(source, "某公司"),
                "分配日期": day,
                "用途": rng.choice(RETURN_USES),
                "金额": round(rng.uniform(1000, 90000), 2),
                "受益户数": rng.choice([None, len(homes)]),
            }
            self.add("收益分配台账", f"{day:%Y-%m}", row)
            if n == 0 or self.chance(0.7):
                for home in homes:
                    part = {"分配编号": row["分配编号"], "户编号": home, "金额": 100}
                    self.add("受益户台账", f"{day:%Y-%m}", part)
