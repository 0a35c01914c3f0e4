"""PostgreSQL as Django's engine of this name."""
