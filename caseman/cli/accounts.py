"""Commands on accounts: the first start, and what the operator does without the web pages.

Whoever may run these owns the machine; the audit trail names them "operator".
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from caseman import schema
from caseman.accounts.models import User
from caseman.accounts.queries import account_state, all_users, user_named
from caseman.accounts.services import roles, second_factor, teams, users
from caseman.audit.recorder import OPERATOR
from caseman.cli.application import installation_of, load_application, make_private, settings
from caseman.database import DomainError
from caseman.permissions import Role
from caseman.sealing.keys import create_keys

CODE_WORDS = "One-time code of %s (%s), good for seven days: %s"


class Refused(click.ClickException):
    """The domain refused; its sentence is the message."""

    def __init__(self, refused: DomainError) -> None:
        super().__init__(str(refused))


@contextmanager
def _transaction(reason: str) -> Iterator[Session]:
    """Yield a session in which the operator acts; what the domain refuses ends the command."""
    sessions = installation_of(load_application()).sessions
    try:
        with sessions.transaction(actor=OPERATOR, reason=reason) as session:
            yield session
    except DomainError as error:
        raise Refused(error) from error
    finally:
        sessions.engine.dispose()


def _known(session: Session, username: str) -> User:
    user = user_named(session, username)
    if user is None:
        message = f"There is no account {username}."
        raise click.ClickException(message)
    return user


@click.command()
@click.option("--operation", prompt="Code of the first operation", help="Such as RAQQA.")
@click.option("--operation-name", prompt="Its name")
@click.option("--administrator", prompt="User name of the administrator")
@click.option("--administrator-name", prompt="Name of this person")
@click.option("--steward", prompt="User name of the data steward, who confirms sensitive roles")
@click.option("--steward-name", prompt="Name of this other person")
def init(**answers: str) -> None:
    """Make the keys, the database and the first two accounts; refuses when there are any."""
    config = settings()
    make_private(config)
    create_keys(config.keys)
    schema.upgrade(config.database_url)
    with _transaction("caseman init") as session:
        codes = _first_people(session, answers)
    for user, code in codes:
        click.echo(CODE_WORDS % (user.username, user.name, code))
    click.echo("Hand each code to its person. Then: caseman serve, and open /invitation.")


def _first_people(session: Session, answers: dict[str, str]) -> list[tuple[User, str]]:
    if all_users(session):
        message = "This installation has accounts already; see `caseman user`."
        raise click.ClickException(message)
    operation = teams.NewOperation(answers["operation"].upper(), answers["operation_name"])
    teams.open_operation(session, operation)
    made = []
    for key, role in (("administrator", Role.ADMINISTRATOR), ("steward", Role.STEWARD)):
        new = users.NewUser(name=answers[f"{key}_name"], username=answers[key])
        user, code = users.invite(session, new, None)
        roles.grant(session, user, role, None)
        made.append((user, code))
    return made


@click.group()
def user() -> None:
    """List, add, invite and deactivate accounts."""


@user.command("list")
def list_users() -> None:
    """Show every account with its state and roles."""
    with _transaction("caseman user list") as session:
        for each in all_users(session):
            held = ",".join(sorted(each.live_roles)) or "-"
            click.echo(f"{each.username}\t{account_state(each)}\t{held}\t{each.name}")


@user.command()
@click.argument("username")
@click.argument("name")
@click.option("--role", "wanted", type=click.Choice([role.value for role in Role]), multiple=True)
@click.option("--language", default="en", show_default=True)
def add(username: str, name: str, wanted: tuple[str, ...], language: str) -> None:
    """Invite NAME under USERNAME and print the one-time code."""
    with _transaction("caseman user add") as session:
        new = users.NewUser(name=name, username=username, language=language)
        added, code = users.invite(session, new, None)
        for role in wanted:
            roles.grant(session, added, Role(role), None)
    click.echo(CODE_WORDS % (added.username, added.name, code))


@user.command()
@click.argument("username")
def invite(username: str) -> None:
    """Take the password away and print a new one-time code."""
    with _transaction("caseman user invite") as session:
        known = _known(session, username)
        code = users.invite_again(session, known, None)
    click.echo(CODE_WORDS % (known.username, known.name, code))


@user.command()
@click.argument("username")
def deactivate(username: str) -> None:
    """Close the account and end its sessions at once."""
    with _transaction("caseman user deactivate") as session:
        users.deactivate(session, _known(session, username), None)
    click.echo(f"{username} is deactivated.")


@user.command("remove-second-factor")
@click.argument("username")
@click.option("--reason", prompt="How do you know that it is really this person?")
def remove_second_factor(username: str, reason: str) -> None:
    """Last resort where no two colleagues can restore it; the next sign-in sets up a new one."""
    with _transaction(reason) as session:
        second_factor.remove(session, _known(session, username))
    click.echo(f"{username} sets up a new second factor at the next sign-in.")
