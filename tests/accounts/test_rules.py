"""Who may change what an account may do (security.md, S1 to S10)."""

from datetime import timedelta

import pytest

from caseman.accounts.models import RoleGrant, User
from caseman.accounts.queries import open_reset
from caseman.accounts.services import roles, second_factor, teams, users
from caseman.accounts.services.rules import LastHolderError, OwnAccountError, SamePersonError
from caseman.database import now
from caseman.permissions import Permission, Role
from tests.factories.accounts import give_role, make_person, make_team, make_user


@pytest.fixture
def admin(session):
    return make_user(session, Role.ADMINISTRATOR, username="adil")


@pytest.fixture
def steward(session):
    return make_user(session, Role.STEWARD, username="samar")


@pytest.fixture
def rana(session):
    return make_user(session, username="rana")


def another_account(session, user, *held):
    return make_user(session, *held, person=user.person)


def test_a_plain_role_is_in_force_at_once(session, admin, rana):
    roles.grant(session, rana, Role.RECORDER, admin)
    assert rana.may(Permission.REMAINS_WRITE)


@pytest.mark.parametrize("role", [Role.DNA_ANALYST, Role.BOARD, Role.STEWARD])
def test_a_sensitive_role_waits_for_a_second_person(session, admin, steward, rana, role):
    given = roles.grant(session, rana, role, admin)
    assert rana.live_roles == frozenset()
    roles.confirm(session, given, steward)
    assert rana.live_roles == {role}


def test_a_sensitive_role_ends_after_twelve_months(session, admin, steward, rana):
    given = roles.grant(session, rana, Role.BOARD, admin)
    roles.confirm(session, given, steward)
    assert given.in_force(now() + timedelta(days=364))
    assert not given.in_force(now() + timedelta(days=366))


def test_nobody_confirms_for_themselves_or_what_they_gave(session, admin, rana):
    for_herself = roles.grant(session, rana, Role.BOARD, admin)
    with pytest.raises(OwnAccountError):
        roles.confirm(session, for_herself, another_account(session, rana, Role.STEWARD))
    with pytest.raises(SamePersonError):
        roles.confirm(session, for_herself, another_account(session, admin, Role.STEWARD))


def test_nobody_changes_their_own_account_under_any_of_their_names(session, admin):
    second = another_account(session, admin)
    for step in (
        lambda: roles.grant(session, second, Role.RECORDER, admin),
        lambda: users.deactivate(session, second, admin),
        lambda: users.invite_again(session, admin, second),
        lambda: teams.add_member(session, make_team(session), second, admin),
        lambda: second_factor.ask_reset(session, second, admin, "because"),
    ):
        with pytest.raises(OwnAccountError):
            step()


def test_nobody_opens_a_second_account_for_themselves(session, admin):
    new = users.NewUser(name="", username="shadow", person_id=admin.person_id)
    with pytest.raises(OwnAccountError):
        users.invite(session, new, admin)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.ADMINISTRATOR, Role.RECORDER),
        (Role.RECORDER, Role.ADMINISTRATOR),
        (Role.AUDITOR, Role.REVIEWER),
        (Role.AUDITOR, Role.ADMINISTRATOR),
        (Role.RECORDER, Role.AUDITOR),
        (Role.RECORDER, Role.RECORDER),
    ],
)
def test_roles_that_do_not_go_together_are_refused(session, admin, held, wanted):
    user = make_user(session, held)
    with pytest.raises(roles.RoleConflictError):
        roles.grant(session, user, wanted, admin)


def test_a_waiting_role_counts_when_roles_conflict(session, admin, rana):
    roles.grant(session, rana, Role.BOARD, admin)
    with pytest.raises(roles.RoleConflictError):
        roles.grant(session, rana, Role.ADMINISTRATOR, admin)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_the_last_administrator_and_auditor_stay(session, role):
    last = make_user(session, role)
    for step in (
        lambda: roles.revoke(session, last.grants[0], None),
        lambda: users.deactivate(session, last, None),
    ):
        with pytest.raises(LastHolderError):
            step()
    make_user(session, role)
    roles.revoke(session, last.grants[0], None)
    assert last.live_roles == frozenset()


def test_a_role_is_confirmed_or_taken_away_once(session, admin, steward, rana):
    given = roles.grant(session, rana, Role.BOARD, admin)
    roles.refuse(session, given, steward)
    for step in (roles.confirm, roles.refuse, roles.revoke):
        with pytest.raises(roles.GrantStateError):
            step(session, given, steward)


def test_a_lost_second_factor_takes_two_people_besides_its_owner(session, admin, steward, rana):
    rana.tf_primary_method, rana.tf_totp_secret = "authenticator", "secret"
    reset = second_factor.ask_reset(session, rana, admin, "I met her at the office.")
    with pytest.raises(SamePersonError):
        second_factor.confirm_reset(session, reset, another_account(session, admin))
    with pytest.raises(OwnAccountError):
        second_factor.confirm_reset(session, reset, another_account(session, rana))
    code = second_factor.confirm_reset(session, reset, steward)
    assert not second_factor.use_reset(session, rana, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
    assert second_factor.use_reset(session, rana, code.lower())
    assert rana.tf_totp_secret is None
    assert not second_factor.use_reset(session, rana, code)


def test_an_old_or_withdrawn_reset_opens_nothing(session, admin, steward, rana):
    old = second_factor.ask_reset(session, rana, admin, "Seen.")
    code = second_factor.confirm_reset(session, old, steward)
    old.expires_at = now()
    assert not second_factor.use_reset(session, rana, code)
    withdrawn = second_factor.ask_reset(session, rana, admin, "Seen again.")
    code = second_factor.confirm_reset(session, withdrawn, steward)
    second_factor.withdraw_reset(session, withdrawn, steward)
    assert open_reset(session, rana) is None
    assert not second_factor.use_reset(session, rana, code)


def test_a_code_of_one_person_opens_nobody_elses(session, admin, steward, rana):
    other = make_user(session)
    reset = second_factor.ask_reset(session, rana, admin, "Seen.")
    code = second_factor.confirm_reset(session, reset, steward)
    assert not second_factor.use_reset(session, other, code)


def test_an_invitation_is_for_one_account_and_one_use(session, admin):
    rana, code = users.invite(session, users.NewUser("Rana", "rana"), admin)
    users.invite(session, users.NewUser("Omar", "omar"), admin)
    with pytest.raises(users.InvitationError):
        users.accept(session, "omar", code, "hash")
    assert users.accept(session, "RANA", code, "hash") is rana
    with pytest.raises(users.InvitationError):
        users.accept(session, "rana", code, "other hash")


def test_a_new_invitation_voids_the_one_before_and_the_password(session, admin):
    rana, first = users.invite(session, users.NewUser("Rana", "rana"), admin)
    users.set_password(rana, "hash")
    second = users.invite_again(session, rana, admin)
    assert rana.password is None
    with pytest.raises(users.InvitationError):
        users.accept(session, "rana", first, "hash")
    users.accept(session, "rana", second, "hash")


@pytest.mark.parametrize("username", ["ab", "a b!", "x" * 61, "-rana", "ra\u202ena"])
def test_a_user_name_that_nobody_can_type_is_refused(session, username):
    with pytest.raises(users.UsernameError):
        users.invite(session, users.NewUser("Rana", username), None)


def test_a_user_name_is_taken_in_all_its_spellings(session, rana):
    with pytest.raises(users.UsernameError):
        users.invite(session, users.NewUser("Other", "ＲＡＮＡ"), None)


def test_the_database_refuses_a_grant_confirmed_by_its_giver(session, admin, rana):
    given = give_role(session, rana, Role.BOARD)
    given.granted_by_id = given.confirmed_by_id = admin.id
    with pytest.raises(Exception, match="two_accounts"):
        session.flush()


def test_what_is_secret_of_an_account_never_reaches_the_trail(session, rana):
    import sqlalchemy as sa  # noqa: PLC0415

    from caseman.audit.models import AuditEntry  # noqa: PLC0415

    rana.password, rana.tf_totp_secret = "the hash itself", "the seed itself"
    second_factor.new_recovery_codes(session, rana)
    session.flush()
    texts = [str(changes) for changes in session.scalars(sa.select(AuditEntry.changes))]
    assert any("password" in text for text in texts)
    assert not any("itself" in text or rana.mf_recovery_codes[0] in text for text in texts)


def test_scope_follows_teams(session):
    team = make_team(session, covers_operation=True)
    narrow = make_team(session, covers_operation=False)
    user = make_user(session, Role.RECORDER, team=team)
    teams.add_member(session, narrow, user, None)
    session.expire_all()
    scope = session.get(User, user.id).scope
    assert scope.team_ids == {team.id, narrow.id}
    assert scope.operation_ids == {team.operation_id, narrow.operation_id}
    assert scope.whole_operation_ids == {team.operation_id}


def test_a_second_account_of_a_known_person_is_the_same_person(session, admin):
    person = make_person(session)
    first = make_user(session, person=person)
    second, _ = users.invite(session, users.NewUser("", "other", person_id=person.id), admin)
    assert second.person_id == first.person_id
    assert isinstance(first.grants, list)
    assert RoleGrant.__tablename__ == "role_grant"
