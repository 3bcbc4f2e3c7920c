"""产业资金: projects by kind, state and year, their returns and their funds."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_
from board.sections.indicators import course, facts, split
from board.sections.section import Section, View
from board.sections.sentences import in_one, label_and_value


def headline(view: View) -> str:
    """项目当年完工率 50.0%，资金到位率 89.7%，资金支出率 82.5%."""
    keys = ("projects_on_time", "funds_disbursed", "funds_spent")
    return in_one(label_and_value(view, view.read(key)) for key in keys)


INDUSTRY = Section(
    key="industry",
    label=N_("产业资金"),
    question=N_("项目推进了吗，收益到户了吗，资金用出去了吗？"),
    group=N_("推进"),
    position=40,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    figures=("projects_on_time", "projects_advanced", "beneficiary_households", "funds_disbursed", "funds_spent"),
    scopes=("plan",),
    source=("projects", "funds"),
    panels=(
        split("rolling_projects", "rolling_years"),
        split("rolling_projects", "state"),
        split("projects_on_time", "kind"),
        split("projects_advanced", "state"),
        split("returns_by_use", "use"),
        course("beneficiary_households"),
        split("funds_disbursed", "level"),
        split("funds_spent", "use"),
        course("funds_spent", width=8),
        facts("funds_spent"),
        split("work_relief", "state", width=8),
        facts("work_relief"),
        split("facility_projects", "state"),
        split("urbanisation_projects", "state"),
    ),
)  # fmt: skip
