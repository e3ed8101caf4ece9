"""Grading on arrival: an inbox is watched, and feedback comes back within seconds."""
