"""Settings: read once from ``CASEMAN_...`` environment variables and checked before a start.

Every setting has a default that is safe on one laptop. What is unsafe is refused in a sentence
that says what to change; nothing unsafe is silently corrected.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Self

LANGUAGES = ("en", "ar", "kmr", "ckb")
PASSWORD_MEMORY_KIB = 19 * 1024
DEFAULT_BIND = "127.0.0.1:8000"
DEFAULT_RATE = "1200/minute"
MEGABYTE = 1024 * 1024


class ConfigError(RuntimeError):
    """The settings do not allow a safe start; the message holds one sentence for each cause."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one installation."""

    instance: Path
    """CASEMAN_INSTANCE: folder of the database, the files and the keys unless placed elsewhere."""
    database_url: str
    """CASEMAN_DATABASE_URL: ``sqlite:///...`` or ``postgresql://...``."""
    keys: Path
    """CASEMAN_KEYS: folder of the master key and the key store; never part of a backup."""
    files: Path
    """CASEMAN_FILES: folder of photographs and documents."""
    bind: str = DEFAULT_BIND
    """CASEMAN_BIND: address and port of the web server."""
    proxy_hops: int = 0
    """CASEMAN_PROXY_HOPS: reverse proxies in front, whose X-Forwarded-For is believed."""
    tls: bool = False
    """CASEMAN_TLS: 1 when people reach the site over https (secure cookies, HSTS)."""
    languages: tuple[str, ...] = LANGUAGES
    """CASEMAN_LANGUAGES: offered languages; the first is the default."""
    public_operation: str = ""
    """CASEMAN_PUBLIC_OPERATION: code of the operation that families report to; else the first."""
    max_upload: int = 64 * MEGABYTE
    """CASEMAN_MAX_UPLOAD_MB: largest request with its files."""
    anonymous_rate: str = DEFAULT_RATE
    """CASEMAN_ANONYMOUS_RATE: requests of one address without a sign-in; coarse protection."""
    idle_minutes: int = 15
    """CASEMAN_IDLE_MINUTES: a sign-in ends after so long without a request."""
    session_hours: int = 10
    """CASEMAN_SESSION_HOURS: a sign-in ends after so long in any case."""
    second_factor: bool = True
    """CASEMAN_SECOND_FACTOR: 0 lets people in by password alone; on a loopback address only."""
    password_memory_kib: int = PASSWORD_MEMORY_KIB
    """CASEMAN_PASSWORD_MEMORY_KIB: memory of one password hash; more is slower and stronger."""
    debug: bool = False
    """CASEMAN_DEBUG: 1 for development on a loopback address only."""
    testing: bool = False
    """Set by the test suite only; no environment variable reaches it."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Return the settings of ``environ``, by default the process's own, unchecked."""
        variables = os.environ if environ is None else environ
        given = {name.removeprefix("CASEMAN_"): value for name, value in variables.items()}
        instance = Path(given.get("INSTANCE", "instance")).absolute()
        return cls(
            instance=instance,
            database_url=_with_driver(
                given.get("DATABASE_URL", f"sqlite:///{instance / 'caseman.db'}")
            ),
            keys=Path(given.get("KEYS", instance / "keys")).absolute(),
            files=Path(given.get("FILES", instance / "files")).absolute(),
            bind=given.get("BIND", DEFAULT_BIND),
            proxy_hops=_whole("PROXY_HOPS", given.get("PROXY_HOPS", "0")),
            tls=_switch("TLS", given.get("TLS", "0")),
            languages=_languages(given.get("LANGUAGES", "")) or LANGUAGES,
            public_operation=given.get("PUBLIC_OPERATION", "").strip().upper(),
            max_upload=_whole("MAX_UPLOAD_MB", given.get("MAX_UPLOAD_MB", "64")) * MEGABYTE,
            anonymous_rate=given.get("ANONYMOUS_RATE", DEFAULT_RATE),
            idle_minutes=_whole("IDLE_MINUTES", given.get("IDLE_MINUTES", "15")),
            session_hours=_whole("SESSION_HOURS", given.get("SESSION_HOURS", "10")),
            second_factor=_switch("SECOND_FACTOR", given.get("SECOND_FACTOR", "1")),
            password_memory_kib=_whole(
                "PASSWORD_MEMORY_KIB", given.get("PASSWORD_MEMORY_KIB", str(PASSWORD_MEMORY_KIB))
            ),
            debug=_switch("DEBUG", given.get("DEBUG", "0")) or variables.get("FLASK_DEBUG") == "1",
        )

    def host_and_port(self) -> tuple[str, int]:
        """Return ``bind`` in its two parts."""
        host, _, port = self.bind.rpartition(":")
        return host.strip("[]"), int(port)

    def check(self) -> None:
        """Raise ``ConfigError`` naming everything that forbids a start."""
        problems = [
            *_bind_problems(self.bind, debug=self.debug, tls=self.tls),
            *_language_problems(self.languages),
            *self._sign_in_problems(),
        ]
        if not self.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            problems.append("CASEMAN_DATABASE_URL must begin with sqlite:/// or postgresql://.")
        if not 0 <= self.proxy_hops <= 5:
            problems.append("CASEMAN_PROXY_HOPS must be the number of your proxies, from 0 to 5.")
        if problems:
            raise ConfigError("\n".join(problems))

    def _sign_in_problems(self) -> list[str]:
        problems = []
        host, _ = self.host_and_port() if ":" in self.bind else ("", 0)
        if not self.second_factor and (self.tls or not _is_loopback(host)):
            problems.append(
                "CASEMAN_SECOND_FACTOR=0 opens every account by password alone: unset it, or "
                "bind to 127.0.0.1 without CASEMAN_TLS for a demonstration."
            )
        if self.password_memory_kib < PASSWORD_MEMORY_KIB and not self.testing:
            problems.append(f"CASEMAN_PASSWORD_MEMORY_KIB must be {PASSWORD_MEMORY_KIB} or more.")
        return problems


def _with_driver(url: str) -> str:
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _languages(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.replace(" ", "").split(",")))


def _whole(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        message = f"CASEMAN_{name} must be a whole number."
        raise ConfigError(message)
    return int(value)


def _switch(name: str, value: str) -> bool:
    if value not in {"", "0", "1"}:
        message = f"CASEMAN_{name} must be 1 or 0."
        raise ConfigError(message)
    return value == "1"


def _bind_problems(bind: str, *, debug: bool, tls: bool) -> list[str]:
    host, colon, port = bind.rpartition(":")
    if not (colon and port.isascii() and port.isdigit() and 0 <= int(port) < 65536):
        return ["CASEMAN_BIND must be an address and a port, such as 127.0.0.1:8000."]
    if debug and (tls or not _is_loopback(host.strip("[]"))):
        return ["CASEMAN_DEBUG (or FLASK_DEBUG) is allowed on 127.0.0.1 without CASEMAN_TLS only."]
    return []


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _language_problems(languages: tuple[str, ...]) -> list[str]:
    unknown = sorted(set(languages) - set(LANGUAGES))
    if unknown:
        return [f"CASEMAN_LANGUAGES may name {', '.join(LANGUAGES)}; unknown: {unknown[0]!r}."]
    return []
