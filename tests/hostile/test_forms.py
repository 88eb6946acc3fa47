"""Every form of the application, filled with what nobody should send.

The forms are found by walking the pages. Never is the answer a failure; what is refused is said
at the field, in the reader's language, and everything that was typed stands in the form again.
"""

import re
from xml.etree.ElementTree import Element

import pytest

from caseman.writing import clean_lines
from tests.hostile.filling import Filled, encoded, well_meant, wrongly
from tests.hostile.finding import client_with
from tests.hostile.pages import (
    MACHINERY,
    errors_tied,
    forms_in,
    parsed,
    path_of,
    summary,
)
from tests.hostile.values import CASES, NASTY, SCRIPT, SOLVED

WITHOUT_FORM = {
    # Buttons without a field that show in a state which the town does not have.
    "documents.make_ante_mortem",
    "documents.make_burials",
    "documents.make_custody_path",
    "documents.make_dossier",
    "documents.make_hand_over",
    "documents.make_inventory",
    "documents.make_post_mortem",
    "documents.make_recovery_log",
    "documents.make_remains",
    "identification.cancel_run",
    "identification.confirm_revocation",
    "keeping.save",  # a second button of the family's report, with the same fields
    "family.save_another",  # as there
}
ASK_FOR_MORE = {
    # The secret that opens them is not known here.
    "account.password",
    "invitations.accept",
    "security.login",
    "security.verify",
    "security.mf_recovery",
    "security.two_factor_rescue",
    "security.two_factor_token_validation",
    "family.come_back",
    # A photograph must come with them: test_files.py.
    "effects.add_photographs",
    "remains.add_photographs",
    "catalogues.add_decoys",
    # The first choice offered is one that the state of the case, or the rule of two, forbids.
    "confirmations.ask",
    "teams.add_member",
    "users.invite",
    "identification.ask_lesson",  # more decided cases than the town has
    "identification.tell",
    "missing.add_relative",  # nobody is related through the relative offered first
    "missing.correct_relative",
    # One of several must be ticked.
    "identification.same_pair",
    "catalogues.new",
    "catalogues.choose",
    "catalogues.choose_decoys",
    "laboratory.new_submission",
    "laboratory.import_genotypes",  # a word is no table
    "gedcom.take_out",  # no family agreed to the recipient offered first
    # They ask to look again at what is unusual, or twice before something is taken away.
    "custody.receive",
    "effects.plan_points",  # points are shown before they are taken over
    "remains.add_bones",  # the side offered first does not suit the bone offered first
    "remains.describe_lesion",  # nor here
    "remains.new_own_method",  # the sum of one length with itself
    "remains.new_own_table",  # a word is no table
    "remains.correct",
    "remains.recover",
    "remains.void",
}
URLENCODED = "application/x-www-form-urlencoded"
ARABIC = re.compile("[\u0621-\u064a]")


def test_the_sweep_reaches_every_form(world):
    posted = {rule.endpoint for rule in world.app.url_map.iter_rules() if "POST" in rule.methods}
    assert posted - set(world.forms) == WITHOUT_FORM


def post(world, found, sent, lang="en"):
    client = client_with(world.app, {**found.jar, "lang": lang})
    answer = client.post(found.form.action, data=encoded(sent), content_type=URLENCODED)
    return client, answer


@pytest.fixture(scope="module")
def refused(world):
    """What is said of each form that is not taken although it is meant well."""
    said = {}
    for found in world.forms.values():
        _, answer = post(world, found, well_meant(found.form))
        world.put_back()
        if answer.status_code >= 400:
            said[found.endpoint] = answer.text
    return said


def test_what_is_meant_well_is_taken(world, refused):
    """Else the sweep would only try what is refused anyway."""
    words = {
        endpoint: [text for _, text in summary(parsed(page))]
        for endpoint, page in refused.items()
        if endpoint not in ASK_FOR_MORE
    }
    assert words == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wrong_answers_are_refused_in_words_and_nothing_is_lost(world, refused, case, caplog):
    caplog.set_level("INFO")
    faults = []
    for found in world.forms.values():
        is_taken = found.endpoint not in refused
        for filled in wrongly(found.form, case):
            client, answer = post(world, found, filled.sent, "ar")
            faults += [
                f"{found}: {fault}"
                for fault in judged(client, found, filled, answer, is_taken=is_taken)
            ]
            if case.text == NASTY and holds_nul(world):
                faults.append(f"{found} stored a NUL, which PostgreSQL refuses")
            world.put_back()
    assert sorted(set(faults)) == []
    assert "probe()" not in caplog.text, "a log holds no values"


def holds_nul(world):
    rows = (row for table in world.cases().values() for row in table)
    return any("\0" in value for row in rows for value in row if isinstance(value, str))


def judged(client, found, filled, answer, *, is_taken):
    """Yield what is wrong with the answer to a form that was filled wrongly."""
    page = answer.data.decode(errors="replace")
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
        return
    if answer.status_code in {302, 303}:
        page = client.get(path_of(answer.location)).text
    if SCRIPT in page or SOLVED in page:
        yield "what was typed runs in the page"
    if answer.status_code in {302, 303}:
        return
    root = parsed(page)
    form = again(root, found)
    if form is None:
        if is_taken and answer.status_code != 200:
            yield f"{answer.status_code} without the form"
        return
    yield from said(root, filled, answer.status_code, is_taken=is_taken)
    yield from lost(form, filled)


def again(root: Element, found):
    """Return the form on the page that came back."""
    alike = [
        form
        for form in forms_in(root, found.form.action)
        if path_of(form.action) == path_of(found.form.action)
        and found.form.names - form.names <= MACHINERY | {"checked"}
    ]
    return alike[0] if alike else None


def said(root, filled, status, *, is_taken):
    """Yield where an error is not told at its field, or not in the reader's language."""
    tied, lines = errors_tied(root), summary(root)
    if status == 200:
        return
    at_wrong = [text for name, text in tied if name in filled.wrong]
    if is_taken and not at_wrong:
        yield f"{status}, no error at any wrong field: {tied} {lines}"[:300]
    ids = {each.get("id") for each in root.iter()}
    yield from (f"{target} leads nowhere" for target, _ in lines if target[1:] not in ids)
    yield from (f"not in Arabic: {text}"[:200] for _, text in tied if not ARABIC.search(text))


def lost(form, filled: Filled):
    """Yield each answer that the form does not show again."""
    shown = {}
    for each in form.controls:
        if each.is_on:
            shown.setdefault(each.name, []).append(each.value)
    anywhere = {seen(value).casefold() for values in shown.values() for value in values}
    secret = {each.name for each in form.of_kind("password", "file")}
    for name, values in filled.sent.items():
        if name in MACHINERY | secret:
            continue
        if all(seen(value).casefold() in anywhere for value in values if value):
            continue  # also where a list took in what was typed
        if [seen(each) for each in shown.get(name, [""])] != [seen(each) for each in values]:
            yield f"lost {name}: {values[0][:40]!r} came back as {str(shown.get(name))[:60]}"


def seen(value: str | bytes) -> str:
    text = value if isinstance(value, str) else value.decode("utf-8", "replace")
    return " ".join(clean_lines(text).split())
