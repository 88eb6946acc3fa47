"""QR codes that any phone reads."""

import re

import pytest

from caseman.web.qr import drawing

SMALLEST, BORDER = 21, 2
"""Modules of the smallest full QR code; a Micro QR code has 17 at most."""


@pytest.mark.parametrize("text", ["RQA01", "RQA01-F02-B014"])
def test_a_short_number_is_no_micro_code(text):
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing(text))
    scale = 4
    assert int(box[1]) >= (SMALLEST + 2 * BORDER) * scale
