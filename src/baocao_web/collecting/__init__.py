"""Forms, rounds, entries: how figures are collected."""
