"""社区治理: repairs, drills, visits to households, disputes, care, unity, demonstration sites."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_
from board.sections.indicators import course, facts, split
from board.sections.section import Section, View
from board.sections.sentences import in_one, label_and_value


def headline(view: View) -> str:
    """维修办结率 97.9%，逾期工单 7张工单."""
    return in_one(
        label_and_value(view, view.read(key)) for key in ("repairs_closed", "overdue_repairs")
    )


COMMUNITY = Section(
    key="community",
    label=N_("社区治理"),
    question=N_("报修修好了没有，演练和活动办了没有？"),
    group=N_("推进"),
    position=60,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    figures=("repairs_closed", "repair_days", "overdue_repairs", "fire_drills", "households_visited"),
    source=("repairs", "activities", "visits"),
    panels=(
        split("repairs_closed", "owner"),
        split("repair_days", "owner"),
        split("repairs_closed", "place_below"),
        split("overdue_repairs", "owner"),
        course("fire_drills", width=8),
        facts("fire_drills"),
        split("care_events", "kind", width=8),
        facts("care_events"),
        course("households_visited"),
        course("promises_kept"),
        split("households_visited", "place_below"),
        course("demonstration_sites"),
        course("training_sessions"),
        course("unity_events"),
        course("disputes_settled"),
    ),
)  # fmt: skip
