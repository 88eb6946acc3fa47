"""A family at its pages: what it tells, the two numbers it gets, and how it comes back."""

import re

from tests.hostile.pages import forms_in, parsed

TOLD = {
    "name_given": "سامر",
    "name_father": "خليل",
    "name_family": "الحداد",
    "sex": "M",
    "birth-year": "١٩٩٠",
    "last_seen-day": "٢٠",
    "last_seen-month": "٨",
    "last_seen-year": "٢٠١٧",
    "last_seen_place": "البتاني",
    "stature_cm_absence": "unknown",
    "effects-0-kind": "watch",
    "effects-0-description": "ساعة والده",
    "informant_name": "مريم",
    "phone": "٠٩٤٤ ١٢٣ ٤٥٦",
}


def token(client, path="/family/report"):
    html = client.get(path).text
    return {
        name: re.search(rf'name="{name}"[^>]*?value="([^"]*)"', html, re.DOTALL)[1]
        for name in ("csrf_token", "idempotency_key")
    }


def send(client, path="/family/report", **changes):
    form = {**token(client, path), **(TOLD if path == "/family/report" else {}), **changes}
    return client.post(path, data=form, content_type="multipart/form-data")


def form_of(page):
    """The form of a report on a page; others change the language or close what is open."""
    forms = forms_in(parsed(page.text), page.request.path)
    (form,) = (each for each in forms if "name_given" in each.names)
    return form


def shown(client, address):
    """What the form at ``address`` holds before anybody types."""
    form = form_of(client.get(address))
    return {name: values[0] for name, values in form.sent_as_shown().items() if values}


def numbers(page):
    reference, secret = re.findall(r'<bdi class="code">([^<]+)</bdi>', page.text)[:2]
    return reference, secret


def come_back(client, reference, secret):
    form = {**token(client, "/family/return"), "reference": reference, "secret": secret}
    return client.post("/family/return", data=form)


def in_arabic(digits):
    return digits.translate({ord("0") + n: ord("٠") + n for n in range(10)})
