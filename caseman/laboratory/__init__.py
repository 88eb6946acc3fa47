"""DNA under codes: what is sent to a laboratory, and what comes back."""
