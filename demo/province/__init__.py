"""A province that does not exist: its units, three years of figures and its plans, made by a seeded model."""
