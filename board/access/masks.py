"""Mask personal values, so that a list's rows can be told apart but nobody can be recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from board.ledgers import ledgers
from board.ledgers.kinds.citizen_id import CitizenId

# Family names of two characters: 欧阳修 becomes 欧阳* and not 欧*.
DOUBLE = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒",
    "司空", "端木", "南宫", "百里", "西门", "长孙", "宇文", "轩辕", "钟离", "闻人", "东郭", "公羊",
)  # fmt: skip
ID_LENGTH = 18
PHONE_LENGTH = 11


def masked_name(name: str | None) -> str | None:
    """张三丰 → 张*: the family name alone."""
    if not name:
        return name
    kept = 2 if len(name) > 2 and name.startswith(DOUBLE) else 1
    return f"{name[:kept]}*"


def masked_id(citizen_id: str | None) -> str | None:
    """450***********1234: the first three digits and the last four, never the birth date."""
    return _starred(citizen_id, 3)


def without_birth(citizen_id: str | None) -> str | None:
    """450123********1234: all but the birth date, which is never shown to anybody."""
    return _starred(citizen_id, 6)


def _starred(citizen_id: str | None, first: int) -> str | None:
    """Stars in place of all digits but the `first` ones and the last four."""
    if not citizen_id:
        return citizen_id
    stars = "*" * (ID_LENGTH - first - 4)
    return f"{citizen_id[:first]}{stars}{citizen_id[-4:]}" if len(citizen_id) == ID_LENGTH else "*"


def masked_phone(phone: str | None) -> str | None:
    """138****5678; of numbers of another length only the last two digits."""
    if not phone:
        return phone
    if len(phone) == PHONE_LENGTH:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"{'*' * max(len(phone) - 2, 1)}{phone[-2:]}"


_PERSONAL = [field for ledger in ledgers() for field in ledger.fields() if field.personal]
IDS = frozenset(field.name for field in _PERSONAL if isinstance(field, CitizenId))
PHONES = frozenset({"phone", "helper_phone"})
# Every other personal column has names, or what is masked like one.
NAMES = frozenset(field.name for field in _PERSONAL) - IDS - PHONES


def masked_value(column: str, value: str | None) -> str | None:
    """A value of the personal column of this name, masked."""
    if column in IDS:
        return masked_id(value)
    return masked_phone(value) if column in PHONES else masked_name(value)


def masked(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its personal columns masked, which are recognised by their names."""
    rules = ((NAMES, masked_name), (IDS, masked_id), (PHONES, masked_phone))
    return _mapped(frame, {name: rule for names, rule in rules for name in names})


def unmasked(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without masks, except for the birth date in an ID, which is never shown."""
    return _mapped(frame, dict.fromkeys(IDS, without_birth))


def _mapped(
    frame: pl.DataFrame, rules: Mapping[str, Callable[[str | None], str | None]]
) -> pl.DataFrame:
    return frame.with_columns(
        pl.Series(name, [rules[name](value) for value in frame[name]], dtype=pl.String)
        for name in frame.columns
        if name in rules
    )
