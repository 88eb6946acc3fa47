"""Where ante-mortem and post-mortem meet: candidates, pairings, decisions, release."""
