"""The keys of an installation and the key of each subject.

The master key lies in a file; each subject (a missing person, a site, an informant) has a random
key of its own, wrapped by the master key and kept in a key store that is neither in the database
nor in its backup. Destroying a subject's key makes all its sealed values unreadable, also those
in old backups (security.md section 3 and 6).
"""

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
MASTER_FILE = "master.key"
STORE_FILE = "subjects.db"


class KeyFileError(RuntimeError):
    """The key file is missing, malformed or readable by others."""


class UnsealError(ValueError):
    """A sealed value cannot be opened: its key is gone, or it was moved or altered."""


class KeyGoneError(UnsealError):
    """The key was destroyed: what it sealed is meant to be unreadable, in a restored backup too."""


_metadata = sa.MetaData()
_subject_key = sa.Table(
    "subject_key",
    _metadata,
    sa.Column("subject", sa.String(60), primary_key=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)


def create_keys(folder: Path) -> None:
    """Create the folder with a new master key; an existing key is never overwritten."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / MASTER_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))


def _read_master(path: Path) -> bytes:
    if not path.is_file():
        message = (
            f"no key file at {path}: put your copy of the key folder back, "
            "or run 'caseman init' for a new installation"
        )
        raise KeyFileError(message)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"the key file {path.name} may be read by others: allow only its owner (600)"
        raise KeyFileError(message)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        message = f"the key file {path.name} must hold exactly {KEY_BYTES} bytes"
        raise KeyFileError(message)
    return key


class Keyring:
    """Seals and opens values, and derives the installation's other keys from the master key."""

    def __init__(self, folder: Path, *, store_url: str | None = None) -> None:
        self._master = _read_master(folder / MASTER_FILE)
        self._wrapping = AESGCM(self._derive(b"wrap"))
        if store_url is None:
            (folder / STORE_FILE).touch(mode=0o600)  # the database library would heed the umask
        self._store = sa.create_engine(store_url or f"sqlite:///{folder / STORE_FILE}")
        _metadata.create_all(self._store)
        self._cache: dict[str, AESGCM] = {}
        self.audit_key = self._derive(b"audit")
        self._index_key = self._derive(b"blind index")

    def _derive(self, purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"caseman " + purpose).derive(
            self._master
        )

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs checkpoints of the audit trail."""
        return Ed25519PrivateKey.from_private_bytes(self._derive(b"checkpoint"))

    def derived(self, purpose: str) -> bytes:
        """Return 32 secret bytes for ``purpose`` (cookies, forms), the same at each start."""
        return self._derive(purpose.encode())

    def blind_index(self, value: str) -> str:
        """Return a keyed digest (hex) by which equal sealed values can be found."""
        return hmac.new(self._index_key, value.encode(), hashlib.sha256).hexdigest()

    def prepare(self, subjects: Iterable[str]) -> None:
        """Make sure that each subject has a key; new ones are stored in one transaction."""
        missing = {subject for subject in subjects if subject not in self._cache}
        if not missing:
            return
        with self._store.begin() as connection:
            missing -= self._load(connection, missing)
            keys = {subject: secrets.token_bytes(KEY_BYTES) for subject in sorted(missing)}
            if keys:
                connection.execute(
                    _subject_key.insert(),
                    [
                        {"subject": subject, "wrapped": self._wrap(subject, key)}
                        for subject, key in keys.items()
                    ],
                )
        self._cache |= {subject: AESGCM(key) for subject, key in keys.items()}

    def _load(self, connection: sa.Connection, subjects: set[str]) -> set[str]:
        wanted = sorted(subjects)
        found: set[str] = set()
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = connection.execute(
                sa.select(_subject_key).where(_subject_key.c.subject.in_(part))
            )
            for subject, wrapped in rows:
                self._cache[subject] = AESGCM(self._unwrap(subject, wrapped))
                found.add(subject)
        return found

    def _wrap(self, subject: str, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, key, subject.encode())

    def _unwrap(self, subject: str, wrapped: bytes) -> bytes:
        try:
            return self._wrapping.decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], subject.encode()
            )
        except InvalidTag as error:
            message = "the key store does not belong to this master key"
            raise UnsealError(message) from error

    def seal(self, subject: str, plain: bytes, context: str) -> bytes:
        """Return ``plain`` encrypted for ``subject``; ``context`` binds it to its table and row."""
        self.prepare([subject])
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cache[subject].encrypt(nonce, plain, context.encode())

    def open(self, subject: str, sealed: bytes, context: str) -> bytes:
        """Return what was sealed.

        Raises ``KeyGoneError`` where the key is destroyed, ``UnsealError`` where it was moved.
        """
        if subject not in self._cache:
            with self._store.connect() as connection:
                self._load(connection, {subject})
        if subject not in self._cache:
            message = "the key of this record has been destroyed"
            raise KeyGoneError(message)
        try:
            return self._cache[subject].decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()
            )
        except InvalidTag as error:
            message = "a sealed value was altered or belongs to another record"
            raise UnsealError(message) from error

    def destroy(self, subject: str) -> None:
        """Destroy the key of ``subject``: its sealed values can never be read again."""
        with self._store.begin() as connection:
            connection.execute(_subject_key.delete().where(_subject_key.c.subject == subject))
        self._cache.pop(subject, None)
