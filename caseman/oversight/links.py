"""Where a figure leads: the list behind it, by endpoint."""

REMAINS = "remains.index"
PERSONS = "missing.index"
REPORTS = "reports.index"
PAIRINGS = "identification.index"
SITE = "sites.show"
FAMILY = "family.start"
