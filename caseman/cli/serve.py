"""Commands that keep running: the web server and the worker; and the migration before them."""

import signal
from dataclasses import replace
from threading import Event

import click
import waitress

from caseman.cli.application import (
    bring_up_to_date,
    current_installation,
    installation_of,
    load_application,
    make_private,
    refuse_old_database,
    settings,
)
from caseman.jobs.worker import work
from caseman.web import log
from caseman.web.received import SKIMMED
from config import ConfigError


@click.command()
def migrate() -> None:
    """Bring the database up to date; needed once before the first start and after each upgrade."""
    config = settings()
    make_private(config)
    bring_up_to_date(config)
    click.echo("The database is up to date.")


@click.command()
@click.option("--bind", help="Address and port, instead of CASEMAN_BIND.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at a time.")
def serve(bind: str | None, threads: int) -> None:
    """Serve the web application until it is interrupted."""
    app = load_application()
    installation = installation_of(app)
    config = replace(installation.config, bind=bind or installation.config.bind)
    try:
        config.check()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    refuse_old_database(installation)
    log.set_up()
    signal.signal(signal.SIGTERM, _stop)  # as for Ctrl-C, waitress finishes what it has in hand
    host, port = config.host_and_port()
    click.echo(f"caseman listens on {'https' if config.tls else 'http'}://{config.bind}", err=True)
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        # The application refuses sooner, with a page that shows what was typed.
        max_request_body_size=SKIMMED * config.max_upload,
        # The application itself trusts as many proxies as the settings name.
        clear_untrusted_proxy_headers=not config.proxy_hops,
    )


@click.command()
def worker() -> None:
    """Work on background jobs until interrupted; the job in hand is finished first."""
    installation = current_installation()
    log.set_up()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    work(installation.sessions, stop)


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit
