"""Tables that leave the program: for a purpose, within a scope and an hourly budget, on record."""
