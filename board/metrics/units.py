"""The units of figures: what each counts, and with how many decimals it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from board.i18n import N_


@dataclass(frozen=True)
class Unit:
    """What a figure counts: `key` is its name in JSON, `label` the word shown, not translated."""

    key: str
    label: str
    decimals: int = 0


SQUARE_METRES = Unit("square_metres", N_("平方米"))
PLACES = Unit("places", N_("个"))
SHOPS = Unit("shops", N_("间"))
PARKING_SPACES = Unit("parking_spaces", N_("个车位"))
STALLS = Unit("stalls", N_("个摊位"))
LEDGER_MONTHS = Unit("ledger_months", N_("份"))
ASSETS = Unit("assets", N_("项资产"))
ISSUES = Unit("issues", N_("个问题"))
PERCENT = Unit("fraction", N_("%"), 1)
POINTS = Unit("percentage_points", N_("个百分点"), 1)
PERSONS = Unit("persons", N_("人"))
HOUSEHOLDS = Unit("households", N_("户"))
ITEMS = Unit("items", N_("个事项"))
MECHANISMS = Unit("mechanisms", N_("个机制"))
LEVELS = Unit("levels", N_("级"))
TASKS = Unit("tasks", N_("项"))
TIMES = Unit("times", N_("次"))
ROUNDS = Unit("rounds", N_("轮"))
YUAN = Unit("yuan", N_("元"))
DEPARTMENTS = Unit("departments", N_("个部门"))
DAYS = Unit("days", N_("天"))
PROJECTS = Unit("projects", N_("个项目"))
POSTS = Unit("posts", N_("个岗位"))
LOANS = Unit("loans", N_("笔"))
APPLICATIONS = Unit("applications", N_("份申请"))
ALLOWANCES = Unit("allowances", N_("份补贴"))
PROMISES = Unit("promises", N_("件答应的事"))
TICKETS = Unit("tickets", N_("张工单"))
WORKSHOPS = Unit("workshops", N_("个车间"))
ENTERPRISES = Unit("enterprises", N_("家企业"))
