"""Commands for whoever keeps an installation: prove, back up, restore, look after."""

import json
import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from caseman import schema
from caseman.audit.checkpoint import Checkpoint, CheckpointError
from caseman.audit.codes import Action
from caseman.audit.recorder import OPERATOR, note_act
from caseman.audit.verify import Verdict, verify
from caseman.cli.application import (
    bring_up_to_date,
    current_installation,
    installation_of,
    load_application,
    make_private,
    settings,
)
from caseman.database import create_engine, now
from caseman.exchange.backup import (
    BackupError,
    Manifest,
    read_manifest,
    restore_backup,
    write_backup,
)
from caseman.sealing.keys import KeyFileError, Keyring
from caseman.web.guards import permission_beside, permissions_of

JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")


@click.command("verify-audit")
@JSON
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A signed checkpoint kept elsewhere; shows whether the end of the trail was cut off.",
)
def verify_audit(checkpoints: tuple[Path, ...], *, as_json: bool) -> None:
    """Prove that the trail is whole and that every record is what it says.

    Exit code 0 where all is well, 1 where something was altered, deleted, inserted, reordered,
    recomputed or cut off; the first such place is named.
    """
    keyring = _keyring()
    sessions = current_installation().sessions
    public = keyring.signing_key.public_key()
    try:
        anchors = [Checkpoint.read(path.read_text("utf-8"), public) for path in checkpoints]
    except (CheckpointError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    with sessions.read() as session:
        verdict = verify(session, keyring.audit_key, anchors)
    click.echo(json.dumps(verdict.as_json()) if as_json else _told(verdict))
    sys.exit(0 if verdict.first_bad is None else 1)


def _told(verdict: Verdict) -> str:
    if verdict.first_bad is None:
        return f"The trail is whole: {verdict.entries} entries, {verdict.rows} records agree."
    bad = verdict.first_bad
    place = f"record {bad.id} of {bad.table}" if bad.table else f"entry {bad.seq} of the trail"
    return f"NOT whole: {place} was {bad.kind}. Keep this machine as it is and tell the auditor."


@click.command("checkpoint")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it into this file."
)
def checkpoint(out: Path | None) -> None:
    """Sign the present end of the trail. Keep what it prints on another machine or on paper."""
    keyring = _keyring()
    with current_installation().sessions.transaction(actor=OPERATOR) as session:
        note_act(session, Action.OPERATE, "checkpoint")
        document = Checkpoint.of(session).signed(keyring.signing_key)
    if out is None:
        click.echo(document)
    else:
        out.write_text(document + "\n", "utf-8")
        click.echo(f"Checkpoint written to {out.name}: keep it away from this machine.")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write every record and every file into FILE. The keys are not in it: keep them apart."""
    if file.exists():
        message = f"{file.name} exists already: a backup never overwrites another."
        raise click.ClickException(message)
    installation = installation_of(load_application())  # an old one needs a backup most
    with installation.sessions.transaction(actor=OPERATOR) as session:
        note_act(session, Action.OPERATE, f"backup {file.name}"[:80])
        signed = Checkpoint.of(session).signed(_keyring().signing_key)
    try:
        manifest = write_backup(
            installation.sessions.engine,
            installation.config.files,
            file,
            made_at=now(),
            checkpoint=signed,
        )
    except OSError as error:
        message = f"The backup could not be written: {error.strerror}."
        raise click.ClickException(message) from error
    click.echo(_summary("Backed up", manifest))


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty installation from FILE, compare every digest, and verify the trail.

    The key folder of the old installation must be in place first (CASEMAN_KEYS).
    """
    config = settings()
    keyring = _keyring()
    anchor = _anchor(file, keyring)
    make_private(config)
    engine = create_engine(config.database_url)
    try:
        manifest = restore_backup(
            file,
            engine,
            config.files,
            migrate=lambda revision: schema.upgrade(config.database_url, revision),
        )
        bring_up_to_date(config)
        with Session(engine) as session:
            verdict = verify(session, keyring.audit_key, [anchor])
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
    click.echo(_summary("Restored", manifest))
    click.echo(_told(verdict))
    sys.exit(0 if verdict.first_bad is None else 1)


def _anchor(file: Path, keyring: Keyring) -> Checkpoint:
    """Return the checkpoint of a backup, before anything is written, if these are its keys."""
    try:
        signed = read_manifest(file).checkpoint
        return Checkpoint.read(signed, keyring.signing_key.public_key())
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    except CheckpointError as error:
        message = (
            "These are not the keys of this backup: put the key folder of the installation "
            "that made it in place (CASEMAN_KEYS). Nothing was written."
        )
        raise click.ClickException(message) from error


def _summary(verb: str, manifest: Manifest) -> str:
    rows = sum(part.count for part in manifest.tables.values())
    size = sum(part.count for part in manifest.files.values())
    return (
        f"{verb} {rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files "
        f"({size} bytes), schema {manifest.revision}."
    )


@click.command("export-routes")
@JSON
def export_routes(*, as_json: bool) -> None:
    """List every address of the application, its methods and its permission."""
    app = load_application()
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    routes = [
        {
            "rule": rule.rule,
            "endpoint": rule.endpoint,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "permission": [each.value for each in permissions_of(app, rule.endpoint)],
            "beside": permission_beside(app, rule.endpoint),
        }
        for rule in rules
    ]
    if as_json:
        click.echo(json.dumps(routes, indent=1))
        return
    for route in routes:
        methods, names = ",".join(route["methods"]), " or ".join(route["permission"])
        if route["beside"]:
            names += f" and {route['beside']}"
        click.echo(f"{methods:10} {route['rule']:60} {names}")


def _keyring() -> Keyring:
    try:
        return Keyring(settings().keys)
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
