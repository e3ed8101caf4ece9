"""Executable wrong implementations, one file an exercise; the docstring is the hint."""
