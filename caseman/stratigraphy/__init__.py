"""Stratigraphic contexts of a feature, what lay above what, and the matrix drawn from it."""
