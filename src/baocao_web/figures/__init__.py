"""The store of figures in the application's own database."""
