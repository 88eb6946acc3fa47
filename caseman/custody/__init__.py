"""Exhibits, the places they are kept, and every hand-over."""
