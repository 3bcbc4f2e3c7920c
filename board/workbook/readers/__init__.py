"""Open a file of any accepted kind: its sheets as filled cells, whatever the format."""
