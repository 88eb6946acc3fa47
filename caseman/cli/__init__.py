"""The ``caseman`` command. A command's module is imported when it is called, not before."""

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

import click


class Entry(NamedTuple):
    """Where a command lives, and its line in the help."""

    name: str
    target: str
    help: str


COMMANDS: tuple[Entry, ...] = (
    Entry("init", "caseman.cli.accounts:init", "Make keys, database and first accounts."),
    Entry("user", "caseman.cli.accounts:user", "List, add, invite and deactivate accounts."),
    Entry("migrate", "caseman.cli.serve:migrate", "Bring the database up to date."),
    Entry("demo", "caseman.cli.demo:demo", "Show invented cases on this machine."),
    Entry("seed-demo", "caseman.cli.demo:seed_demo", "Add invented people and cases."),
    Entry("serve", "caseman.cli.serve:serve", "Serve the web application."),
    Entry("import", "caseman.cli.importing:import_table", "Take in a table of another system."),
    Entry("verify-audit", "caseman.cli.operate:verify_audit", "Prove that the records are whole."),
    Entry("checkpoint", "caseman.cli.operate:checkpoint", "Sign the end of the audit trail."),
    Entry("backup", "caseman.cli.operate:backup", "Write records and files into one file."),
    Entry("restore", "caseman.cli.operate:restore", "Fill an empty installation from a backup."),
    Entry("export-routes", "caseman.cli.operate:export_routes", "List every address."),
    Entry("match", "caseman.cli.match:match", "Rank and score from files, without a database."),
    Entry("names", "caseman.cli.names:names", "Compare names from files, without a database."),
    Entry("kinship", "caseman.cli.kinship:kinship", "Weigh DNA profiles against family trees."),
    Entry("osteology", "caseman.cli.osteology:osteology", "Stature, age, sex, number of persons."),
    Entry("doctor", "caseman.cli.doctor:doctor", "Look at all this installation rests on."),
    Entry("worker", "caseman.cli.serve:worker", "Work on background jobs."),
)
"""Every command; ``target`` is module:attribute."""


class LazyGroup(click.Group):
    """A group that shows its help without importing its commands."""

    entries: Iterable[Entry] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [entry.name for entry in self.entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        for entry in self.entries:
            if entry.name == cmd_name:
                return _load(entry)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.help) for entry in self.entries])


def _load(entry: Entry) -> click.Command:
    module, _, attribute = entry.target.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command), entry.target  # noqa: S101 - our own table is right
    return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="caseman")
def main() -> None:
    """Case manager for mass-grave exhumation and identification."""
