"""What comes in: accepted by content, kept byte for byte, shown only as a clean copy."""

from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from caseman.media.codes import DOCUMENTS, DerivativeKind, FileType
from caseman.media.errors import FileRefusedError
from caseman.media.models import MediaFile
from caseman.media.pictures import read_picture
from caseman.media.services import LARGEST_FILE, store_upload
from caseman.media.store import BlobStore
from tests.factories import media


@pytest.fixture
def store(tmp_path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


@pytest.fixture
def upload(session, store):
    def send(content: bytes, name: str = "IMG_0001.jpg", **options) -> MediaFile:
        file = store_upload(session, store, BytesIO(content), name, None, **options)
        session.flush()
        return file

    return send


@pytest.fixture
def copies(store):
    def opened(file: MediaFile) -> dict[DerivativeKind, Image.Image]:
        return {
            each.kind: Image.open(BytesIO(media.read_all(store, each.sha256)))
            for each in file.derivatives
        }

    return opened


def test_the_original_is_kept_byte_for_byte_under_its_digest(upload, store):
    content = media.telling_jpeg()
    file = upload(content, "صورة القبر.jpg")
    assert media.read_all(store, file.sha256) == content
    assert (file.original_name, file.media_type, file.size) == (
        "صورة القبر.jpg",
        "image/jpeg",
        len(content),
    )
    assert store.is_whole(file.sha256)


@pytest.mark.parametrize(
    "make", [media.telling_jpeg, media.telling_png, media.telling_webp, media.telling_heic]
)
def test_no_place_time_device_or_comment_leaves_with_a_copy(make, upload, store, copies):
    content = make()
    assert media.GPS_MARKER.encode() in content
    file = upload(content)
    for copy in file.derivatives:
        kept = media.read_all(store, copy.sha256)
        assert media.GPS_MARKER.encode() not in kept
        assert not any(mark in kept for mark in (b"EXIF", b"Exif", b"XMP ", b"ICCP", b"xmpmeta"))
    for image in copies(file).values():
        assert not image.getexif()
        assert set(image.info) <= {"loop", "background", "timestamp", "duration"}


@pytest.mark.parametrize("make", [media.telling_jpeg, media.telling_heic])
@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (400, 200), (20, 20)),
        (2, (400, 200), (380, 20)),
        (3, (400, 200), (380, 180)),
        (4, (400, 200), (20, 180)),
        (5, (200, 400), (20, 20)),
        (6, (200, 400), (180, 20)),
        (7, (200, 400), (180, 380)),
        (8, (200, 400), (20, 380)),
    ],
)
def test_however_the_phone_was_held_the_copy_is_upright(
    make, orientation, size, red_at, upload, copies
):
    view = copies(upload(make(orientation)))[DerivativeKind.VIEW]
    assert view.size == size
    red, green, _ = view.convert("RGB").getpixel(red_at)
    assert red > 150 > green, "the red corner of the original is where it was before the camera"


def test_copies_are_no_larger_than_needed_and_never_blown_up(upload, copies):
    large = copies(upload(media.photograph(size=(3000, 1500))))
    assert large[DerivativeKind.VIEW].size == (1600, 800)
    assert large[DerivativeKind.THUMBNAIL].size == (320, 160)
    small = copies(upload(media.photograph(size=(100, 50))))
    assert small[DerivativeKind.VIEW].size == (100, 50)


def test_the_camera_s_time_is_kept_where_it_names_its_zone(upload):
    assert upload(media.telling_jpeg()).taken_at == datetime(2025, 3, 4, 7, 11, 12, tzinfo=UTC)
    assert upload(media.photograph()).taken_at is None


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("LA", "PNG"),
        ("RGBA", "PNG"),
        ("I;16", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_kind_of_pixel_is_shown(mode, kind, upload, copies):
    images = copies(upload(media.written(media.picture(mode), kind)))
    assert {image.mode for image in images.values()} == {"RGB"}


def test_an_x_ray_of_sixteen_bits_keeps_its_greys(upload, copies):
    view = copies(upload(media.written(media.picture("I;16", colour=32_768), "PNG")))
    assert abs(view[DerivativeKind.VIEW].getpixel((5, 5))[0] - 128) < 6


def test_what_is_transparent_becomes_white(upload, copies):
    glass = media.written(media.picture("RGBA", colour=(255, 0, 0, 0)), "PNG")
    assert copies(upload(glass))[DerivativeKind.VIEW].getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_shown(kind, upload, copies):
    view = copies(upload(media.animation(kind)))[DerivativeKind.VIEW]
    assert getattr(view, "n_frames", 1) == 1
    assert abs(view.getpixel((5, 5))[0] - 90) < 6


def test_a_picture_with_a_page_at_its_end_gives_a_clean_copy(upload, store):
    page = b"<html><script>alert(1)</script></html>PK\x03\x04"
    file = upload(media.photograph() + page, "holiday.html")
    assert file.media_type == "image/jpeg"
    assert all(page not in media.read_all(store, each.sha256) for each in file.derivatives)


def test_the_same_bytes_are_kept_once(upload, session):
    first = upload(media.photograph(), "a.jpg")
    again = upload(media.photograph(), "b.jpg")
    assert first is again
    assert session.query(MediaFile).count() == 1


def test_a_document_is_taken_where_documents_are_asked_for(upload):
    file = upload(media.pdf(), "order.pdf", accept=DOCUMENTS)
    assert (file.media_type, file.derivatives) == ("application/pdf", [])


REFUSED = {
    "nothing": (b"", "is empty"),
    "a page": (b"<html><body>hello</body></html>", "not a file of an accepted kind"),
    "a drawing with script": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "accepted kind"),
    "an animation of the web": (media.written(media.picture("P"), "GIF"), "accepted kind"),
    "a document among photographs": (media.pdf(), "accepted kind"),
    "half a photograph": (media.photograph(size=(900, 900))[:2000], "did not arrive whole"),
    "only a beginning": (b"\xff\xd8\xff", "damaged"),
    "half a phone picture": (media.telling_heic()[:300], "damaged"),
    "a packed bomb": (media.pixel_bomb(), "million pixels"),
    "a wide bomb": (media.pixel_bomb(6000, 6000), "more than 30 million pixels"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_taken_is_refused_in_a_sentence_that_names_the_file(case, upload, session):
    content, words = REFUSED[case]
    with pytest.raises(FileRefusedError) as refusal:
        upload(content, "IMG_0007.jpg")
    assert "IMG_0007.jpg" in str(refusal.value)
    assert words in str(refusal.value)
    assert session.query(MediaFile).count() == 0


def test_a_document_cut_short_is_refused(upload):
    with pytest.raises(FileRefusedError, match="did not arrive whole"):
        upload(media.pdf()[:20], "order.pdf", accept=DOCUMENTS)


def test_a_file_beyond_the_limit_is_refused_before_it_is_parsed(upload):
    with pytest.raises(FileRefusedError, match="larger than 40 MB"):
        upload(b"\xff\xd8\xff" + bytes(LARGEST_FILE), "film.jpg")


SAMPLES = {
    FileType.JPEG: media.telling_jpeg(),
    FileType.PNG: media.telling_png(),
    FileType.WEBP: media.telling_webp(),
    FileType.HEIF: media.telling_heic(),
}


def test_a_picture_larger_than_its_head_says_is_refused():
    sample = bytearray(SAMPLES[FileType.HEIF])
    sample[357] = 0
    with pytest.raises(FileRefusedError):
        read_picture(bytes(sample[:956]), FileType.HEIF, "x")


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(sorted(SAMPLES)), data=st.data())
def test_no_damage_gives_anything_but_a_picture_or_a_sentence(kind, data):
    sample = bytearray(SAMPLES[FileType(kind)])
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(sample) - 1), st.integers(0, 255)), max_size=8)
    ):
        sample[place] = value
    end = data.draw(st.one_of(st.just(len(sample)), st.integers(1, len(sample))))
    with suppress(FileRefusedError):
        assert read_picture(bytes(sample[:end]), FileType(kind), "x").copies
