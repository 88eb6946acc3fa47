"""The same run on a Dask cluster: the same bytes, also when a worker dies in the middle."""

import os
import random
import signal

import pytest
from click.testing import CliRunner

from caseman.cli.cluster import Cluster, ClusterError
from caseman.cli.match import match
from caseman.matching import Pool, load_model, rank_in
from tests.engines.matching.town import make_remains, make_report

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

pytestmark = [pytest.mark.cluster, pytest.mark.slow]


@pytest.fixture(scope="module")
def cluster():
    quiet = {"dashboard_address": ":0", "silence_logs": 50}  # two processes may test at once
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, **quiet) as running:
        yield running


@pytest.fixture(scope="module")
def town():
    chance = random.Random(11)  # noqa: S311 - repeatable, no secret
    all_remains = [make_remains(i, chance) for i in range(120)]
    return Pool(all_remains, [make_report(i, chance) for i in range(150)], load_model("day-one"))


def ranked(pool, **how):
    return rank_in(pool, tuple(pool.remains.values()), top_k=10, block=2, **how)


def columns(ranking):
    return [
        values.tobytes()
        for values in (ranking.reports, ranking.scores, ranking.parts, ranking.posteriors)
    ]


def test_a_cluster_gives_the_same_bits(cluster, town):
    with Cluster(cluster.scheduler_address) as workers:
        assert columns(ranked(town, workers=workers)) == columns(ranked(town, threads=1))


def test_a_worker_that_dies_in_the_middle_costs_nothing(cluster, town):
    died = []

    def kill(done, of):
        if not died and done > of / 4:
            died.append(next(iter(cluster.workers.values())).pid)
            os.kill(died[0], signal.SIGKILL)

    with Cluster(cluster.scheduler_address) as workers:
        found = ranked(town, workers=workers, progress=kill)
    assert died
    assert columns(found) == columns(ranked(town, threads=1))


def test_a_result_that_is_lost_before_it_is_fetched_is_worked_out_again(cluster, town):
    scheduler, asked, lost = cluster.scheduler, [], []

    def forget():
        lost.extend(key for key in scheduler.tasks if key.startswith("do-"))
        scheduler.report({"op": "cancelled-keys", "keys": lost, "reason": "already forgotten"})

    def lose(done, of):
        if not asked and done > of / 4:
            asked.append(done)
            cluster.loop.add_callback(forget)

    with Cluster(cluster.scheduler_address) as workers:
        found = ranked(town, workers=workers, progress=lose)
    assert lost
    assert columns(found) == columns(ranked(town, threads=1))


def test_the_command_writes_the_same_file(cluster, tmp_path):
    remains = [f"R{i},{10 + i},{20 + i},{'MF'[i % 2]},pelvis,2017-06-{1 + i:02}" for i in range(25)]
    reports = [f"A{i},{'FM'[i % 2]},{1950 + 2 * i},2017-06-{1 + i:02}" for i in range(28)]
    header = "remains_id,age_min,age_max,sex_est,sex_method,deposit_from"
    (tmp_path / "remains.csv").write_text("\n".join([header, *remains]))
    (tmp_path / "reports.csv").write_text(
        "\n".join(["report_id,sex,birth_year,last_seen_from", *reports])
    )
    files = [f"--remains={tmp_path}/remains.csv", f"--reports={tmp_path}/reports.csv"]
    here = CliRunner().invoke(match, ["rank", *files, f"--out={tmp_path}/here.csv"])
    there = CliRunner().invoke(
        match,
        [
            "rank",
            *files,
            f"--out={tmp_path}/there.csv",
            f"--scheduler={cluster.scheduler_address}",
        ],
    )
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert (tmp_path / "here.csv").read_bytes() == (tmp_path / "there.csv").read_bytes()


def test_an_address_where_nobody_answers_is_said(monkeypatch):
    monkeypatch.setattr("caseman.cli.cluster._WAITING", 1)
    with (
        pytest.raises(ClusterError, match="no Dask scheduler answers"),
        Cluster("tcp://127.0.0.1:9"),
    ):
        pass
