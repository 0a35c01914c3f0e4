"""The units and the catalogue that an office stands on."""
