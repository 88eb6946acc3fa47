"""What the tests of the engine share."""

import random

import pytest

from caseman.matching import AnteMortem, PostMortem
from tests.engines.matching.town import make_remains, make_report


@pytest.fixture(scope="session")
def reports() -> tuple[AnteMortem, ...]:
    chance = random.Random(1)  # noqa: S311 - repeatable, no secret
    return tuple(make_report(i, chance) for i in range(120))


@pytest.fixture(scope="session")
def all_remains() -> tuple[PostMortem, ...]:
    chance = random.Random(2)  # noqa: S311 - repeatable, no secret
    return tuple(make_remains(i, chance) for i in range(20))
