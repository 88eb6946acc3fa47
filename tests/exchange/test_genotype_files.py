"""What leaves reads back the same: our own import, on each kind of file. No app."""

import pytest

from caseman.exchange.codes import GenotypeFile
from caseman.exchange.genotypes.files import Content, Person, written
from caseman.identification.genetics import Terms
from caseman.kinship import MutationModel, Sex
from caseman.laboratory.reading.files import text_of
from caseman.laboratory.reading.genotype_files import read_genotypes

NUMBER = "GX-7K3M9Q2T"
TERMS = Terms(
    {"D3S1358": {"15": 0.2, "16": 0.3, "17": 0.5}, "Penta D": {"2.2": 0.1, "9": 0.9}},
    0.001,
    0.01,
    MutationModel.STEPWISE,
    0.001,
    0.002,
)
FATHER = {"AMEL": ("X", "Y"), "D3S1358": ("15", "16"), "Penta D": ("9", "9")}
CHILD = {"AMEL": ("X", "X"), "D3S1358": ("16", "17.1"), "Penta D": ("9", None), "vWA": ("14", "14")}
BONE = {"D3S1358": ("15", "17"), "Penta D": ("2.2", "9")}
FAMILY = (
    Person("7K3M9Q2T", Sex.MALE, alleles=FATHER),
    Person("U1", Sex.FEMALE),
    Person("Missing", None, "7K3M9Q2T", "U1"),
    Person("0A1B2C3D", Sex.FEMALE, "7K3M9Q2T", "U1", CHILD),
)
CONTENT = Content((FAMILY, (Person("4E5F6G7H", alleles=BONE),)), TERMS)
LINKS = {(parent, each.name) for each in FAMILY for parent in (each.father, each.mother) if parent}
NO_FREQUENCY = {"AMEL", "vWA"}


def read(file, content=CONTENT):
    text = text_of(written(file, NUMBER, content))
    assert text.is_exact
    assert NUMBER in text.text
    return read_genotypes(text.text)


def seen(alleles):
    """As an import keeps them: each allele once; that a partner is unknown is for the consensus."""
    return {marker: tuple(dict.fromkeys(a for a in own if a)) for marker, own in alleles.items()}


def names_and_genotypes(found):
    assert [doubt for each in found.samples for doubt in each.doubts] == []
    return {each.name: each.genotype for each in found.samples}


@pytest.mark.parametrize("file", [GenotypeFile.CSV, GenotypeFile.PED])
def test_every_genotype_comes_back_from_a_table_and_a_pedigree(file):
    found = read(file)
    assert names_and_genotypes(found) == {each.name: seen(each.alleles) for each in CONTENT.typed}
    links = {link for tree in found.trees for link in tree.links}
    assert links == (LINKS if file is GenotypeFile.PED else set())


def test_a_familias_file_holds_what_can_be_weighed_with_its_frequencies_and_the_tree():
    found = read(GenotypeFile.FAM)
    expected = {
        each.name: {
            marker: alleles
            for marker, alleles in seen(each.alleles).items()
            if marker not in NO_FREQUENCY and None not in each.alleles[marker]
        }
        for each in CONTENT.typed
    }
    assert names_and_genotypes(found) == expected
    assert {link for tree in found.trees for link in tree.links} == LINKS
    frequencies = found.frequencies
    assert (frequencies.name, frequencies.doubts) == (NUMBER, ())
    unseen = TERMS.unseen(each.alleles for each in CONTENT.typed)
    assert unseen == {("D3S1358", "17.1")}
    for marker in ("D3S1358", "Penta D"):
        assert frequencies.frequencies[marker] == TERMS.frequencies_with(marker, unseen)


def test_without_settings_a_familias_file_has_people_and_no_marker():
    found = read(GenotypeFile.FAM, Content((FAMILY,)))
    assert found.samples == []
    assert {link for tree in found.trees for link in tree.links} == LINKS
    assert found.frequencies.frequencies == {}
