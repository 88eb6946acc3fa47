"""Photographs and files: originals kept by their SHA-256, derivatives without metadata."""
