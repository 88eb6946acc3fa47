"""Personal effects and clothing found with remains or loose in a feature."""
