"""Write an act as the JSON text of an audit entry, and read it back."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from board.journal.acts import DECLARED, Act, names_of
from board.ledgers.fields import persons


def as_json(act: Act) -> str:
    """An act as the audit log stores it: JSON with sorted keys and no spaces."""
    return json.dumps(fields_of(act), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fields_of(act: Act) -> dict[str, Any]:
    """The fields of an act as JSON values, with citizen IDs and mobile numbers replaced by ×."""
    return {field.name: _masked(getattr(act, field.name)) for field in fields(act)}


def without_numbers(text: str) -> str:
    """The text on one line, with citizen IDs and mobile numbers replaced by ×."""
    return persons.without_numbers(" ".join(text.split()))


def read(kind: str, text: str) -> Act | None:
    """The act that an entry's JSON describes; None if the text is not JSON of a declared act."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    name = values.get("act") if isinstance(values, dict) else None
    if not isinstance(name, str) or (kind, name) not in _declared():
        return None
    declared, types = _declared()[kind, name]
    try:
        return declared(**{key: _typed(value, types[key]) for key, value in values.items()})
    except (KeyError, TypeError):
        return None


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return without_numbers(value)
    if isinstance(value, dict):
        return {key: _masked(inner) for key, inner in value.items()}
    return [_masked(inner) for inner in value] if isinstance(value, tuple) else value


@cache
def _declared() -> dict[tuple[str, str], tuple[type[Act], dict[str, Any]]]:
    """Kind and name of an act → its class and the types of its fields."""
    return {
        (declared.kind, name): (declared, get_type_hints(declared))
        for declared in DECLARED
        for name in names_of(declared)
    }


def _typed(value: Any, wanted: Any) -> Any:
    """A JSON value converted to the type of its field; TypeError if it does not fit."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is UnionType:
        fitting = [option for option in inner if type(value) is (get_origin(option) or option)]
        return _typed(value, fitting[0] if fitting else None)
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(item, inner[0]) for item in value)
    if origin is dict and isinstance(value, dict):
        return {key: _typed(item, inner[1]) for key, item in value.items()}
    if type(value) is wanted or (origin is Literal and value in inner):
        return value
    raise TypeError(wanted)
