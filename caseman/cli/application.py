"""How a command gets the application, which stands above it in the map."""

from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import ScriptInfo

from caseman import schema
from caseman.audit.recorder import Actor
from caseman.jobs.registry import CATCHING_UP
from caseman.sealing.keys import MASTER_FILE, KeyFileError
from caseman.web.installation import KEY, Installation
from config import Config, ConfigError

APPLICATION = "caseman.app"
UPGRADE = Actor("upgrade")
OLD_DATABASE = "The database is not up to date: make a backup, then run `caseman migrate`."


def load_application() -> Flask:
    """Return the application, named by its import path as the ``flask`` command names it.

    Its connections are closed when the command ends, however it ends.
    """
    context = click.get_current_context(silent=True)
    script = context.find_object(ScriptInfo) if context else None
    try:
        app = (script or ScriptInfo(app_import_path=APPLICATION)).load_app()
    except (ConfigError, KeyFileError) as error:
        raise click.ClickException(str(error)) from error
    if context:
        context.call_on_close(installation_of(app).sessions.engine.dispose)
    return app


def installation_of(app: Flask) -> Installation:
    """Return what ``app`` is made of."""
    found: Installation = app.extensions[KEY]
    return found


def current_installation() -> Installation:
    """Return the installation; end the command where its database waits for migrations."""
    installation = installation_of(load_application())
    refuse_old_database(installation)
    return installation


def refuse_old_database(installation: Installation) -> None:
    """End the command where migrations are pending."""
    if not schema.is_current(installation.sessions.engine):
        raise click.ClickException(OLD_DATABASE)


def bring_up_to_date(config: Config) -> None:
    """Migrate the database; where there are keys, so that the trail can tell it, also old rows."""
    schema.upgrade(config.database_url)
    if not (config.keys / MASTER_FILE).is_file():
        return
    sessions = installation_of(load_application()).sessions
    try:
        with sessions.transaction(actor=UPGRADE) as session:
            for catch_up in CATCHING_UP:
                catch_up(session)
    finally:
        sessions.engine.dispose()


def make_private(config: Config) -> None:
    """Make the folders and, where it is a file, the database, for their owner only.

    What exists keeps its mode: the doctor says where others can read it.
    """
    for folder in (config.instance, config.files):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = sqlite_file(config)
    if database is not None and database.parent.is_dir():
        database.touch(mode=0o600)  # SQLite would heed the umask


def sqlite_file(config: Config) -> Path | None:
    """Return the file of the database, or None where a server holds it."""
    url = sa.make_url(config.database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(str(url.database)) if is_file else None


def settings() -> Config:
    """Return the settings, checked; a problem ends the command with its sentences."""
    try:
        config = Config.from_environment()
        config.check()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    return config
