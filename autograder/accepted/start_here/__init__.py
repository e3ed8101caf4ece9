"""Unusual right implementations of 00_start_here."""
