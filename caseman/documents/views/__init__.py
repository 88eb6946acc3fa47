"""Papers to print and as PDF; each module offers those of one kind of record."""

from caseman.documents.views import (
    case_files,
    custody,
    dna,
    examination,
    families,
    field,
    files,
    labels,
)
from caseman.documents.views.blueprint import documents

__all__ = [
    "case_files",
    "custody",
    "dna",
    "documents",
    "examination",
    "families",
    "field",
    "files",
    "labels",
]
