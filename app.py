"""The board: its frame, and in it the page a reader chose."""

from board import ui

ui.run()
