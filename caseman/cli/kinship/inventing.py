"""Invented families and remains, from a seed."""

from pathlib import Path

import click

from caseman.cli.kinship.files import FILE, use, write
from caseman.kinship import (
    Extent,
    Mutation,
    MutationModel,
    MutationPair,
    invent,
    invented_entry,
    read_frequencies,
    write_json,
)


@click.command("simulate")
@click.argument("frequencies", type=FILE)
@click.option("--out", type=FILE, required=True, help="JSON file to write (kinship-oracle-dvi/1)")
@click.option("--population", help="Which population of the table.")
@click.option("--families", default=20, show_default=True, type=click.IntRange(1))
@click.option("--found", default=10, show_default=True, type=click.IntRange(0))
@click.option("--unrelated", default=5, show_default=True, type=click.IntRange(0))
@click.option("--missed", default=0.0, show_default=True, type=click.FloatRange(0, 1))
@click.option("--mutation-rate", default=0.002, show_default=True, type=click.FloatRange(0, 0.1))
@click.option("--seed", required=True, type=click.IntRange(0), help="Same seed, same people.")
def simulate_command(  # noqa: PLR0913 - one parameter for each option
    frequencies: Path,
    *,
    out: Path,
    population: str | None,
    families: int,
    found: int,
    unrelated: int,
    missed: float,
    mutation_rate: float,
    seed: int,
) -> None:
    """Invent families and remains from the allele FREQUENCIES of a CSV table, with the truth.

    The table has the columns locus, allele, frequency and perhaps population. Of each family one
    man is missing; the remains of the first FOUND of them are there, among UNRELATED others.
    """
    model = Mutation(MutationModel.PROPORTIONAL, mutation_rate)
    pair = MutationPair(model, model)
    loci = use(lambda: read_frequencies(frequencies, population, pair))
    extent = Extent(families, min(found, families), unrelated, missed)
    invented = use(lambda: invent(loci, extent, seed))
    write(lambda: write_json(invented_entry(invented), out), out)
    click.echo(f"{families} families, {len(invented.truth)} remains, {len(loci)} loci: {out}")
