"""The command line: files in, files out, plain words on what went wrong."""

import csv

import pytest
from click.testing import CliRunner

from caseman.cli.match import match

REMAINS = "remains_id,age_min,age_max,sex_est,sex_method\nR1,20,30,M,pelvis\nR2,,,,\n"
REPORTS = "report_id,sex,birth_year,last_seen_from\nA1,M,1992,2017-06-01\nA2,F,1950,2017-06-01\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "remains.csv").write_text(REMAINS)
    (tmp_path / "reports.csv").write_text(REPORTS)
    (tmp_path / "pairs.csv").write_text("remains_id,report_id\nR2,A1\nR1,A2\n")
    return tmp_path


def run(folder, command, *options):
    files = [f"--remains={folder}/remains.csv", f"--reports={folder}/reports.csv"]
    out = folder / "out.csv"
    result = CliRunner().invoke(
        match, [command, *files, f"--out={out}", "--model=day-one", *options]
    )
    rows = list(csv.DictReader(out.read_text().splitlines())) if out.exists() else []
    return result, rows


def test_rank_writes_a_row_for_each_candidate(folder):
    result, rows = run(folder, "rank")
    assert result.exit_code == 0, result.output
    assert [(r["remains_id"], r["report_id"], r["rank"]) for r in rows] == [
        ("R1", "A1", "1"),
        ("R1", "A2", "2"),
        ("R2", "A1", "1"),
        ("R2", "A2", "2"),
    ]
    assert float(rows[0]["lr_age"]) > 0
    assert float(rows[2]["log10_lr"]) == 0


def test_an_excluded_pair_is_left_out(folder):
    result, rows = run(folder, "rank", f"--exclude={folder}/pairs.csv")
    assert result.exit_code == 0, result.output
    assert [(r["remains_id"], r["report_id"]) for r in rows] == [("R1", "A1"), ("R2", "A2")]


def test_score_answers_in_the_order_asked(folder):
    result, rows = run(folder, "score", f"--pairs={folder}/pairs.csv")
    assert result.exit_code == 0, result.output
    assert [(r["remains_id"], r["report_id"]) for r in rows] == [("R2", "A1"), ("R1", "A2")]
    assert float(rows[1]["log10_lr"]) < 0


def test_a_bad_cell_is_said_and_the_run_goes_on(folder):
    (folder / "remains.csv").write_text(REMAINS.replace("20,30", "20,x"))
    result, rows = run(folder, "rank")
    assert "remains.csv, line 2, column age_max: 'x' is not a number" in result.output
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--model=none.json",), "neither day-one nor default nor a file"),
        (("--effects=none.csv",), "none.csv: cannot be opened"),
        (("--pairs=none.csv",), "none.csv: cannot be opened"),
    ],
)
def test_what_cannot_be_read_is_named(folder, options, said):
    pairs = [] if options[0].startswith("--pairs") else [f"--pairs={folder}/pairs.csv"]
    result, rows = run(folder, "score", *pairs, *options)
    assert result.exit_code == 1
    assert said in result.output
    assert rows == []


def test_an_unknown_key_among_the_pairs_is_named(folder):
    (folder / "pairs.csv").write_text("remains_id,report_id\nR1,A9\n")
    result, _ = run(folder, "score", f"--pairs={folder}/pairs.csv")
    assert result.exit_code == 1
    assert "asks for report A9, which is in none of the files" in result.output


def test_fit_refuses_to_learn_from_a_handful(folder):
    (folder / "pairs.csv").write_text("remains_id,report_id\nR1,A1\n")
    result, _ = run(folder, "fit", f"--pairs={folder}/pairs.csv")
    assert result.exit_code == 1
    assert "1 true pairs are too few to learn from; 20 are needed" in result.output


def test_duplicates_writes_pairs_best_first(folder):
    columns = "report_id,name_given,name_father,name_family,sex,birth_year\n"
    same = "A1,Ahmad,Khalaf,Hajo,M,1990\nA2,احمد,خلف,حاجو,M,1990\nA3,Rojda,Khalaf,Hajo,F,1995\n"
    (folder / "reports.csv").write_text(columns + same)
    out = folder / "out.csv"
    options = ["duplicates", f"--reports={folder}/reports.csv", f"--out={out}", "--least=0"]
    result = CliRunner().invoke(match, options)
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert result.exit_code == 0, result.output
    assert (rows[0]["report_id_a"], rows[0]["report_id_b"]) == ("A1", "A2")
    scores = [float(r["score"]) for r in rows]
    assert scores == sorted((float(r["p_same"]) for r in rows), reverse=True)
