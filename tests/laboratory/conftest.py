"""A grave and a family with samples, and who works on them; pages are tried on SQLite only."""

import shutil
from dataclasses import dataclass
from datetime import date

import pytest

from caseman.laboratory import holders
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.laboratory.services import NewSubmission, prepare
from caseman.permissions import OPERATOR, Role
from caseman.remains.codes import BoneSide
from caseman.remains.models import Remains
from caseman.remains.services import NewSample, cut_sample
from caseman.reports.codes import Kin
from caseman.reports.drafts import ConsentGiven, RelativeFacts, SampleTaken
from caseman.reports.models import MissingPerson, Relative
from caseman.reports.services import add_relative, take_sample
from tests.factories.accounts import make_team, make_user
from tests.factories.remains import make_grave, make_remains
from tests.factories.reports import make_missing

CUT_ON = date(2019, 3, 20)
CONSENT = ConsentGiven(CUT_ON, ConsentManner.SIGNED, "For this search only.")
SWAB = SampleTaken(SampleMaterial.SWAB, CUT_ON, "Intake Nimune")
FEMUR = NewSample(
    material=SampleMaterial.BONE,
    element="FEM",
    side=BoneSide.LEFT,
    weight_g=4.2,
    cut_on=CUT_ON,
    cut_by="Examiner Nimune",
)


@dataclass
class World:
    """Rows of one operation."""

    session: object
    team: object
    steward: object
    remains: Remains
    person: MissingPerson
    mother: Relative

    def waiting(self):
        return holders.waiting(self.session, OPERATOR)

    def submit(self):
        new = NewSubmission("Example laboratory", "", self.waiting())
        return prepare(self.session, new, self.steward)


@pytest.fixture
def world(session):
    team = make_team(session)
    grave = make_grave(session, team.operation)
    person = make_missing(session, team.operation)
    mother = add_relative(session, person, RelativeFacts(Kin.MOTHER, name="Dayik"))
    take_sample(session, mother, SWAB, CONSENT, None)
    remains = make_remains(session, grave, team)
    cut_sample(session, remains, team.id, FEMUR)
    steward = make_user(session, Role.STEWARD, team=team)
    return World(session, team, steward, remains, person, mother)


class OnSqlite:
    """Mix into a test class whose databases cannot differ."""

    @pytest.fixture
    def database(self, tmp_path, sqlite_template):
        return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'caseman.db')}"
