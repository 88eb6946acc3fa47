"""Forms of the pages of custody."""
