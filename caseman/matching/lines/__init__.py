"""The lines of evidence, one module each."""
