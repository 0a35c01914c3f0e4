"""Phrases: the sentences that officials write, made of figures; the inverse of the grammar."""
