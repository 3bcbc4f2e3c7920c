"""The invented settlement: people, work, income and assets of a town that does not exist."""

from board.sample.deliveries import Delivery, deliveries
from board.sample.settling import SampleRefusedError, settle, write
from board.sample.story import HOUSEHOLDS, MARK, MONTHS, SEED

__all__ = [
    "HOUSEHOLDS",
    "MARK",
    "MONTHS",
    "SEED",
    "Delivery",
    "SampleRefusedError",
    "deliveries",
    "settle",
    "write",
]
