"""The largest picture that is taken leaves room for the rest of the server."""

import subprocess
import sys
from pathlib import Path

import pytest

from caseman.media.codes import FileType
from caseman.media.pictures import MOST_PIXELS
from tests.factories import media

MEASURE = """
import sys
from pathlib import Path
from caseman.media.codes import FileType
from caseman.media.pictures import read_picture
read_picture(Path(sys.argv[1]).read_bytes(), FileType(sys.argv[2]), "large")
# Not getrusage: its peak begins with that of the process that started this one.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").open())
print(int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the /proc of Linux")
@pytest.mark.parametrize(
    ("file_type", "kind", "mode"),
    [(FileType.PNG, "PNG", "RGBA"), (FileType.WEBP, "WEBP", "RGB"), (FileType.JPEG, "JPEG", "RGB")],
)
def test_a_picture_of_the_largest_size_stays_below_450_mb(file_type, kind, mode, tmp_path):
    edge = int(MOST_PIXELS[file_type] ** 0.5)
    path = tmp_path / "large"
    path.write_bytes(media.written(media.picture(mode, (edge, edge), colour=0), kind))
    found = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), file_type.value],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    assert int(found.stdout) < 450
