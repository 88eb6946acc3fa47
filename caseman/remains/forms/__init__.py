"""Forms of the remains pages."""
