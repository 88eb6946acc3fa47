"""Who works here: persons, accounts, teams, roles, sign-in."""
