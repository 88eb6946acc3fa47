"""Post-mortem: recovery, biological profile, dental findings, marks."""
