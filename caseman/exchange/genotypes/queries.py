"""What an export of genotypes holds at this moment, and which exports somebody may know of."""

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.exchange.genotypes.files import Content, Person
from caseman.exchange.models import GenotypeExport
from caseman.identification.family_trees import MISSING
from caseman.identification.genetics import Alleles, Terms, TypedFamily
from caseman.identification.profiles import all_settings, load_family, load_profiles, terms_of
from caseman.kinship import Member, Sex
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.models import DnaSource, Specimen, TypingRun
from caseman.laboratory.reading.markers import AMELOGENIN
from caseman.permissions import Permission, Scope
from caseman.reports.models import MissingPerson, Relative
from caseman.sites.scope import within_operations

MISSING_NAME = "Missing"


def exports(scope: Scope) -> sa.Select[GenotypeExport]:
    """Return the selection of exports within ``scope``, for those who ask and who release."""
    statement = within_operations(sa.select(GenotypeExport), GenotypeExport.operation_id, scope)
    if not (scope.may(Permission.GENOTYPE_EXPORT) or scope.may(Permission.GENOTYPE_RELEASE)):
        return statement.where(sa.false())
    rows = (
        *(GenotypeExport.submission, GenotypeExport.missing_person),
        *(GenotypeExport.remains_source, GenotypeExport.asked_by, GenotypeExport.decided_by),
    )
    return statement.options(*(joinedload(each) for each in rows))


def export_by_number(session: Session, scope: Scope, number: str) -> GenotypeExport | None:
    """Return one export, or None where it is outside ``scope``."""
    return session.scalar(exports(scope).where(GenotypeExport.number == number))


def families_of(session: Session, source: DnaSource) -> list[MissingPerson]:
    """Return the missing persons in whose family trees a source stands."""
    statement = sa.select(MissingPerson).join(
        Relative, Relative.missing_person_id == MissingPerson.id
    )
    theirs = statement.where(Relative.source_id == source.id).order_by(MissingPerson.id)
    return list(session.scalars(theirs).unique())


def content_of(session: Session, row: GenotypeExport) -> Content:
    """Return what would leave now: nothing of withdrawn consent, nothing unverified, no staff.

    Raises KinshipError where a family tree contradicts itself.
    """
    settings = next((e for e in all_settings(session) if e.operation_id == row.operation_id), None)
    terms = None if settings is None else terms_of(settings)
    if row.submission is not None:
        return _of_submission(session, row, terms)
    return _of_family(session, row, terms)


def _of_submission(session: Session, row: GenotypeExport, terms: Terms | None) -> Content:
    statement = (
        sa.select(Specimen)
        .join(Specimen.source)
        .where(
            Specimen.submission_id == row.submission_id,
            DnaSource.kind != SourceKind.STAFF,
            DnaSource.withdrawn_at.is_(None),
        )
    )
    codes: dict[int, str] = {}
    for specimen in session.scalars(statement.order_by(Specimen.code)):
        codes.setdefault(specimen.source_id, specimen.code)
    profiles = load_profiles(session, _allowed(session, codes, row))
    alone = [(_alone(codes[source], own),) for source, own in profiles.items()]
    return Content(tuple(sorted(alone, key=lambda each: each[0].name)), terms)


def _of_family(session: Session, row: GenotypeExport, terms: Terms | None) -> Content:
    person = row.missing_person
    family = load_family(session, person) if person is not None else None
    families = [] if family is None else [_named(session, family, row)]
    if row.remains_source_id is not None:
        beside = load_profiles(session, [row.remains_source_id])
        codes = _tubes(session, beside)
        families += [(_alone(codes[source], own),) for source, own in beside.items()]
    return Content(tuple(families), terms)


def _named(session: Session, family: TypedFamily, row: GenotypeExport) -> tuple[Person, ...]:
    """Return a family under the codes of tubes; whoever is not typed has a number in it."""
    allowed = _allowed(session, family.sources.values(), row)
    codes = _tubes(session, allowed)
    names = {place: codes[source] for place, source in family.sources.items() if source in codes}
    members = family.tree.pedigree.members
    untyped = [each.key for each in members if each.key not in names and each.key != MISSING]
    names |= {key: f"U{place}" for place, key in enumerate(untyped, start=1)}
    typed = {
        place: own for place, own in family.alleles.items() if family.sources.get(place) in codes
    }
    return tuple(_member(each, {MISSING: MISSING_NAME, **names}, typed) for each in members)


def _member(member: Member, names: Mapping[str, str], typed: Mapping[str, Alleles]) -> Person:
    father, mother = (None if key is None else names[key] for key in (member.father, member.mother))
    return Person(names[member.key], member.sex, father, mother, typed.get(member.key, {}))


def _alone(name: str, alleles: Alleles) -> Person:
    seen = alleles.get(AMELOGENIN, ())
    sex = (Sex.MALE if "Y" in seen else Sex.FEMALE) if seen and None not in seen else None
    return Person(name, sex, alleles=alleles)


def _tubes(session: Session, source_ids: Iterable[int]) -> dict[int, str]:
    """Return the code of the first tube of each source that has a run which counts."""
    counts = Specimen.runs.any(
        TypingRun.verified_at.is_not(None) & TypingRun.set_aside_at.is_(None)
    )
    theirs = Specimen.source_id.in_(sorted(source_ids))
    rows = session.scalars(sa.select(Specimen).where(theirs, counts).order_by(Specimen.id.desc()))
    return {row.source_id: row.code for row in rows}


def _allowed(session: Session, source_ids: Iterable[int], row: GenotypeExport) -> Collection[int]:
    """Return those of some sources that may go there: abroad only who agreed to it."""
    ids = set(source_ids)
    if not row.is_abroad:
        return ids
    theirs = sa.select(Relative).where(Relative.source_id.in_(sorted(ids)))
    relatives = session.scalars(
        theirs.options(joinedload(Relative.missing_person), selectinload(Relative.consents))
    ).all()
    return ids - {
        each.source_id
        for each in relatives
        if each.source_id is not None and (each.consent is None or not each.consent.may_go_abroad)
    }
