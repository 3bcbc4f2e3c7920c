"""Every figure drawn from invented data, to look at: python -m tests.gallery OUT."""
