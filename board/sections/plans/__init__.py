"""方案: which plans the store has, and what a plan changes in the targets."""

from board.sections.plans.page import PLANS

__all__ = ["PLANS"]
