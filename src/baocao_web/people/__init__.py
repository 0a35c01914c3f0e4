"""Who may do what where, and the record of what was done."""
