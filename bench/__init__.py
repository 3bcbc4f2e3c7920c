"""Benchmarks of time and memory: each file without a leading underscore measures one thing."""
