"""就业服务: training, posts, workshops, subsidies and loans, and matches of people and posts."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_, _
from board.sections.indicators import course, facts, split
from board.sections.section import Section, View
from board.sections.sentences import in_one, label_and_value
from board.sections.words import inside, target_text
from board.sections.work_services.matching import FOR_HOUSEHOLDS, FOR_POSTS


def headline(view: View) -> str:
    """技能培训率 34.4%，目标 30%；错发补助 2 份."""
    training = view.read("training_rate")
    text = label_and_value(view, training)
    if target := target_text(training):
        text += _("，{aim}", aim=inside(target))
    return text + mistakes(view)


def mistakes(view: View) -> str:
    """；错发补助 2 份，另 1 份已发而情况不明: each check by itself where one of them is not known."""
    checks = [view.read(key) for key in ("service_subsidy_check", "tracking_subsidy_check")]
    statuses = {check.status for check in checks if check.value is None}
    if len(statuses) == 1 and all(check.value is None for check in checks):
        return _("；错发补助{word}", word=inside(_(statuses.pop().word)))
    if statuses:
        return _("；") + in_one(label_and_value(view, check) for check in checks)
    text = _("；错发补助 {n} 份", n=f"{sum(check.value or 0 for check in checks):.0f}")
    if unclear := sum(check.unreported for check in checks):
        text += _("，另 {n} 份已发而情况不明", n=f"{unclear:,}")
    return text


WORK_SERVICES = Section(
    key="work_services",
    label=N_("就业服务"),
    question=N_("培训、岗位、车间、补助和贷款做得怎样？"),
    group=N_("推进"),
    position=30,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    figures=("training_rate", "posts_filled", "workshop_jobs", "public_post_priority", "loans_granted"),
    source=("training", "posts"),
    panels=(
        course("training_rate", width=8),
        facts("training_rate"),
        FOR_HOUSEHOLDS,
        split("posts_filled", "kind"),
        split("posts_opened", "place"),
        course("job_fairs", width=8),
        facts("job_fairs"),
        FOR_POSTS,
        split("service_subsidy_check", "finding"),
        split("tracking_subsidy_check", "finding"),
        split("loans_granted", "form"),
        course("loans_above_cap"),
        course("workshop_jobs"),
        course("public_post_priority"),
    ),
)  # fmt: skip
