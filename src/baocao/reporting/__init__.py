"""Reporting: a report written from the ledger, and a printed report held against it again."""
