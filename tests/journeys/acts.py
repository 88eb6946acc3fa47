"""What people do in the journeys, each act on the pages alone."""

from dataclasses import dataclass

from tests.journeys.acting import TODAY, photograph

SON = {"Given name": "سامر", "Father's name": "خليل", "Family name": "الحداد"}


@dataclass(frozen=True)
class Find:
    """What a recorder sees of one body."""

    condition: str
    effect: str
    inscription: str


YOUNG_MAN = Find("Skeletonised", "Watch", "S.K.H.")
OLD_MAN = Find("Skeletonised", "Prayer beads", "")


def register_grave(recorder, code):
    """Register a site and open a grave in it."""
    recorder.go("Sites")
    recorder.follow("Register a site")
    recorder.write("Site code", code)
    recorder.write("Name", "Old quarry")
    recorder.write("Name in Arabic", "المقلع القديم")
    recorder.choose("What kind of place", "Mass grave")
    recorder.choose("Where the work stands", "Under excavation")
    recorder.write("Hazards", "Unexploded ordnance along the wall")
    recorder.press("Register")
    recorder.arrives_at("Old quarry")
    recorder.follow("Open a feature")
    recorder.choose("What kind of grave or deposit", "Primary mass grave")
    recorder.write("Name or description", "North trench")
    recorder.press("Open the feature")
    recorder.arrives_at("North trench")


def record_find(recorder, find):
    """Record a body where it lies, with two photographs; return its number."""
    recorder.attach("Photographs", photograph("ground", "#654"), photograph("scale", "#765"))
    recorder.walk_to("Body")
    recorder.tick("Body")
    recorder.walk_to("Recovered by")
    recorder.write("Recovered by", "Rana Haddad")
    recorder.page.keyboard.press("Enter")
    recorder.tick("Complete")
    recorder.walk_to(find.condition)
    recorder.tick(find.condition)
    recorder.walk_to("On the back")
    recorder.tick("On the back")
    recorder.walk_to("Depth below the surface")
    recorder.write("Depth below the surface", "١٫٤")
    recorder.walk_to("Wrists, behind the back")
    recorder.tick("Wrists, behind the back")
    recorder.walk_to_the_end()
    recorder.sees("١٫٤ m")
    recorder.press("Save and show the number")
    return recorder.page.locator(".bag-label h1 bdi").inner_text()


def record_effect(recorder, find):
    """Record a thing on the body whose label is on the screen."""
    recorder.follow("Add an effect")
    recorder.attach("Photographs", photograph(find.effect, "#abc"))
    recorder.choose("What is it?", find.effect)
    recorder.write("What is written on it", find.inscription)
    recorder.press("Save and add the next")
    recorder.page.locator(".findings").get_by_text(find.effect).wait_for()
    recorder.follow("Done")


def examine(examiner, number):
    """Say what the bones of ``number`` tell."""
    examiner.go("Remains")
    examiner.follow(number)
    examiner.follow("Record an examination")
    examiner.choose("Is the examiner trained?", "Trained")
    examiner.tick("Male")
    examiner.choose("Sex: how it was estimated", "Pelvis")
    for part, years in (("from", "18"), ("to", "25")):
        examiner.part("Age at death", part).fill(years)
    examiner.press("Save")
    examiner.arrives_at(number)


def report_son(family):
    """Tell of a young man, as his family does."""
    family.open("/family")
    family.follow("Tell us about a person")
    for question, answer in SON.items():
        family.write(question, answer)
    family.tick("Male")
    family.part("Born", "Year").fill("١٩٩٥")
    family.part("Last seen, or last heard of", "Year").fill("٢٠١٧")
    family.choose_in("More about clothes and things", "What", "Watch")
    family.part("More about clothes and things", "Name, word or number on it").fill(
        YOUNG_MAN.inscription
    )
    family.press("Send the report")
    family.arrives_at("We have your report")


def judge_what_contradicts(person):
    """Judge every line that the engine finds contradictory, as the page asks."""
    waiting = person.page.locator("li:has(.tag-attention) details[open]")
    while waiting.count():
        line = waiting.first
        line.get_by_label("Explainable difference").check()
        line.get_by_label("In words").fill("Told from memory, years later.")
        line.get_by_role("button", name="Record").click()
        person.page.get_by_text("Judged by").first.wait_for()


def sign(person):
    """Sign the step of a comparison that waits for this person."""
    person.tick("Identified")
    person.tick("Combination of evidence")
    person.write("Your reasons", "The watch with its letters, age and sex agree.")
    person.page.get_by_label("I have read both records").check()
    person.press("Sign")
    person.sees("Signed.")


def sign_next(person, which, number):
    """Find the case in a list of comparisons and sign it."""
    person.go("Comparisons")
    person.follow(which)
    person.follow(number)
    person.arrives_at(f"Comparison {number}")
    sign(person)


def tell_the_family(steward):
    steward.follow("Record that the family was told")
    steward.write("Who was told, and who was there", "Mother and brother")
    steward.write("Who told them", "A steward")
    steward.date("When", TODAY)
    steward.choose("How", "Visit at home")
    steward.press("Record it")
    steward.sees("It is recorded that the family was told.")


def hand_over(steward):
    steward.follow("Record the hand-over")
    steward.write("Who received the remains", "The mother")
    steward.write("Relation to the person", "mother")
    steward.date("Handed over on", TODAY)
    steward.write("Place of burial", "Old cemetery")
    steward.press("Record it")
    steward.sees("The hand-over is recorded.")
