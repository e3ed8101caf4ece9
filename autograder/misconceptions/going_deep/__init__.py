"""Misconceptions of 14_going_deep."""
