"""The ledger: the store of figures, the units and the catalogue joined, and what can be asked of them together."""
