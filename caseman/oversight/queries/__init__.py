"""Reads of the work at a glance and of the trail."""
