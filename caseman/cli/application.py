"""How a command gets the application, which stands above it in the map."""

import click
from flask import Flask
from flask.cli import ScriptInfo

from caseman.sealing.keys import KeyFileError
from caseman.web.installation import KEY, Installation
from config import Config, ConfigError

APPLICATION = "caseman.app"


def load_application() -> Flask:
    """Return the application, named by its import path as the ``flask`` command names it."""
    context = click.get_current_context(silent=True)
    script = context.find_object(ScriptInfo) if context else None
    try:
        return (script or ScriptInfo(app_import_path=APPLICATION)).load_app()
    except (ConfigError, KeyFileError) as error:
        raise click.ClickException(str(error)) from error


def installation_of(app: Flask) -> Installation:
    """Return what ``app`` is made of."""
    found: Installation = app.extensions[KEY]
    return found


def settings() -> Config:
    """Return the settings, checked; a problem ends the command with its sentences."""
    try:
        config = Config.from_environment()
        config.check()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    return config
