"""任务台账:每个部门答应了什么、做到哪一步。"""

from datetime import date

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, not_before, only_after, rule

# The 周期 of a task that comes again → how its 期次 is written, and the months of one.
OCCURRENCES = {
    "每月": ("^[0-9]{4}-(0[1-9]|1[0-2])$", 1),
    "每季度": ("^[0-9]{4}-Q[1-4]$", 3),
    "每半年": ("^[0-9]{4}-H[12]$", 6),
    "每年": ("^[0-9]{4}$", 12),
}


class Tasks(Ledger):
    """一行是一项任务（周期任务填了期次的，是其中一期）在一个更新日期的情况。"""

    sheet = "任务台账"
    name = "tasks"
    cadence = "monthly"
    position = 80
    dated_by = "updated_on"

    task_id = column.text("任务编号", key=True)
    measure = column.code("举措序号", codes_from="measures", required=True, carried=True)
    content = column.text("任务内容", required=True, shared=True, carried=True)
    leads = column.codes("牵头部门", codes_from="departments", required=True, carried=True)
    supports = column.codes("配合部门", codes_from="departments", carried=True)
    starts = column.date("开始日期", required=True, carried=True)
    due = column.date("完成时限", required=True, carried=True)
    cadence_ = column.code("周期", alias="cadence", codes=["一次性", *OCCURRENCES], carried=True)
    occurrence_ = column.text(
        "期次", alias="occurrence", key=True, optional=True,
        note="周期任务填，如 2024-03、2024-Q1、2024-H1、2024",
        carried=True,
    )  # fmt: skip
    progress = column.percent("进度", low=0, high=100)
    state = column.code(
        "状态",
        ["未开始", "推进中", "已完成", "已取消"],
        required=True,
        synonyms={
            "未开始": "未启动 没开始",
            "推进中": "进行中 正在推进 在推进",
            "已完成": "完成 办结 已办结",
            "已取消": "取消",
        },
    )
    done_on = column.date("完成日期")
    accepted_on = column.date("销号日期")
    evidence = column.text("佐证材料")
    problem = column.text("存在问题")
    updated_on = column.date("更新日期", key=True)

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A task that is neither done nor cancelled."""
        return ~pl.col("state").is_in(["已完成", "已取消"])

    @classmethod
    def begun(cls, items: pl.DataFrame, month: date) -> pl.DataFrame:
        """The occurrence of a month of each running task whose rows say which they report on."""
        with_occurrences = items.filter(pl.col("occurrence").is_not_null())["task_id"].unique()
        labels = {
            "每月": f"{month:%Y-%m}",
            "每季度": f"{month.year}-Q{(month.month + 2) // 3}",
            "每半年": f"{month.year}-H{(month.month + 5) // 6}",
            "每年": f"{month.year}",
        }
        running = items.unique("task_id", keep="last", maintain_order=True).filter(
            pl.col("task_id").is_in(with_occurrences.implode()),
            pl.col("cadence").is_in(list(labels)),
            pl.col("state") != "已取消",
            pl.col("starts").dt.truncate("1mo") <= month,
            pl.col("due") >= month,
        )
        begun = running.with_columns(
            occurrence=pl.col("cadence").cast(pl.String).replace(labels),
            state=pl.lit("未开始", items.schema["state"]),
        )
        return begun.join(items, on=["task_id", "occurrence"], how="anti", maintain_order="left")

    due_after_start = not_before("due", "starts", N_("不早于开始日期"))

    @rule("done_on", N_("状态为已完成时必填,其他状态须为空"))
    def done_on_with_state(cls):
        """A finished task has a date of completion; any other task has none."""
        return cls.done_on.col.is_not_null() == (cls.state.col == "已完成")

    accepted_after_done = only_after("accepted_on", "done_on", N_("不早于完成日期"))

    @rule(
        "occurrence",
        N_(
            "与周期相符（每月 2024-03，每季度 2024-Q1，每半年 2024-H1，每年 2024），并在开始日期至完成时限之间；一次性任务不填"
        ),
        code="occurrence",
    )
    def occurrence_of_cadence(cls):
        """An occurrence is a period of the task's cadence, from its start until it is due."""
        text, cadence = cls.occurrence_.col, cls.cadence_.col
        valid = pl.lit(value=False)
        for name, (pattern, months) in OCCURRENCES.items():
            within = _overlaps(text, months, cls.starts.col, cls.due.col)
            valid = (
                pl.when(cadence == name).then(text.str.contains(pattern) & within).otherwise(valid)
            )
        return text.is_null() | valid


def _overlaps(text: pl.Expr, months: int, starts: pl.Expr, due: pl.Expr) -> pl.Expr:
    """Whether the period of so many months that a text like 2024-Q1 names has a day of the task."""
    year = text.str.slice(0, 4).cast(pl.Int64, strict=False)
    number = text.str.slice(5).str.extract("([0-9]+)").cast(pl.Int64, strict=False)
    first = year * 12 + (number.fill_null(1) - 1) * months
    return (first <= _month(due)) & (first + months > _month(starts))


def _month(day: pl.Expr) -> pl.Expr:
    """Months since the year 0."""
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month() - 1
