"""Who touches samples, and lets their own DNA be compared to find contamination."""
