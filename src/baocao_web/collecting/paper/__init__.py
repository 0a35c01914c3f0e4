"""Forms on paper: printed, as Word and as PDF."""
