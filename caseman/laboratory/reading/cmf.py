"""Genotypes from CODIS message files (CMF 3.2 and 3.3): XML, one SPECIMEN a sample."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from caseman.coding import N_
from caseman.laboratory.reading.tables import LONGEST_NAME, SampleRead, UnreadableTableError
from caseman.values import Doubt

NAMESPACE: Final = "{urn:CODISImportFile-schema}"


def read_cmf(text: str) -> list[SampleRead]:
    """Return the specimens of the message; raises UnreadableTableError where there are none."""
    try:
        root = fromstring(text.encode())
    except (ParseError, DefusedXmlException) as error:
        raise UnreadableTableError(
            Doubt(N_("The text begins like XML and is no whole XML document."))
        ) from error
    samples = [_sample(*each) for each in enumerate(root.iter(f"{NAMESPACE}SPECIMEN"), start=1)]
    if not samples:
        raise UnreadableTableError(Doubt(N_("The message holds no SPECIMEN of CODIS.")))
    return samples


def _sample(place: int, specimen: Element) -> SampleRead:
    sample = SampleRead(_text(specimen, "SPECIMENID")[:LONGEST_NAME], place)
    for locus in specimen.iter(f"{NAMESPACE}LOCUS"):
        sample.take(_text(locus, "LOCUSNAME"), list(_values(locus)))
    return sample


def _values(locus: Element) -> Iterator[str]:
    for allele in locus.iter(f"{NAMESPACE}ALLELEVALUE"):
        yield allele.text or ""


def _text(element: Element, name: str) -> str:
    return (element.findtext(f"{NAMESPACE}{name}") or "").strip()
