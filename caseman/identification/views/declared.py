"""Family trees as the laboratory compares files with them: places and codes, never a name."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.identification.profiles import tree_of
from caseman.kinship import KinshipError
from caseman.laboratory import trees
from caseman.laboratory.trees import Declared
from caseman.reports.models import MissingPerson, Relative


def declared(session: Session, source_ids: Sequence[int]) -> list[Declared]:
    """Return the trees in which some sources stand; one that contradicts itself says nothing."""
    theirs = sa.select(Relative.missing_person_id).where(Relative.source_id.in_(source_ids))
    statement = sa.select(Relative).where(Relative.missing_person_id.in_(theirs))
    statement = statement.options(joinedload(Relative.missing_person))
    families: dict[MissingPerson, list[Relative]] = defaultdict(list)
    for relative in session.scalars(statement.order_by(Relative.ordinal)):
        families[relative.missing_person].append(relative)
    return [tree for person, own in families.items() for tree in _told(person, own)]


def _told(person: MissingPerson, relatives: Sequence[Relative]) -> Iterator[Declared]:
    try:
        tree = tree_of(person, relatives)
    except KinshipError:
        return
    links = tuple(
        (parent, member.key)
        for member in tree.pedigree.members
        for parent in tree.pedigree.parents(member.key)
    )
    places = {
        each.source_id: tree.places[str(each.id)]
        for each in relatives
        if each.source_id is not None and str(each.id) in tree.places
    }
    yield Declared(links, places)


trees.add(declared)
