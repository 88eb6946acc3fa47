"""The tables of the program, and the migrations that build them."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import caseman
from caseman.database import Base

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def metadata() -> sa.MetaData:
    """Return every table, after importing the models of every slice."""
    for module in pkgutil.iter_modules(caseman.__path__, "caseman."):
        if module.ispkg and find_spec(f"{module.name}.models"):
            import_module(f"{module.name}.models")
    return Base.metadata


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at ``url`` to ``revision``."""
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate the database at ``url`` back to ``revision``."""
    command.downgrade(_config(url), revision)


def is_current(engine: sa.Engine) -> bool:
    """Say whether every migration has been applied."""
    with engine.connect() as connection:
        applied = MigrationContext.configure(connection).get_current_heads()
    return set(applied) == _heads()


def is_empty(engine: sa.Engine) -> bool:
    """Say whether no migration has ever been applied."""
    with engine.connect() as connection:
        return not MigrationContext.configure(connection).get_current_heads()


def knows(revision: str) -> bool:
    """Say whether ``revision`` is one of this program's."""
    revisions = ScriptDirectory.from_config(_config("")).walk_revisions()
    return any(each.revision == revision for each in revisions)


def has_revisions() -> bool:
    """Say whether there is any migration yet."""
    return bool(_heads())


@cache
def _heads() -> frozenset[str]:
    return frozenset(ScriptDirectory.from_config(_config("")).get_heads())


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config
