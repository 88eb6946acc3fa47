"""Printed papers: the full file of one decision or of one set of remains."""
