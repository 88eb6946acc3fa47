"""`caseman kinship`: likelihood ratios from files, without a database."""

import click

from caseman.cli.kinship.inventing import simulate_command
from caseman.cli.kinship.searching import blind_command, check_command, power_command
from caseman.cli.kinship.weighing import dvi_command, lr_command


@click.group()
def kinship() -> None:
    """Weigh DNA profiles against family trees. An LR is evidence, not an identification.

    Every command reads and writes files and needs no database. It ends with status 0 if all was
    computed and with 1 if anything could not be; what and why is said on standard error, by
    case, person and locus.
    """


for command in (
    lr_command,
    dvi_command,
    blind_command,
    check_command,
    power_command,
    simulate_command,
):
    kinship.add_command(command)
