"""The error for what a reader may not see."""


class WithheldError(Exception):
    """The reader may not see what was asked; the text is the query's or the metric's name alone."""
