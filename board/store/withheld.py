"""The error raised for data that a reader may not see."""


class WithheldError(Exception):
    """The reader may not see the answer; the text is only the name of the query or metric."""
