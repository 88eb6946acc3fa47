"""The composition root: the only module that knows every slice."""

from pathlib import Path

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from caseman.database import Sessions, create_engine
from caseman.web import kit
from caseman.web.installation import Installation
from config import Config

TEMPLATES = Path(__file__).parents[1] / "templates"

BLUEPRINTS: tuple[Blueprint, ...] = ()
"""The pages of every slice, in the order of the casework."""


def create_app(config: Config | None = None) -> Flask:
    """Return the application for ``config``, by default for the environment's settings."""
    config = config or Config.from_environment()
    config.check()
    app = kit.Application("caseman", template_folder=str(TEMPLATES))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    kit.init_app(app, Installation(config, Sessions(create_engine(config.database_url))))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
