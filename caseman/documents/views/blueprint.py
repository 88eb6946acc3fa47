"""The blueprint of papers."""

from flask import Blueprint

documents = Blueprint("documents", __name__, url_prefix="/documents")
