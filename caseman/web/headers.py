"""Security headers, the same on every answer (security.md, T10)."""

from collections.abc import Mapping

from flask import Flask, Response, after_this_request, request

from caseman.web.installation import installation

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
RECORDING = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; media-src blob:",
    "Permissions-Policy": PERMISSIONS.replace("microphone=()", "microphone=(self)"),
}
"""For a page on which somebody may record their voice and listen before they send it."""
LISTENING = {"Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; media-src 'self'"}
"""For a page that plays a recording of ours."""
INERT = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""For a file that came from outside: whatever it holds, nothing of it runs."""
TWO_YEARS = 2 * 365 * 24 * 3600
STRICT_TRANSPORT = f"max-age={TWO_YEARS}; includeSubDomains"


def also(headers: Mapping[str, str]) -> None:
    """Let the answer to this request have ``headers`` instead of those that all answers have."""

    @after_this_request
    def set_them(response: Response) -> Response:
        response.headers.update(headers)
        return response


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if installation().config.tls:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Set the headers last, after every other part has had its say."""
    app.after_request(_set_headers)
