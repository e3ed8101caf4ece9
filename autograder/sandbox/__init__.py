"""Runs strangers' code in a confined child; knows nothing of courses or grades."""
