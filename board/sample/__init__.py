"""The sample data: people, work, income and assets of an invented settlement."""

from board.sample.deliveries import Delivery, deliveries
from board.sample.loading import load_sample, write
from board.sample.story import MARK

__all__ = [
    "MARK",
    "Delivery",
    "deliveries",
    "load_sample",
    "write",
]
