"""Files of genotypes: how their bytes become text, Familias and pedigree files. No app."""

from pathlib import Path

import pytest

from caseman.laboratory.reading.files import MOST_BYTES, text_of
from caseman.laboratory.reading.frequencies import read_frequencies, written
from caseman.laboratory.reading.genotype_files import read_genotypes
from caseman.laboratory.reading.kinship import Tie, tie
from caseman.laboratory.reading.tables import UnreadableTableError

FORMATS = Path(__file__).parents[3] / "shared" / "kinship" / "formats"

LOCUS = """"{}"
0.001
0.002
1
1
{}
0.1
0.1
0
0
{}
0.01
{}\t(DatabaseSize = 200 , Dropout probability = 0 , Minor allele frequency = 0 )
{}"""
HEAD = '"Output from Familias, version 3.3"\n"DO NOT EDIT!"\n{}\n""\n'
PERSONS = """3
"F1"
#FALSE#
-1
#FALSE#
#TRUE#
2
0
1
0
2
2
1
"C1"
#FALSE#
-1
#FALSE#
#FALSE#
1
1
2
0
"M1"
#FALSE#
-1
#FALSE#
#FALSE#
0
"""
RELATIONS = """"Known relations"
0
1
1
0
1
1
0
"H1"
0
0
2
0
1
2
1
"""
CHILD_OF_BOTH = (("F1", "C1"), ("M1", "C1"))
ALLELES = '"15"\n0.2\n"16"\n0.3\n"17"\n0.5'
DATABASE = '#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0 )\n2\n#TRUE#\n"Example"\n' + "\n".join(
    [
        LOCUS.format("D3S1358", 4, "#TRUE#", 4, ALLELES),
        LOCUS.format("PENTA_D", 3, "#FALSE#", 3, '"2.2"\n0.1\n"9"\n0.2\n"10"\n0.7'),
    ]
)
FAM = HEAD.format("3.3") + PERSONS + RELATIONS + DATABASE
DVI = """
[DVI]
[[Unidentified persons]]
nPersons= 1
[[[Person 1 ]]]
Name= V1
Gender= Male
[[[[DNA data]]]]
nSystems= 2
SystemName= D3S1358
Allele1= 15
Allele2= 15
SystemName= L9
Allele1= 1
Allele2= 2
[[Reference Families]]
nFamilies= 1
[[[Family 1 ]]]
Name= F7
[[[[Persons]]]]
[[[[[Person 1]]]]]
Name= R1
[[[[[[DNA data]]]]]]
SystemName= PENTA_D
Allele1= 9
Allele2= 10
[[[[[Person 2]]]]]
Name= Missing
[[[[[[DNA data]]]]]]
nSystems= 0
[[[[Pedigrees]]]]
[[[[[Pedigree 1]]]]]
Name= Reference pedigree
nRelations= 0
[[[[[Pedigree 2]]]]]
Name= H1
Parent= R1
Child= Missing
[Prior]
Name= not a person
"""
WHOLE = HEAD.format("3.3 (DVI)") + '0\n"Known relations"\n0\n0\n0\n0\n' + DATABASE + DVI
PED = """famid id fid mid sex D3S1358 PENTA_D
A F1 0 0 1 15/16 -/-
A M1 0 0 2 0/0 0/0
A C1 F1 M1 2 16/17 9/10"""
PLINK = """#FID,IID,PAT,MAT,SEX,PHENO,D3S1358-1,D3S1358-2
A,F1,0,0,1,-9,15,16
A,C1,F1,M1,2,-9,16,17"""


def read(text):
    found = read_genotypes(text)
    return {each.name: each.genotype for each in found.samples}, found


def test_persons_of_familias_bring_genotypes_relations_and_frequencies():
    samples, found = read(FAM)
    assert samples == {
        "F1": {"D3S1358": ("15", "16"), "Penta D": ("10",)},
        "C1": {"D3S1358": ("16", "17")},
    }
    told = [(each.name, each.links) for each in found.trees]
    assert told == [("", CHILD_OF_BOTH[:1]), ("H1", CHILD_OF_BOTH)]
    frequencies = found.frequencies
    assert frequencies.name == "Example"
    assert read_frequencies(written(frequencies.frequencies)) == {
        "D3S1358": {"15": 0.2, "16": 0.3, "17": 0.5},
        "Penta D": {"2.2": 0.1, "9": 0.2, "10": 0.7},
    }
    assert [each.message % each.values for each in frequencies.doubts] == [
        "D3S1358: the silent allele is left out."
    ]


def test_a_search_of_familias_brings_remains_and_families():
    samples, found = read(WHOLE.replace("\n", "\r\n").replace("\r\n", "\n"))
    assert samples == {"V1": {"D3S1358": ("15",)}, "R1": {"Penta D": ("9", "10")}}
    assert found.samples[0].doubts[0].values == {"marker": "L9"}
    assert [(each.name, each.links) for each in found.trees] == [("F7: H1", (("R1", "Missing"),))]


@pytest.mark.parametrize("text", [PED, PED.replace(" ", "\t"), PLINK], ids=["ped", "tabs", "plink"])
def test_pedigree_files_bring_genotypes_and_relations(text):
    samples, found = read(text)
    assert samples["F1"] == {"D3S1358": ("15", "16")}
    assert samples["C1"]["D3S1358"] == ("16", "17")
    assert set(samples) == {"F1", "C1"}
    assert [(each.name, each.links) for each in found.trees] == [("A", CHILD_OF_BOTH)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FAM[: FAM.index('"PENTA_D"')], "ends too early"),
        (FAM.replace('"C1"\n#FALSE#', '"C1"\n#FALSE#\nfifteen'), "is no number"),
        (FAM.replace('"15"\n0.2', '"15"\n1.2'), "no frequency"),
        (FAM.replace("2\n0\n1\n0\n2\n2\n1", "2\n0\n9\n0\n2\n2\n1"), "has an allele"),
        (FAM.replace("0\n0\n2\n0\n1\n2\n1\n", "0\n0\n1\n0\n9\n"), "nobody in the file"),
        (FAM.replace("#FALSE# (#D", "#TRUE# (#D"), "holds results"),
        (FAM.replace("#TRUE#\n2\n0\n1", "#TRUE#\n²\n0\n1"), "is no number"),
        (PED + "\nA X1 0 0", "4 columns"),
        ("id,father,mother\nA,0,0", "at least one marker"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text, said):
    with pytest.raises(UnreadableTableError) as caught:
        read_genotypes(text)
    assert said in caught.value.doubt.message % caught.value.doubt.values


def test_a_circle_or_a_chain_of_parents_ends():
    round_ = (("a", "b"), ("b", "c"), ("c", "a"))
    assert tie(round_, "a", "c") is Tie.CHILD
    assert tie(round_, "a", "x") is Tie.NONE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("f", "c", Tie.PARENT), ("c", "m", Tie.CHILD), ("c", "d", Tie.SIBLING),
        ("c", "h", Tie.ONE_PARENT), ("f", "g", Tie.GRANDPARENT), ("g", "m", Tie.GRANDCHILD),
        ("d", "g", Tie.FURTHER), ("f", "m", Tie.NONE),
    ],
)  # fmt: skip
def test_what_two_people_are_to_each_other(one, other, expected):
    links = [("f", "c"), ("m", "c"), ("f", "d"), ("m", "d"), ("f", "h"), ("c", "g")]
    assert tie(links, one, other) is expected


@pytest.mark.parametrize(
    ("content", "text", "is_exact"),
    [
        ("\ufeffid\r\nß\r".encode(), "id\nß\n", True),
        ("id\nب".encode("utf-16"), "id\nب", True),
        ("id\nب".encode("windows-1256"), "id\n?", False),
        (b"\xff\xfei\x00d\x00\x00", "id?", False),
    ],
)
def test_encodings_are_read_and_never_guessed(content, text, is_exact):
    found = text_of(content)
    assert (found.text, found.is_exact) == (text, is_exact)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"PK\x03\x04..",
        b"%PDF-1",
        b"\x89PNG\0\0",
        b"a" * (MOST_BYTES + 1),
        b"a" * 600_000,
    ],
)
def test_what_is_no_text_or_too_long_is_refused(content):
    with pytest.raises(UnreadableTableError):
        text_of(content)


@pytest.mark.skipif(not FORMATS.is_dir(), reason="needs ../shared/kinship/formats")
def test_files_of_other_programs_are_read():
    found = {
        path.name: read_genotypes(text_of(path.read_bytes()).text)
        for path in sorted(FORMATS.iterdir())
        if path.suffix != ".md"
    }
    search, paternity = found["KETPex497.fam"], found["paternity.fam"]
    assert {each.name for each in search.samples} >= {"V1", "V2", "V3", "F", "C"}
    assert all(len(each.genotype) == 23 for each in search.samples)
    assert len(search.frequencies.frequencies) == 23
    assert {"F", "C"} <= {name for tree in search.trees for name in tree.people}
    child = next(each for each in paternity.samples if each.name == "CH")
    assert child.genotype["D3S1358"] == ("16", "17")
    assert paternity.trees[0].links == (("AF", "CH"), ("MO", "CH"))
    assert {len(each.samples) for each in found.values()} == {1, 2, 4, 8}
