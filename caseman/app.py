"""The composition root: the only module that knows every slice."""

from pathlib import Path

from flask import Blueprint, Flask
from flask.cli import AppGroup
from werkzeug.middleware.proxy_fix import ProxyFix

from caseman import cli
from caseman.accounts.views.account import account, invitations
from caseman.accounts.views.confirmations import confirmations
from caseman.accounts.views.signin import security
from caseman.accounts.views.teams import teams
from caseman.accounts.views.users import people
from caseman.contamination.views import staff
from caseman.custody.views import custody
from caseman.database import Sessions, create_engine
from caseman.documents.views import documents
from caseman.effects.views import catalogues, effects
from caseman.exchange.exports.views import exports
from caseman.exchange.gedcom.views import gedcom
from caseman.exchange.genotypes.views import genotypes
from caseman.identification.services import candidates, dna_due
from caseman.identification.views import bp as identification
from caseman.incidents.views import incidents
from caseman.laboratory.views import laboratory
from caseman.oversight.views.home import oversight
from caseman.oversight.views.trail import audit
from caseman.remains.views import remains
from caseman.reports.views import family, keeping, missing, reports, shared
from caseman.sealing.keys import Keyring
from caseman.sites.views import sites, tips
from caseman.stratigraphy.views import stratigraphy
from caseman.web import kit
from caseman.web.installation import Installation
from config import Config

TEMPLATES = Path(__file__).parents[1] / "templates"

BLUEPRINTS: tuple[Blueprint, ...] = (
    security,
    account,
    invitations,
    people,
    confirmations,
    teams,
    sites,
    tips,
    incidents,
    stratigraphy,
    custody,
    laboratory,
    staff,
    remains,
    effects,
    catalogues,
    missing,
    reports,
    shared,
    keeping,
    family,
    identification,
    oversight,
    audit,
    documents,
    exports,
    genotypes,
    gedcom,
)
"""The pages of every slice, in the order of the casework."""

AT_WORK = (candidates, dna_due)
"""Modules that no page imports: they listen to what is flushed, and do the jobs asked for."""


class Commands(cli.LazyGroup, AppGroup):
    """The commands of ``caseman``, for those who start them as ``flask --app caseman.app``."""


def create_app(config: Config | None = None) -> Flask:
    """Return the application for ``config``, by default for the environment's settings."""
    config = config or Config.from_environment()
    config.check()
    keyring = Keyring(config.keys)
    app = kit.Application("caseman", template_folder=str(TEMPLATES))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.secret_key = keyring.derived("web")
    kit.init_app(app, Installation(config, _sessions(config, keyring)))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli = Commands(app.name)
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _sessions(config: Config, keyring: Keyring) -> Sessions:
    """Return the sessions with what sealing and audit look for in them."""
    engine = create_engine(config.database_url)
    return Sessions(engine, {"keyring": keyring, "audit_key": keyring.audit_key})
