"""民生保障: households at risk, children at school, assistance, allowances of the disabled."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_
from board.sections.indicators import course, facts, split
from board.sections.section import Section, View
from board.sections.sentences import in_one, label_and_value


def headline(view: View) -> str:
    """监测对象 33户，帮扶措施落实率 90.9%."""
    return in_one(
        label_and_value(view, view.read(key)) for key in ("risk_households", "risk_helped")
    )


SAFEGUARDS = Section(
    key="safeguards",
    label=N_("民生保障"),
    question=N_("监测帮扶、就学、救助和补贴有没有漏掉的？"),
    group=N_("推进"),
    position=50,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    figures=(
        "risk_households", "risk_helped", "risk_cleared", "enrolment_rate", "disability_allowance",
    ),
    source=("risk", "schooling", "assistance"),
    panels=(
        split("risk_households", "risk"),
        split("risk_helped", "category"),
        split("risk_households", "place_below", width=8),
        facts("risk_helped"),
        course("risk_referred", width=12),
        course("enrolment_rate"),
        course("nearby_public_rate"),
        split("enrolment_rate", "place_below"),
        split("nearby_public_rate", "place_below"),
        split("assistance_paid", "kind", width=8),
        facts("assistance_paid"),
        course("disability_allowance", width=8),
        facts("disability_allowance"),
    ),
)  # fmt: skip
