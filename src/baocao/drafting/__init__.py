"""Drafting: from figures to the words, tables and outlines of a report; it knows no store and no file format."""
