"""One JSON line for each event: what happened where, never with which values.

Not logged: query strings, form fields, names, the text of an exception (it may quote a value).
A failure is told by its type and the places in the code it passed.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from time import perf_counter

from flask import Flask, Response, g, request

logger = logging.getLogger("caseman.web")


class ValuelessFormatter(logging.Formatter):
    """Formats a record by its constant message and the fields given for logging."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["failure"] = failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def failure(error: BaseException) -> list[str]:
    """Return the type of ``error`` and where it passed, innermost last, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return [type(error).__qualname__, *places]


def log_failure(error: BaseException, reference: str) -> None:
    """Log an unexpected error under the number that its page shows."""
    fields = {"reference": reference, "endpoint": request.endpoint, "failure": failure(error)}
    logger.error("request failed", extra={"fields": fields})


def set_up(level: int = logging.INFO) -> None:
    """Send every log of the process to standard error in our format; for serve and worker."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(ValuelessFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It logs each refused token with its reason, and refusals are in our own line already.
    logging.getLogger("flask_wtf.csrf").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _start_clock() -> None:
    g.started = perf_counter()


def _log_request(response: Response) -> Response:
    fields = {
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "ms": round((perf_counter() - g.get("started", perf_counter())) * 1000),
    }
    logger.info("request", extra={"fields": fields})
    return response


def init_app(app: Flask) -> None:
    """Log each request by its endpoint, not by its address."""
    app.before_request(_start_clock)
    app.after_request(_log_request)
