"""Compile the message catalogues whenever the package is built; all else is in pyproject.toml."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Write each messages.mo beside its messages.po, where package data picks it up."""

    def run(self) -> None:
        for source in Path("caseman/translations").glob("*/LC_MESSAGES/messages.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po), use_fuzzy=True)
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
