"""Measurements of the ranking engine on generated worlds."""
