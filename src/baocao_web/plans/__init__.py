"""Targets: what authorities ask of units, by which decision, and what has become of it."""
