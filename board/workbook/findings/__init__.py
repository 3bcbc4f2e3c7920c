"""Findings of reading: the message of every rule, and the faults collected from a file."""
