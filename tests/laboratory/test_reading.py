"""Tables of genotypes as laboratories write them, and the consensus of several runs. No app."""

import pytest

from caseman.laboratory.codes import ConsensusRule
from caseman.laboratory.reading.cmf import read_cmf
from caseman.laboratory.reading.consensus import Rule, consensus
from caseman.laboratory.reading.markers import kits, marker_named
from caseman.laboratory.reading.pedigree_file import read_pedigree
from caseman.laboratory.reading.tables import UnreadableTableError, read_table

EXPECTED = {"D3S1358": ("15", "17"), "vWA": ("16",), "TH01": ("6", "9.3"), "AMEL": ("X", "Y")}
WIDE = "Sample ID\tD3S1358\tVWA\tTH01\tAmel\nS1\t17/15\t16/16\t9.3,6\tX/Y"
HALVES = "id;D3S1358-1;D3S1358-2;vWA-1;vWA-2;TH01_1;TH01_2;AM 1;AM 2\nS1;15;17;16;16;6;9.3;X;Y"
LONG = (
    "Sample Name\tMarker\tAllele 1\tAllele 2\nS1\tD3S1358\t15\t17\nS1\tvWA\t16\t\n"
    "S1\tTH01\t6\t9.3\nS1\tAMEL\tX\tY"
)
LOCUS = "<LOCUS><LOCUSNAME>{}</LOCUSNAME>{}</LOCUS>"
ALLELE = "<ALLELE><ALLELEVALUE>{}</ALLELEVALUE></ALLELE>"
CMF = (
    '<CODISImportFile xmlns="urn:CODISImportFile-schema"><SPECIMEN><SPECIMENID>S1</SPECIMENID>'
    + "".join(
        LOCUS.format(name.upper(), "".join(ALLELE.format(each) for each in alleles))
        for name, alleles in EXPECTED.items()
    )
    + "</SPECIMEN></CODISImportFile>"
)


@pytest.mark.parametrize("text", [WIDE, HALVES, LONG, CMF], ids=["wide", "halves", "long", "cmf"])
def test_one_genotype_reads_alike_however_it_is_written(text):
    (sample,) = (read_cmf if text.startswith("<") else read_table)(text)
    assert (sample.name, sample.genotype, sample.doubts) == ("S1", EXPECTED, [])


def test_a_line_is_numbered_as_the_reader_counts_them():
    spaced = "\n" + WIDE.replace("\n", "\n\n   \n")
    assert [sample.line for sample in read_table(spaced)] == [5]
    ped = "\n#FID IID PAT MAT SEX TH01\n\nF A 0 0 1 6/9.3\n\n\nF B A 0 2 6/7\n"
    for text in (ped, ped.replace(" ", "\t"), ped.replace(" ", "\t").replace("7\n", "7\t\n")):
        assert [(s.name, s.line) for s in read_pedigree(text).samples] == [("A", 4), ("B", 7)]
    with pytest.raises(UnreadableTableError) as refused:
        read_pedigree(ped.replace("F B A 0 2", "F B A 2"))
    assert refused.value.doubt.values["line"] == 7


def test_what_cannot_be_compared_is_left_out_with_its_reason():
    (sample,) = read_table(
        "Sample,Marker,Allele 1,Allele 2\nS1,FGA,OL,22\nS1,D99S1,1,2\nS1,TH01,6,7"
    )
    assert sample.genotype == {"TH01": ("6", "7")}
    said = [doubt.message % doubt.values for doubt in sample.doubts]
    assert said == [
        "FGA: “OL” is no allele that can be compared.",
        "“D99S1” is a marker of no kit here.",
    ]


@pytest.mark.parametrize("text", ["", "Word", "Sample,Colour\nS1,red", "Sample,Marker\nS1,FGA"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(UnreadableTableError):
        read_table(text)


@pytest.mark.parametrize("text", ["<", "<a/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_codis_message_is_refused(text):
    with pytest.raises(UnreadableTableError):
        read_cmf(text)


def test_twenty_kits_are_known_by_their_markers():
    assert len(kits()) == 20
    assert len(kits()["globalfiler"].markers) == 24
    assert {marker_named(each) for each in ("Penta D", "PENTA_D", "PentaD")} == {"Penta D"}
    assert marker_named("D21S1437") is None


@pytest.mark.parametrize(
    ("runs", "may_drop_out", "alleles", "rule"),
    [
        ([("15", "17")], True, ("15", "17"), Rule.ONE_RUN),
        ([("15",)], False, ("15", "15"), Rule.ONE_RUN),
        ([("15",)], True, ("15", None), Rule.PARTIAL),
        ([("15",), ("15",)], True, ("15", "15"), Rule.AGREED),
        ([("15", "17"), ("15",)], True, ("15", None), Rule.PARTIAL),
        ([("15", "17"), ("15",), ("17",)], True, ("15", "17"), Rule.AGREED),
        ([("15",), ("17",)], True, (), Rule.UNREPEATED),
        ([("15", "16", "17")], False, (), Rule.TOO_MANY),
    ],
)
def test_the_consensus_follows_its_rules(runs, may_drop_out, alleles, rule):
    (line,) = consensus([{"FGA": run} for run in runs], may_drop_out=may_drop_out)
    assert (line.alleles, line.rule) == (alleles, rule)


def test_every_rule_has_words():
    assert {each.value for each in ConsensusRule} == {each.value for each in Rule}
