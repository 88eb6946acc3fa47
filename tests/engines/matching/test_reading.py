"""Files are read whole; what makes no sense is named by line and column."""

import pytest

from caseman.matching import (
    UnreadableFileError,
    read_effects,
    read_remains,
    read_reports,
)
from caseman.matching.values import Effect, Garment, NameSource


def write(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_bad_cell_is_named_and_its_row_kept(tmp_path):
    path = write(
        tmp_path,
        "remains.csv",
        "remains_id,age_min,age_max,sex_est,deposit_from,deposit_to,stature_est\n"
        "R1,40,20,X,2017-02-30,2017-03-01,NaN\n",
    )
    reading = read_remains(path)
    assert [r.key for r in reading.values] == ["R1"]
    assert reading.values[0].age is None
    assert [(p.line, p.column) for p in reading.problems] == [
        (2, "sex_est"),
        (2, "age_min"),
        (2, "stature_est"),
        (2, "deposit_from"),
    ]
    assert "remains.csv, line 2, column sex_est: 'X' is none of M, PM, I, PF, F" in map(
        str, reading.problems
    )


def test_days_beyond_living_memory_and_cells_beyond_the_last_column_are_named(tmp_path):
    path = write(
        tmp_path, "remains.csv", "remains_id,deposit_from\nR1,1017-08-30\nR2,2017-08-30,x\n"
    )
    reading = read_remains(path)
    assert [r.deposited is None for r in reading.values] == [True, False]
    assert [(p.line, p.column) for p in reading.problems] == [(2, "deposit_from"), (3, "-")]


def test_a_name_of_ten_thousand_letters_is_cut_and_named(tmp_path):
    path = write(tmp_path, "reports.csv", f"report_id,name_given,companions\nA1,{'م' * 10_000},x\n")
    reading = read_reports(path)
    assert len(reading.values[0].name.given) == 200
    assert [p.column for p in reading.problems] == ["name_given", "companions"]


def test_a_row_without_a_number_or_with_one_seen_before_is_skipped_and_named(tmp_path):
    path = write(tmp_path, "reports.csv", "report_id,sex\n,M\nA1,M\nA1,F\n")
    reading = read_reports(path)
    assert [r.key for r in reading.values] == ["A1"]
    assert [p.line for p in reading.problems] == [2, 4]


def test_an_empty_list_is_not_an_empty_cell(tmp_path):
    path = write(tmp_path, "reports.csv", "report_id,skeletal,dental\nA1,[],\n")
    report = read_reports(path).values[0]
    assert report.marks == frozenset()
    assert report.dental is None


def test_rows_of_the_effects_file_replace_the_arrays(tmp_path):
    effects = write(
        tmp_path,
        "effects.csv",
        "side,id,class,kind_or_type,descriptor_or_colour,slot\n"
        "remains,R1,effect,ring,gold,\nremains,R1,clothing,shirt,blue,top\nremains,R1,song,x,,\n",
    )
    remains = write(tmp_path, "remains.csv", 'remains_id,effects\nR1,"[""keys:""]"\n')
    possessions = read_effects(effects)
    found = read_remains(remains, possessions.values).values[0]
    assert found.effects == {Effect("ring", "gold")}
    assert found.garments == {Garment("top", "shirt", "blue")}
    assert [p.line for p in possessions.problems] == [4]


def test_names_found_carry_their_source(tmp_path):
    cell = '"[{""kind"": ""id_card"", ""name"": ""Ali"", ""birth_year"": ""1990""}, {""kind"": 3}]"'
    reading = read_remains(write(tmp_path, "remains.csv", f"remains_id,names_found\nR1,{cell}\n"))
    found = reading.values[0].names[0]
    assert (found.source, found.birth_year) == (NameSource.DOCUMENT, 1990)
    assert len(reading.problems) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "lacks the column remains_id"),
        (b"remains_id\n\xff\xfe\n", "is not UTF-8 text"),
    ],
)
def test_a_file_that_is_none_says_what_would_be_right(tmp_path, content, said):
    path = tmp_path / "remains.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=said):
        read_remains(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read_reports(tmp_path / "none.csv")
