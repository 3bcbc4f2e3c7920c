"""民生保障: households at risk, children at school, assistance, allowances of the disabled."""

from board.sections.safeguards.page import SAFEGUARDS

__all__ = ["SAFEGUARDS"]
