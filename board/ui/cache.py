"""What pages have made already: sentences and figures, kept by everything they depend on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 512

_made: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def remembered(key: Hashable, make: Callable[[], Made]) -> Made:
    """What was made for this key, made now if never before; what fails is not kept.

    The key names the snapshot, so nothing here ever has to be made invalid.
    """
    with _lock:
        if key in _made:
            _made.move_to_end(key)
            return _made[key]
    made = make()
    with _lock:
        _made[key] = made
        while len(_made) > MOST:
            _made.popitem(last=False)
    return made
