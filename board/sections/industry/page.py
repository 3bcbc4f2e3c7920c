"""产业资金: projects by kind, state and year, their returns and their funds."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_, _
from board.numerals import shown
from board.sections.indicators import course, facts, label_and_value, split
from board.sections.section import Section, View


def headline(view: View) -> str:
    """项目当年完工率 50.0%；资金到位率 89.7%，支出率 82.5%."""
    disbursed, spent = view.read("funds_disbursed"), view.read("funds_spent")
    return _(
        "{project}；资金到位率 {came}，支出率 {spent}",
        project=label_and_value(view.read("projects_on_time")),
        came=shown(disbursed.value, disbursed.metric.unit),
        spent=shown(spent.value, spent.metric.unit),
    )  # fmt: skip


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
