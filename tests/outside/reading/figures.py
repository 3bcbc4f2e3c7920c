"""Numbers as they are told: parsed with the half step of their last digit, and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.outside.reading.words import ABSENT, UNITS

STEPS = {"万": 10_000.0, "亿": 100_000_000.0}
SMALL = {word: n for n, word in enumerate("零一两三四五六七八九十")} | {"二": 2}
NOISE = 1e-9
NUMBER = re.compile(r"(?P<sign>[+−-]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<mark>[%万亿]?)(?P<unit>.*)")


@dataclass(frozen=True)
class Told:
    """A number on the screen: its value, half of what its last digit stands for, its words."""

    value: float
    half: float
    unit: str
    text: str
    percent: bool = False
    signed: bool = False

    def fits(self, true: float | None, *, exact: bool = False) -> bool:
        """Whether this is a number rounded as it is told; 100 % and 0 % are never rounded."""
        if true is None:
            return False
        if self.percent and abs(self.value) in (0.0, 1.0):
            return abs(abs(true) - abs(self.value)) <= NOISE
        if self.percent and abs(self.value) in (0.999, 0.001):
            near = abs(abs(true) - abs(self.value)) <= 2 * self.half
            return near and 0 < abs(true) < 1
        slack = NOISE if exact else self.half * (1 + 1e-6) + NOISE
        return abs(true - self.value) <= slack


def told(text: str) -> Told | None:
    """The number that a text is; None where it is none."""
    match = NUMBER.fullmatch(text.strip())
    if not match:
        return None
    digits = match["digits"].replace(",", "")
    places = len(digits.partition(".")[2])
    step = STEPS.get(match["mark"], 0.01 if match["mark"] == "%" else 1.0)
    sign = -1.0 if match["sign"] in ("−", "-") else 1.0
    half = 0.5 * 10.0**-places * step
    return Told(
        sign * float(digits) * step, half, match["unit"].strip(), text, match["mark"] == "%",
        bool(match["sign"]),
    )  # fmt: skip


def counted(text: str) -> int:
    """A small count in words or digits: 三, 12."""
    return SMALL[text] if text in SMALL else int(text.replace(",", ""))


def difference_of(text: str, name: str, true: float | None, unit: str | None = None) -> list[str]:
    """What is wrong with a number told for a true one; with a unit, also of its words."""
    if text == ABSENT:
        return [] if true is None else [f"{name} is told as absent, it is {true}"]
    number = told(text)
    if number is None:
        return [f"{name} {text!r} is no number"]
    if not number.fits(true):
        return [f"{name} is told as {text}, it is {true}"]
    if unit is not None and number.unit != UNITS.get(unit, "?"):
        return [f"{name} {text!r} is told in {number.unit!r}, not in {unit}"]
    return []


def enough_of(text: str, name: str, true: float, unit: str) -> list[str]:
    """As `difference_of` for what is told as enough: rounded up to what can be written."""
    number = told(text)
    if number and true - NOISE <= number.value < true + 2 * number.half + NOISE:
        return difference_of(text, name, number.value, unit)
    return difference_of(text, name, true, unit)


def subjects_of(text: str, true: float) -> list[str]:
    """16人, 3户, 7项: how many are not reported, whatever they are counted as."""
    return difference_of(text.replace(" ", ""), "unreported", true)


def gap_of(text: str, name: str, true: float | None, unit: str) -> list[str]:
    """As `difference_of` for a difference: of rates in percentage points."""
    if least := re.fullmatch(r"不到 ?(.+)", text):
        number, true = told(least[1]), abs(true or 0) * (100 if unit == "fraction" else 1)
        return (
            []
            if number and 0 < true < number.value
            else [f"{name} is told as {text}, it is {true}"]
        )
    if true is not None and unit == "fraction":
        return difference_of(text, name, true * 100, "percentage_points")
    return difference_of(text, name, true, unit)
