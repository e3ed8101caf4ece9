"""Unusual right implementations of 14_going_deep."""
