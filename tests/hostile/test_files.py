"""Every form that takes files, sent with files that nobody should send."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from tests.factories.media import picture, written
from tests.hostile.filling import WORD, well_meant
from tests.hostile.finding import client_with
from tests.hostile.pages import errors_tied, parsed
from tests.hostile.test_forms import again, seen
from tests.hostile.values import SCRIPT


def archive() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("photo.jpg", b"\0" * 20_000_000)
    return held.getvalue()


def vast() -> bytes:
    """A PNG of a kilobyte that says it has ten thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 300_000)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PHOTO = written(picture(size=(32, 24)))
FILES = {
    "empty": ("photo.jpg", b""),
    "a page": ("photo.jpg", SCRIPT.encode()),
    "a drawing that runs": ("photo.svg", f"<svg>{SCRIPT}</svg>".encode()),
    "half a photograph": ("photo.jpg", PHOTO[: len(PHOTO) // 2]),
    "a photograph in name": ("photo.jpg", b"\xff\xd8\xff" + b"\0" * 500),
    "an archive": ("photo.jpg", archive()),
    "more pixels than can be opened": ("photo.png", vast()),
}
NAMES = (
    "../../etc/passwd",
    "..\\..\\photo.jpg",
    f"{SCRIPT}.jpg",
    "\u202egpj.exe",
    "n" * 5_000 + ".jpg",
    "nul\x00.jpg",
    "صورة القبر.jpg",
)


@pytest.fixture(scope="module")
def with_files(world):
    """Every form that takes files, with each field that takes one."""
    found = [
        (each, field)
        for each in world.forms.values()
        for field in sorted({control.name for control in each.form.of_kind("file")})
    ]
    assert len(found) >= 12
    return found


def send(world, found, field, content, name, lang="ar"):
    client = client_with(world.app, {**found.jar, "lang": lang})
    data = {**well_meant(found.form), field: (BytesIO(content), name)}
    return client.post(found.form.action, data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("kind", FILES)
def test_what_does_not_belong_is_refused_at_its_field_and_the_words_stay(world, with_files, kind):
    name, content = FILES[kind]
    for found, field in with_files:
        answer = send(world, found, field, content, name)
        assert answer.status_code == 422, found
        root = parsed(answer.text)
        told = [text for at, text in errors_tied(root) if at == field]
        assert told, found
        assert all(set(text) & set("اوي") for text in told), told
        assert SCRIPT not in answer.text
        form = again(root, found)
        typed = {value for values in well_meant(found.form).values() for value in values}
        shown = {seen(each.value) for each in form.controls}
        assert WORD not in typed or WORD in shown, found
        world.put_back()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_data_and_no_path(world, with_files, name):
    for found, field in with_files:
        answer = send(world, found, field, PHOTO, name)
        assert answer.status_code in {200, 302, 422}, found
        assert SCRIPT not in answer.text
        world.put_back()
    files = world.app.extensions["caseman"].config.files
    assert {len(path.name) for path in files.rglob("*") if path.is_file()} == {64}


def test_more_than_can_be_sent_at_once_is_said_in_words(world, with_files):
    found, field = with_files[0]
    limit, world.app.config["MAX_CONTENT_LENGTH"] = world.app.config["MAX_CONTENT_LENGTH"], 100_000
    try:
        answer = send(world, found, field, b"\0" * 200_000, "photo.jpg")
    finally:
        world.app.config["MAX_CONTENT_LENGTH"] = limit
    assert answer.status_code == 413
    assert 'lang="ar"' in answer.text
    assert "صور" in answer.text
