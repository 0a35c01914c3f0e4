"""Running the application: its clock, what it tells people by itself, its backups, and what its operator looks at."""
