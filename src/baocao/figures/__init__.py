"""Figures: the catalogue of what is measured, targets, observations, and what is computed from them."""
