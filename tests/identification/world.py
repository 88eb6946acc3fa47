"""A small world for the tests of reconciliation: one grave, one sought person, a staff of six."""

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from caseman.accounts.models import Membership, Operation, Person, RoleGrant, Team, User
from caseman.coding import Sex, SexEstimate
from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.custody.codes import ExhibitKind
from caseman.custody.models import Exhibit
from caseman.effects.models import PersonalEffect
from caseman.permissions import Role, Scope
from caseman.remains.codes import Assessor, RemainsKind, SexMethod
from caseman.remains.models import BiologicalProfile, RecoveryEvent, Remains
from caseman.reports.codes import Channel, DatePrecision
from caseman.reports.models import AnteMortemReport, MissingPerson, ReportedEffect
from caseman.sites.codes import FeatureKind, SiteKind
from caseman.sites.services import NewSite, open_feature, register_site
from caseman.values import Position

TODAY = date(2019, 3, 1)
ROLES = {
    "proposer": Role.REVIEWER,
    "reviewer": Role.REVIEWER,
    "decider": Role.BOARD,
    "second": Role.BOARD,
    "third": Role.BOARD,
    "steward": Role.STEWARD,
}


@dataclass
class World:
    """What a test needs by name."""

    session: Session
    operation: Operation
    team: Team
    users: dict[str, User] = field(default_factory=dict)

    def scope(self, name: str) -> Scope:
        return self.users[name].scope

    def user(self, name: str, role: Role, person: Person | None = None) -> User:
        user = User(
            person=person or Person(name=name.capitalize()),
            username=name,
            password="-",
            fs_uniquifier=uuid4().hex,
        )
        user.grants = [RoleGrant(role=role)]
        user.memberships = [Membership(team=self.team)]
        self.session.add(user)
        self.session.flush()
        self.users[name] = user
        return user

    def remains(self, sequence: int = 1, **profile: object) -> Remains:
        """Return remains of a man of 18 to 22 with a watch, deposited in early June 1995."""
        feature = self.site.features[-1]
        number = f"{self.site.code}-{feature.code}-B{sequence:03d}"
        exhibit = Exhibit(number=number, kind=ExhibitKind.REMAINS, site=self.site)
        told = {
            "assessor": Assessor.TRAINED,
            "sex": SexEstimate.MALE,
            "sex_method": SexMethod.PELVIS,
            "age_min": 18.0,
            "age_max": 22.0,
            "regions_present": ["skull", "pelvis", "R_leg", "L_leg", "torso"],
        } | profile
        row = Remains(
            number=number,
            kind=RemainsKind.BODY,
            sequence=sequence,
            site=self.site,
            feature=feature,
            exhibit=exhibit,
            deposit_from=date(1995, 6, 6),
            deposit_to=date(1995, 6, 6),
            recovery=RecoveryEvent(),
            profile=BiologicalProfile(**told),
        )
        self.session.add(row)
        self.session.flush()
        self.session.add_all(
            [
                PersonalEffect(
                    number=f"{number}/1",
                    ordinal=1,
                    site=self.site,
                    feature=feature,
                    remains=row,
                    category=EffectCategory.JEWELLERY,
                    kind="watch",
                    descriptor="casio",
                ),
                PersonalEffect(
                    number=f"{number}/2",
                    ordinal=2,
                    site=self.site,
                    feature=feature,
                    remains=row,
                    category=EffectCategory.CLOTHING,
                    kind="jacket",
                    slot=Slot.OUTER,
                    colour=Colour.GREEN,
                ),
            ]
        )
        self.session.flush()
        return row

    def person(self, name: str = "Dara Sef", **answers: object) -> MissingPerson:
        """Return a boy of 16, last seen three days after the remains were deposited."""
        told = {
            "name_full": name,
            "sex": Sex.MALE,
            "birth_from": date(1979, 1, 10),
            "birth_to": date(1979, 1, 10),
            "last_seen_from": date(1995, 6, 9),
            "last_seen_to": date(1995, 6, 9),
            "last_seen_precision": DatePrecision.DAY,
            "effects": [
                ReportedEffect(
                    ordinal=1,
                    category=EffectCategory.JEWELLERY,
                    kind="watch",
                    descriptor="casio",
                )
            ],
        } | answers
        row = MissingPerson(
            number=f"MP-{uuid4().hex[:8].upper()}",
            uid=uuid4().hex,
            operation=self.operation,
            name=name,
        )
        report = AnteMortemReport(
            number=f"AM-{uuid4().hex[:8].upper()}",
            missing_person=row,
            channel=Channel.STAFF,
            **told,
        )
        self.session.add_all([row, report])
        self.session.flush()
        return row


def build(session: Session) -> World:
    """Return the world, its staff signed up and its grave open."""
    operation = Operation(code="RQA", name="Example operation")
    team = Team(operation=operation, code="ALL", name="Everybody", covers_operation=True)
    session.add_all([operation, team])
    session.flush()
    world = World(session, operation, team)
    for name, role in ROLES.items():
        world.user(name, role)
    world.site = register_site(
        session,
        NewSite(
            operation_id=operation.id,
            code="RQA01",
            kind=SiteKind.MASS_GRAVE,
            name="Stadium",
            position=Position(35.95, 39.01, 20),
        ),
    )
    open_feature(session, world.site, kind=FeatureKind.PRIMARY_MASS)
    session.flush()
    return world
