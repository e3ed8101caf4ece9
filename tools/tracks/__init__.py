"""Tracks: what to hand out beside each of the five decks, in one, two and thirteen sessions."""
