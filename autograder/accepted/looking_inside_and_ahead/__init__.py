"""Unusual right implementations of 15_looking_inside_and_ahead."""
