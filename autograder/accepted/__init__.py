"""Executable unusual-but-right implementations that every check must pass, one file an exercise."""
