"""The sample data: people, work, income and assets of an invented settlement."""

from board.sample.deliveries import Delivery, deliveries
from board.sample.loading import SampleRefusedError, load_sample, write
from board.sample.story import HOUSEHOLDS, MARK, MONTHS, SEED

__all__ = [
    "HOUSEHOLDS",
    "MARK",
    "MONTHS",
    "SEED",
    "Delivery",
    "SampleRefusedError",
    "deliveries",
    "load_sample",
    "write",
]
