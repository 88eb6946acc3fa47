"""Ante-mortem: missing persons, what was told about them, and by whom."""
