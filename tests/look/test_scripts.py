"""What the modules add, and that nothing is lost where they are missing."""

import re

import pytest
from PIL import Image

from tests.browsing import wait_until

pytestmark = pytest.mark.browser


def test_a_form_without_network_keeps_its_content_and_is_sent_later(visit):
    with visit("/form?answer=redirect") as page:
        page.fill("#notes", "blue bag, كيس أزرق")
        page.context.set_offline(True)
        page.click("form .button-primary")
        wait_until(page, "!!document.querySelector('.unsent button')")
        assert page.inner_text(".unsent strong") == "Not sent yet: 1"
        assert page.input_value("#notes") == "blue bag, كيس أزرق"
        page.context.set_offline(False)
        page.click(".unsent button")
        wait_until(page, "location.pathname === '/error'")
        assert page.inner_text("h1") == "Your change has not been stored"
        page.complaints[:] = [each for each in page.complaints if "ERR_INTERNET" not in each]


@pytest.mark.parametrize(
    ("answer", "words"), [("full", "The storage is full"), ("signed-out", "signed out")]
)
def test_a_refused_form_keeps_its_content(visit, answer, words):
    with visit(f"/form?answer={answer}") as page:
        page.fill("#notes", "belt")
        page.click("form .button-primary")
        wait_until(page, "!!document.querySelector('.unsent button')")
        assert words in page.inner_text(".unsent")
        assert page.input_value("#notes") == "belt"
        page.complaints[:] = [each for each in page.complaints if "Failed to load" not in each]


def test_errors_are_read_first(visit):
    with visit("/form?answer=wrong") as page:
        page.click("form .button-primary")
        wait_until(page, "document.activeElement.hasAttribute('data-error-summary')")
        page.click("[data-error-summary] a >> nth=0")
        wait_until(page, "document.activeElement.id === 'number' || location.hash === '#number'")
        page.complaints[:] = [each for each in page.complaints if "422" not in each]


@pytest.mark.parametrize("way", ["click", "shift"])
def test_leaving_a_family_page_cannot_be_taken_back(visit, gallery, way):
    with visit("/public") as page:
        page.route(re.compile("^https://"), lambda route: route.fulfill(body="<title>News</title>"))
        page.goto(f"{gallery}/public?step=2")
        if way == "click":
            page.click("[data-exit]")
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url(re.compile("^https://"))
        page.evaluate("history.back()")
        page.wait_for_timeout(1000)
        page.wait_for_url(re.compile("^https://"))


def test_leaving_works_without_script(visit):
    with visit("/public", java_script_enabled=False) as page:
        page.route(re.compile("^https://"), lambda route: route.fulfill(body="<title>News</title>"))
        page.click("[data-exit]")
        page.wait_for_url(re.compile("^https://"))


def test_position_comes_from_the_device(visit):
    place = {"latitude": 35.95, "longitude": 39.01, "accuracy": 7.2}
    with visit("/form", geolocation=place, permissions=["geolocation"]) as page:
        page.click("[data-position]")
        wait_until(page, "document.querySelector('#position-latitude').value !== ''")
        assert page.input_value("#position-latitude") == "35.950000"
        assert page.input_value("#position-precision") == "8"
        assert "8 m" in page.inner_text("[data-position-status]")


def test_chosen_photographs_are_previewed(visit):
    red_dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108020000009077 53de0000000c49444154"
        "789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082".replace(" ", "")
    )
    files = [
        {"name": "one.png", "mimeType": "image/png", "buffer": red_dot},
        {"name": "two.heic", "mimeType": "image/heic", "buffer": b"not drawn here"},
    ]
    with visit("/form") as page:
        page.set_input_files("#photographs", files)
        wait_until(page, "document.querySelectorAll('.previews figure').length === 2")
        assert page.locator(".previews canvas").count() == 1
        assert page.locator(".previews figure").all_inner_texts() == ["one.png", "two.heic"]


def test_keys_walk_along_the_rows(visit):
    with visit("/", 1280) as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.textContent") == "RQA01-F02-B015"
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        assert page.url.endswith("#r0")
        page.keyboard.press("?")
        assert page.evaluate("document.querySelector('dialog').open")
        page.keyboard.press("Escape")
        page.fill("#found_by", "jk?")
        assert page.input_value("#found_by") == "jk?"


@pytest.mark.parametrize("script", [True, False])
def test_photographs_of_remains_open_by_keyboard(visit, script):
    with visit("/", java_script_enabled=script) as page:
        photo = page.locator(".photo details").first
        summary = photo.locator("summary")
        blurred = "element => getComputedStyle(element.querySelector('.veil img')).filter"
        assert "blur" in photo.evaluate(blurred)
        summary.focus()
        page.keyboard.press("Enter")
        assert photo.evaluate(blurred) == "none"
        page.keyboard.press("Enter")
        assert "blur" in photo.evaluate(blurred)


def test_the_menu_opens_without_script(visit):
    with visit("/", java_script_enabled=False) as page:
        link = page.locator(".menu-places a").first
        assert not link.is_visible()
        page.click(".menu-places summary")
        assert link.is_visible()


def test_a_drawing_is_kept_as_a_picture(visit):
    with visit("/") as page:
        page.evaluate(
            """async () => {
                const keep = document.createElement("button");
                document.querySelector("main").append(keep);
                Object.assign(keep, {id: "keep", hidden: true, textContent: "Keep"});
                Object.assign(keep.dataset, {picture: "/sample.svg", name: "plan.png"});
                await import("/static/js/picture.js");
            }"""
        )
        with page.expect_download() as kept:
            page.click("#keep")
        assert kept.value.suggested_filename == "plan.png"
        with Image.open(kept.value.path()) as picture:
            assert (picture.format, picture.size) == ("PNG", (400, 300))
            assert picture.convert("RGB").getpixel((0, 0)) == (0x8F, 0xA3, 0xAD)
