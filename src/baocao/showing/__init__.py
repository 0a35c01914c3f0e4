"""Findings for people: in the terminal, on a page, as comments in the Word file."""
