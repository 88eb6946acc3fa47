"""Reading missing persons and reports; every query takes the reader's scope."""

from caseman.reports.queries.search import Found, Hit, search_names

__all__ = ["Found", "Hit", "search_names"]
