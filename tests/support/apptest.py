"""A page as Streamlit's own test runner holds it, with types for what the tests do with it."""

from __future__ import annotations

from typing import Protocol

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element


class Opened(Protocol):
    """Opens a page by a link with these parameters."""

    def __call__(self, **query: str) -> AppTest:
        """The page once it has run."""


def elements(at: AppTest, *kinds: str) -> list[Element]:
    """What stands on a page of these kinds, kind by kind, the blocks that hold it left out."""
    return [node for kind in kinds for node in at.get(kind) if isinstance(node, Element)]
