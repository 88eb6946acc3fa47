"""Text goes out compressed where a phone on a slow network asks for it.

Only files that are the same for everybody, and pages for families that nobody's address put words
into: where secrets and what a stranger chose are packed together, the length tells of the secrets
(Gluck, Harris and Prado, 2013). Pages of staff go out as they are.
"""

import gzip
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, request

CODING: Final = "gzip"
STATIC: Final = "static"
FAMILIES: Final = frozenset({"family", "keeping"})
KINDS: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}
)
WORTH_IT: Final = 500
"""Bytes below which packing saves nothing."""


def _pack(response: Response) -> Response:
    if not _may_be_packed(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality(CODING) <= 0:
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < WORTH_IT:
        return response
    response.set_data(gzip.compress(content, mtime=0))
    response.content_encoding = CODING
    if etag := response.get_etag()[0]:
        response.set_etag(etag, weak=True)
    return response


def _may_be_packed(response: Response) -> bool:
    is_ours = request.endpoint == STATIC or (
        request.blueprint in FAMILIES and not request.query_string
    )
    is_sent = response.status_code != HTTPStatus.NOT_MODIFIED
    return is_ours and is_sent and response.mimetype in KINDS and not response.content_encoding


def init_app(app: Flask) -> None:
    """Pack answers once everything in them is settled."""
    app.after_request(_pack)
