"""The machine: folders, keys, space, and what papers are made with."""

import shutil
import stat
import subprocess
from pathlib import Path

from caseman.cli.doctor.findings import Findings, attention, broken, good
from caseman.documents.pdf import can_make_pdf
from caseman.sealing.keys import KEY_BYTES, MASTER_FILE, STORE_FILE
from config import Config

GIGABYTE = 1024**3
LITTLE_SPACE = 5 * GIGABYTE
NO_SPACE = GIGABYTE // 2
READ = stat.S_IRGRP | stat.S_IROTH
WRITE = stat.S_IWGRP | stat.S_IWOTH
PASS = stat.S_IXGRP | stat.S_IXOTH


def folder(config: Config) -> Findings:
    """Look at the folder of the installation, and whether others can read what lies in it."""
    if not config.instance.is_dir():
        yield broken("instance folder", f"{config.instance} is missing: run `caseman init`.")
        return
    exposed = [path for path in (config.instance, config.files) if _is_exposed(path)]
    for path in exposed:
        yield attention("instance folder", f"{path} is open to other users: chmod 700 it.")
    if not exposed:
        yield good("instance folder", str(config.instance))


def _is_exposed(folder: Path) -> bool:
    """Say whether others can write into ``folder``, or read anything directly in it.

    A folder that lets others in exposes nothing while all that lies in it is closed to them.
    """
    if not folder.is_dir() or not _is_reachable(folder):
        return False
    if _others_may(folder, WRITE):
        return True
    held = (each for each in folder.iterdir() if each.exists())
    return _others_may(folder, PASS) and any(_others_may(each, READ) for each in held)


def _is_reachable(path: Path) -> bool:
    return all(_others_may(above, PASS) for above in path.resolve().parents)


def _others_may(path: Path, bits: int) -> bool:
    """Say whether the mode of ``path`` allows ``bits`` to its group or to everybody."""
    return bool(path.stat().st_mode & bits)


def keys(config: Config) -> Findings:
    """Look at the key files from outside."""
    master = config.keys / MASTER_FILE
    if not master.is_file():
        yield broken(
            "keys", f"{master} is missing. Put it back from your copy, or run `caseman init` anew."
        )
        return
    if master.stat().st_size != KEY_BYTES:
        yield broken("keys", f"{master} must hold exactly {KEY_BYTES} bytes; restore your copy.")
    exposed = [each for each in (master, config.keys / STORE_FILE) if each.exists()]
    for path in (each for each in exposed if _others_may(each, READ | WRITE)):
        kind = broken if path == master else attention
        yield kind("keys", f"{path} may be read by others: chmod 600 it.")
    if config.files in config.keys.parents:
        yield broken("keys", "The keys lie in the folder of files, which is backed up: move them.")
    yield good("keys", "Keep a copy of this folder elsewhere; no backup holds it.")


def files(config: Config) -> Findings:
    """Look at the store of photographs and documents."""
    if not config.files.is_dir():
        yield attention("file store", f"{config.files} does not exist yet; it is made when needed.")
    elif not _is_writable(config.files):
        yield broken("file store", f"{config.files} cannot be written.")
    else:
        yield good("file store", str(config.files))


def _is_writable(folder: Path) -> bool:
    probe = folder / ".doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def disk(config: Config) -> Findings:
    """Look at the free space."""
    place = next(each for each in (config.instance, *config.instance.parents) if each.exists())
    free = shutil.disk_usage(place).free
    words = f"{free / GIGABYTE:.1f} GB free."
    if free < NO_SPACE:
        yield broken("disk", f"{words} Nothing can be stored soon: make room now.")
    elif free < LITTLE_SPACE:
        yield attention("disk", f"{words} Photographs will fill it: make room.")
    else:
        yield good("disk", words)


def pdf(_config: Config) -> Findings:
    """Look whether PDF can be made."""
    if can_make_pdf():
        yield good("pdf", "PDF files are made here.")
    else:
        yield attention(
            "pdf",
            "The pango library is missing, so papers are printed from the browser. On Debian: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0.",
        )


def fonts(_config: Config) -> Findings:
    """Look for fonts of the languages papers are printed in."""
    program = shutil.which("fc-list")
    if program is None:
        yield attention("fonts", "fontconfig is missing, so fonts for papers cannot be looked up.")
        return
    for code, tongue in (("ar", "Arabic"), ("ku-tr", "Kurmanji"), ("ku-iq", "Sorani")):
        asked = [program, f":lang={code}", "family"]
        fonts = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
        if fonts.stdout.strip():
            yield good("fonts", f"{tongue} can be printed.")
        else:
            yield attention("fonts", f"No font for {tongue}: apt-get install fonts-noto-core.")
