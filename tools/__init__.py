"""Steps that make what the product carries; none of them is needed to run it."""
