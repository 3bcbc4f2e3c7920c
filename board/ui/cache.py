"""Cache for what pages compute: sentences and figures, by everything they depend on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")
MAX_VALUES = 512

_values: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def cached(key: Hashable, make: Callable[[], Value]) -> Value:
    """The value for a key; `make` computes it at the first call. A failure is not cached.

    The key names the snapshot, and a snapshot never changes, so no value is ever invalidated.
    """
    with _lock:
        if key in _values:
            _values.move_to_end(key)
            value: Value = _values[key]
            return value
    value = make()
    with _lock:
        _values[key] = value
        while len(_values) > MAX_VALUES:
            _values.popitem(last=False)
    return value
