"""Forms designed, rounds opened with their days, and who owes what in them."""
