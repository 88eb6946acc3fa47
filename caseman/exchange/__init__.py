"""Files in and out: tables of other systems, checked row by row, nothing lost without a word."""
