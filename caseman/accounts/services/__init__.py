"""What can be done with accounts, roles, teams and sessions."""
