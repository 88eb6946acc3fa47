"""What is wrong with this installation, in sentences that say what to do about it.

Nothing is changed and no key is read. Whatever is missing makes one finding and not an error: the
doctor is called when things do not work.
"""

import click

from caseman.cli.doctor.findings import Findings, State, broken, good
from caseman.cli.doctor.machine import disk, files, folder, fonts, keys, pdf
from caseman.cli.doctor.records import database
from config import Config, ConfigError

PARTS = (folder, keys, files, disk, database, pdf, fonts)


@click.command()
def doctor() -> None:
    """Look at everything this installation rests on; exit 1 where something is broken."""
    found = list(_examine())
    width = max(len(finding.part) for finding in found)
    for finding in found:
        click.echo(f"{finding.state:<9}  {finding.part:<{width}}  {finding.words}")
    worst = [finding for finding in found if finding.state is State.BROKEN]
    click.echo(_summary(len(worst), sum(each.state is State.ATTENTION for each in found)))
    if worst:
        raise click.exceptions.Exit(1)


def _summary(broken_parts: int, warnings: int) -> str:
    if broken_parts:
        return (
            f"\n{broken_parts} broken, {warnings} to look after. Begin with the first one broken."
        )
    return f"\nNothing is broken, {warnings} to look after." if warnings else "\nAll is in order."


def _examine() -> Findings:
    try:
        config = Config.from_environment()
        config.check()
    except ConfigError as error:
        yield from (broken("settings", line) for line in str(error).splitlines())
        return
    yield good("settings", "They allow a safe start.")
    for examine in PARTS:
        yield from examine(config)
