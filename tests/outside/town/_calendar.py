"""Months, quarters and citizen IDs."""

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen_id(born: date, number: int) -> str:
    """An invented ID of area 990000 with a right check digit."""
    head = f"990000{born:%Y%m%d}{number:03}"
    total = sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True))
    return head + "10X98765432"[total % 11]


def months(first: str, last: str) -> list[str]:
    """2023-01 … 2023-04, both included."""
    found, (year, month) = [], map(int, first.split("-"))
    while f"{year}-{month:02}" <= last:
        found.append(f"{year}-{month:02}")
        year, month = year + month // 12, month % 12 + 1
    return found


def quarter_of(month: str) -> str:
    """2024-Q1 of 2024-02."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
