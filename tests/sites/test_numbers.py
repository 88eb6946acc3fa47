"""Numbers: never given twice, read however they are written."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from caseman.sites.codes import FeatureKind, NumberKind
from caseman.sites.models import Feature, Site
from caseman.sites.numbers import read_number
from caseman.sites.services import open_feature, reserve_block, take_numbers


def at_once(*tasks):
    """Run the tasks in threads that begin together."""
    start = Barrier(len(tasks))

    def run(task):
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [each.result() for each in [pool.submit(run, task) for task in tasks]]


def test_two_teams_that_reserve_at_once_get_two_blocks(two, sessions):
    def reserve(team_id):
        with sessions.transaction() as session:
            feature = session.get(Feature, two.grave_id)
            block = reserve_block(session, feature, team_id, NumberKind.BODY, size=50)
            return block.first, block.last

    teams = [two.first.id, two.second.id] * 3
    blocks = at_once(*(lambda team=team: reserve(team) for team in teams))
    assert sorted(blocks) == [(1 + 50 * n, 50 + 50 * n) for n in range(6)]


def test_one_team_on_two_devices_never_gives_one_number_twice(two, sessions):
    team_id = two.first.id

    def take():
        with sessions.transaction() as session:
            feature = session.get(Feature, two.grave_id)
            return take_numbers(session, feature, team_id, NumberKind.BODY, count=30)

    taken = [number for numbers in at_once(*[take] * 4) for number in numbers]
    assert sorted(taken) == list(range(1, 121))


def test_two_who_open_a_feature_at_once_open_two(two, sessions):
    site_id = two.ours.id

    def open_one():
        with sessions.transaction() as session:
            site = session.get(Site, site_id)
            feature = open_feature(session, site, kind=FeatureKind.SECONDARY)
            session.flush()
            return feature.number

    assert sorted(at_once(*[open_one] * 4)) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("written", "number", "rest"),
    [
        ("RQA01-F02-B014", "RQA01-F02-B014", ""),
        (" rqa01 f2 b14 ", "RQA01-F02-B014", ""),
        ("RQA٠١–F٠٢–B٠١٤", "RQA01-F02-B014", ""),
        ("rqa01f02bp7/3", "RQA01-F02-BP007/3", ""),
        ("RQA01_F02_CL1234", "RQA01-F02-CL1234", ""),
        ("RQA01-F02-B014 Seal 0091", "RQA01-F02-B014", "Seal 0091"),
        ("RQA01 F02 B014 0091", "RQA01-F02-B014", "0091"),
        ("\u200eRQA01-F02-B014\u200f", "RQA01-F02-B014", ""),
        ("RQA01-F02-B014x", "RQA01-F02-B014X", ""),
        ("old 17", "OLD17", ""),
        ("", "", ""),
    ],
)
def test_a_number_is_read_however_it_is_written(written, number, rest):
    assert read_number(written) == (number, rest)
