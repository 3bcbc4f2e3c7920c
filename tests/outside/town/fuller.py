"""A town whose other ledgers are filled too, of the first plan or of another."""

from tests.outside.further.plan import Plan
from tests.outside.town import Town, town
from tests.outside.town._persons import Persons
from tests.outside.town._talks import Talks
from tests.outside.town._works import Works


class Fuller(Persons, Works, Talks):
    """Draws all of it, in an order that never changes."""

    def make(self) -> Town:
        """The town with its further rows."""
        self.draw_leaders()
        self.dress()
        for draw in (
            self.draw_children,
            self.draw_schooling,
            self.draw_training,
            self.draw_subsidies,
            self.draw_risk,
            self.draw_assistance,
            self.draw_visits,
            self.draw_returns,
            self.draw_asset_changes,
            self.draw_accounts,
            self.draw_projects,
            self.draw_funds,
            self.draw_posts,
            self.draw_workshops,
            self.draw_loans,
            self.draw_repairs,
            self.draw_activities,
            self.draw_meetings,
            self.draw_mechanisms,
            self.draw_follow_ups,
            self.draw_recurring,
        ):
            draw()
        self.hand_in()
        return self.town


def fuller(seed: int, plan: Plan, first: str = "2023-01", last: str = "2026-02") -> Town:
    """The town of a seed, with every ledger of the plan filled."""
    return Fuller(town(seed, first, last), plan).make()
