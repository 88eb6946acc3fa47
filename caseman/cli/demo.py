"""``caseman demo``: invented cases in a fresh folder, web server and worker in one go."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import click
from flask_security import hash_password

from caseman import schema
from caseman.accounts.models import Operation, Team
from caseman.audit.recorder import Actor
from caseman.cli.application import installation_of, load_application, settings
from caseman.demo import story
from caseman.demo.people import STAFF, hire
from caseman.identification.services.candidates import rank_all
from caseman.sealing.keys import create_keys


@click.command()
@click.option("--folder", default="instance/demo", show_default=True, type=click.Path())
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--no-serve", is_flag=True, help="Only make the cases.")
def demo(folder: str, bind: str, *, no_serve: bool) -> None:
    """Show caseman with invented cases; for a first look on this machine, never for real ones."""
    place = Path(folder).absolute()
    os.environ |= {
        "CASEMAN_INSTANCE": str(place),
        "CASEMAN_SECOND_FACTOR": "0",
        "CASEMAN_BIND": bind,
    }
    if (place / "caseman.db").exists():
        click.echo(f"The demonstration in {folder} goes on; delete the folder to begin afresh.")
    else:
        _make(place)
    click.echo(f"Open http://{bind} (families: http://{bind}/family)")
    if not no_serve:
        _run()


def _make(place: Path) -> None:
    place.mkdir(parents=True, mode=0o700)
    config = settings()
    config.files.mkdir(mode=0o700)
    create_keys(config.keys)
    schema.upgrade(config.database_url)
    app = load_application()
    sessions = installation_of(app).sessions
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    with app.app_context(), sessions.transaction(actor=Actor("demonstration")) as session:
        operation = Operation(code="DEMO", name="Example operation")
        team = Team(operation=operation, code="ONE", name="First team", covers_operation=True)
        session.add_all([operation, team])
        staff = hire(session, team, hash_password(password))
        remains, persons = story.tell(session, operation, team)
        story.decide(session, remains, persons, staff)
    rank_all(sessions)
    sessions.engine.dispose()
    click.echo("Sign in with any of these names; the password of all is " + password)
    for username, (_, role) in STAFF.items():
        click.echo(f"  {username:10} {role.label}")


def _run() -> None:
    """Run worker and server until one ends or the person interrupts."""
    command = [sys.executable, "-c", "from caseman.cli import main; main()"]
    worker = subprocess.Popen([*command, "worker"])  # noqa: S603 - our own command
    try:
        subprocess.run([*command, "serve"], check=False)  # noqa: S603 - our own command
    except KeyboardInterrupt:
        click.echo("The demonstration has ended.")
    finally:
        worker.terminate()
        worker.wait()
