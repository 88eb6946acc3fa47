"""Papers to print and as PDF: case files, the report of a likelihood ratio."""

from caseman.documents.views import case_files, dna, files
from caseman.documents.views.blueprint import documents

__all__ = ["case_files", "dna", "documents", "files"]
