"""How the application speaks to its database: PostgreSQL with less said for the same, and statements asked all day."""
