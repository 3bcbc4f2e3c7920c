"""Every figure over invented data, to look at: python -m tests.gallery OUT [--serve]."""
