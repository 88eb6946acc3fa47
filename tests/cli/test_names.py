"""`caseman names compare`: every row answered, in order, whatever stands in it."""

import csv

import pytest
from arro3.io import read_parquet
from click.testing import CliRunner

from caseman.cli.names import names


def run(folder, text, out="out.csv"):
    pairs = folder / "pairs.csv"
    pairs.write_text(text, encoding="utf-8-sig")
    return CliRunner().invoke(names, ["compare", str(pairs), f"--out={folder / out}"])


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_scores_stand_beside_the_names_and_other_columns_are_carried_through(tmp_path):
    result = run(tmp_path, "id,name_a,name_b,note\n7,محمد,Mohammed,x\n8,علي,Khaled,\n")
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path / "out.csv")
    assert [*rows[0]] == ["name_a", "name_b", "score", "log10_lr", "id", "note"]
    assert [row["id"] for row in rows] == ["7", "8"]
    assert float(rows[0]["score"]) > 0.9
    assert float(rows[0]["log10_lr"]) > 0 > float(rows[1]["log10_lr"])


def test_bad_rows_are_answered_and_named_by_line(tmp_path):
    text = f"name_a,name_b\n,Ali\nAli\nAli,{'Omar ' * 2000}\na,b,c\n"
    result = run(tmp_path, text)
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path / "out.csv")
    assert [row["log10_lr"] for row in rows[:2]] == ["0.000000", "0.000000"]
    assert len(rows) == 4
    assert all(f"line {line}," in result.stderr for line in (2, 3, 5))


def test_parquet_holds_the_same_numbers(tmp_path):
    text = "name_a,name_b\nXelef Elî,خلف علي\nAmr,Omar\n"
    run(tmp_path, text)
    assert run(tmp_path, text, "out.parquet").exit_code == 0
    table = read_parquet(tmp_path / "out.parquet").read_all()
    written = [float(row["score"]) for row in rows_of(tmp_path / "out.csv")]
    assert table.column("score").to_pylist() == pytest.approx(written, abs=1e-6)


def test_a_file_of_a_header_alone_gives_one(tmp_path):
    assert run(tmp_path, "name_a,name_b\n", "out.parquet").exit_code == 0
    assert read_parquet(tmp_path / "out.parquet").read_all().num_rows == 0


@pytest.mark.parametrize(
    ("text", "out", "said"),
    [
        ("a,b\n1,2\n", "out.csv", "lacks the column name_a"),
        ("name_a,name_b\nx,y\n", "none/out.csv", "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, text, out, said):
    result = run(tmp_path, text, out)
    assert result.exit_code != 0
    assert said in result.output
    assert not (tmp_path / "out.csv").exists()
