"""Generators of cases that the public and the hidden check of a topic have in common."""
