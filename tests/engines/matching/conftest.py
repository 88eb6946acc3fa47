"""What the tests of the engine share."""

import random
from dataclasses import replace

import pytest

from caseman.matching import DAY_ONE, AnteMortem, FoundName, NameSource, Pool, PostMortem
from tests.engines.matching.town import make_remains, make_report


@pytest.fixture(scope="session")
def reports() -> tuple[AnteMortem, ...]:
    chance = random.Random(1)  # noqa: S311 - repeatable, no secret
    return tuple(make_report(i, chance) for i in range(120))


@pytest.fixture(scope="session")
def all_remains() -> tuple[PostMortem, ...]:
    chance = random.Random(2)  # noqa: S311 - repeatable, no secret
    return tuple(make_remains(i, chance) for i in range(20))


@pytest.fixture(scope="session")
def pool(all_remains: tuple[PostMortem, ...], reports: tuple[AnteMortem, ...]) -> Pool:
    paper = FoundName("محمد حسن Hajo", NameSource.DOCUMENT, mother="Amina", birth_year=1990)
    named = replace(all_remains[4], names=(paper, FoundName("Zayn", NameSource.LABEL)))
    return Pool([*all_remains[:4], named, *all_remains[5:]], reports, DAY_ONE)
