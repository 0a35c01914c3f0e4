"""Every figure that the product promises, measured."""
