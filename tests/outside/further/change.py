"""What moved a figure between two periods, subject by subject."""

from typing import Any

from tests.outside.further.plan import Plan
from tests.outside.further.terms import Figure, Item, reckoned

PARTS = ("real", "entered", "left", "newly_reported", "fell_silent")


def by_subject(figure: Figure) -> dict[object, Item]:
    """One item a subject."""
    found: dict[object, Item] = {}
    for item in figure.items:
        assert item.subject not in found, item.subject
        found[item.subject] = item
    return found


def change(plan: Plan, now: Figure, then: Figure) -> dict[str, Any]:
    """The difference of two readings and its parts; empty where there is none to speak of."""
    values = now.fields["value"], then.fields["value"]
    if None in values:
        return {"difference": None}
    difference = values[0] - values[1]
    if now.form == "median":
        comparable = min(now.covered, then.covered) >= plan.coverage
        nothing = dict.fromkeys(PARTS)
        return {"difference": difference, "comparable": comparable} | nothing
    new, old = by_subject(now), by_subject(then)
    both = [key for key in new if key in old]
    told = [key for key in both if not new[key].unreported and not old[key].unreported]
    if now.form == "rate":
        answer: dict[str, Any] = {"difference": difference, "comparable": True}
        answer |= dict.fromkeys(PARTS[1:])
        rates = [reckoned("rate", [of[key] for key in told])["value"] for of in (new, old)]
        if None not in rates:
            answer["real"] = rates[0] - rates[1]
            answer["rest"] = difference - answer["real"]
        return answer
    return {
        "difference": difference,
        "comparable": True,
        "real": sum(new[key].n - old[key].n for key in told),
        "entered": sum(new[key].n for key in new if key not in old),
        "left": -sum(old[key].n for key in old if key not in new),
        "newly_reported": sum(
            new[k].n for k in both if old[k].unreported and not new[k].unreported
        ),
        "fell_silent": -sum(old[k].n for k in both if new[k].unreported and not old[k].unreported),
    }
