"""``caseman demo`` and ``caseman seed-demo``: invented cases, for a first look and for drills."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from caseman import schema
from caseman.accounts.state import hasher
from caseman.accounts.totp import new_key
from caseman.cli.application import (
    OLD_DATABASE,
    bring_up_to_date,
    installation_of,
    load_application,
    make_private,
    settings,
)
from caseman.database import DomainError, create_engine
from caseman.demo.people import Credentials
from caseman.demo.seeding import Seeded, seed
from caseman.identification.services.candidates import rank_all
from caseman.sealing.keys import create_keys
from config import DEFAULT_BIND, Config

SIGN_INS = "sign-ins.txt"


@click.command("seed-demo")
@click.option("--scale", type=click.IntRange(1, 5000), default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")
def seed_demo(scale: int, *, as_json: bool) -> None:
    """Put invented people and cases into this installation, for drills and measurements.

    Scale 1 is a story of two graves with staff of every role; each further step adds a site with
    twelve finds and twelve reports. Refuses where the installation holds any record of an
    operation that the audit trail does not show to be invented.
    """
    config = settings()
    _prepare(config)
    app = load_application()
    with app.app_context():
        seeded = _seed(app, _credentials(config, _new_password), scale)
    if as_json:
        click.echo(json.dumps({"scale": scale, **seeded.as_json()}, ensure_ascii=False, indent=1))
    else:
        click.echo(_told(seeded))


@click.command()
@click.option("--folder", default="instance/demo", show_default=True, type=click.Path())
@click.option(
    "--bind",
    envvar="CASEMAN_BIND",
    default=DEFAULT_BIND,
    show_default=True,
    show_envvar=True,
    help="Address and port.",
)
@click.option("--no-serve", is_flag=True, help="Only make the cases.")
def demo(folder: str, bind: str, *, no_serve: bool) -> None:
    """Show caseman with invented cases; for a first look on this machine, never for real ones."""
    place = Path(folder).absolute()
    os.environ |= {
        "CASEMAN_INSTANCE": str(place),
        "CASEMAN_SECOND_FACTOR": "0",
        "CASEMAN_BIND": bind,
    }
    config = settings()  # refuses an address that others reach: there is no second factor here
    if (place / "caseman.db").exists():
        click.echo(f"The demonstration in {folder} goes on; delete the folder to begin afresh.")
        bring_up_to_date(config)  # invented cases need no backup first
    else:
        _keep(_make(), place / SIGN_INS)
    if (place / SIGN_INS).is_file():
        click.echo((place / SIGN_INS).read_text(encoding="utf-8"), nl=False)
    click.echo(f"Open http://{bind} (families: http://{bind}/family)")
    if not no_serve:
        _run()


def _make() -> str:
    """Make the cases; return how to sign in."""
    config = settings()
    _prepare(config)
    app = load_application()
    password = _new_password()  # one for all, as only a demonstration may have
    with app.app_context():
        seeded = _seed(app, _credentials(config, lambda: password), scale=1)
    names = [f"  {hired.user.username:14} {hired.role.label}\n" for hired in seeded.staff]
    first = f"Sign in with any of these names; the password of all is {password}\n"
    return "".join([first, *names])


def _keep(sign_ins: str, path: Path) -> None:
    """Keep the sign-ins beside the invented cases, to be told again at the next start."""
    path.touch(mode=0o600)
    path.write_text(sign_ins, encoding="utf-8")


def _prepare(config: Config) -> None:
    """Make folders, keys and tables where there are none yet."""
    make_private(config)
    create_keys(config.keys)
    engine = create_engine(config.database_url)
    try:
        if schema.is_empty(engine):
            schema.upgrade(config.database_url)
        elif not schema.is_current(engine):
            raise click.ClickException(OLD_DATABASE)
    finally:
        engine.dispose()


def _seed(app: Flask, credentials: Callable[[], Credentials], scale: int) -> Seeded:
    place = installation_of(app)
    sessions, files = place.sessions, place.config.files
    try:
        seeded = seed(sessions, credentials, hasher().hash, scale=scale, files=files)
        rank_all(sessions)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    finally:
        sessions.engine.dispose()
    return seeded


def _new_password() -> str:
    return "-".join(secrets.token_hex(3) for _ in range(3))


def _credentials(config: Config, choose: Callable[[], str]) -> Callable[[], Credentials]:
    """Return what makes the credentials of the next account."""
    hashes: dict[str, str] = {}

    def next_one() -> Credentials:
        password = choose()
        if password not in hashes:
            hashes[password] = hasher().hash(password)
        key = new_key() if config.second_factor else None
        return Credentials(
            password,
            hashes[password],
            totp_key=key.typed if key else None,
            totp_secret=key.stored if key else None,
        )

    return next_one


def _told(seeded: Seeded) -> str:
    lines = [
        (
            f"Made operation {seeded.operation.code}: {len(seeded.sites)} sites, "
            f"{len(seeded.remains)} remains, {len(seeded.reports)} reports. All are invented."
        ),
        "Sign in with (user name, role, password, key for an authenticator app):",
    ]
    for hired in seeded.staff:
        held = hired.credentials
        key = held.totp_key or "no second factor"
        lines.append(f"  {hired.user.username:16} {hired.role:14} {held.password}  {key}")
    lines.append("Families come back at /family with (reference, secret):")
    lines += [f"  {way.reference}  {way.secret}" for way in seeded.families]
    return "\n".join(lines)


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
