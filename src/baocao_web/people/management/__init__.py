"""What an office runs from the command line about people and the record."""
