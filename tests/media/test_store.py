"""The store keeps what it was given and admits what it lost."""

import errno
import resource

import pytest

from caseman.media.store import BlobStore


@pytest.fixture
def store(tmp_path) -> BlobStore:
    return BlobStore(tmp_path)


def test_bytes_come_back_as_they_were_given(store):
    content = bytes(range(256)) * 20_000
    digest = store.put(content)
    assert b"".join(store.read(digest)) == content
    assert store.size(digest) == len(content)


def test_the_same_bytes_are_written_once(store, tmp_path):
    digest = store.put(b"once")
    before = (tmp_path / digest[:2] / digest[2:4] / digest).stat()
    assert store.put(b"once") == digest
    after = (tmp_path / digest[:2] / digest[2:4] / digest).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_altered_and_lost_files_are_told_apart_from_whole_ones(store, tmp_path):
    digest = store.put(b"evidence")
    assert store.is_whole(digest)
    path = tmp_path / digest[:2] / digest[2:4] / digest
    path.write_bytes(b"tampered")
    assert not store.is_whole(digest)
    path.unlink()
    assert not store.is_whole(digest)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a" * 63, "A" * 64, "0" * 64])
def test_what_is_no_kept_digest_is_not_found(digest, store):
    with pytest.raises(FileNotFoundError):
        store.read(digest)


def test_a_disk_that_takes_no_more_is_told_as_a_system_error(store):
    # A limit on file sizes stands for a full disk: the system refuses the write either way.
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="could not be stored") as refusal:
            store.put(bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refusal.value.errno == errno.EFBIG
