"""What can be done where ante-mortem and post-mortem meet: rank, compare, sign, revoke, return."""
