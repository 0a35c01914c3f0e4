"""Forms as workbooks: downloaded, filled in offline, brought back and compared cell by cell."""
