"""What somebody sends whose session has ended is in its form again once they have signed in."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from events.admin import signed_out
from events.erasing import job
from events.models import Event, Session
from tests.support.forms import forms_of

PASSWORD = "a long way to the quay"
ADD = "/desk/events/event/add/"
TYPED = "Typed for an hour, «со словами» & <b>signs</b>"


@pytest.fixture
def gone(client, editor, day, kind):
    """Somebody whose session has ended, with what they sent then."""
    client.force_login(editor)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    return client


def sign_in(client, person, response):
    """Sign in where ``response`` leads, and follow on."""
    person.set_password(PASSWORD)
    person.save()
    page = client.get(response.url)
    assert signed_out.SIGN_IN in page.text
    sent = {"username": person.username, "password": PASSWORD, "next": page.context["next"]}
    return client.post(page.wsgi_request.path, sent, follow=True)


def test_the_form_holds_what_was_typed(gone, editor, day, kind):
    words = {"day": day.pk, "kind": kind.pk, "headline": TYPED, "text": "<p>One <strong>word</strong></p>"}

    page = sign_in(gone, editor, gone.post(f"{ADD}?day={day.pk}", words))

    held = next(held for _, held in forms_of(page) if "headline" in held)
    assert {name: held[name] for name in words} == {name: str(value) for name, value in words.items()}
    assert signed_out.NOT_SAVED in page.text
    assert not Event.objects.exists()


def test_a_verb_is_asked_again_with_what_was_typed(gone, published, editor):
    address = f"/desk/events/event/{published.pk}/verb/withdraw/"

    page = sign_in(gone, editor, gone.post(address, {"seen": published.version, "reason": TYPED}))

    held = next(held for action, held in forms_of(page) if action == address)
    assert held["reason"] == TYPED
    assert "not done" in page.text
    published.refresh_from_db()
    assert published.state == "published"


def test_where_no_form_takes_it_up_the_words_are_told(gone, citation, moderator):
    sent = {"citation": citation.pk, "verb": "reject", "words": TYPED}

    page = sign_in(gone, moderator, gone.post("/desk/review/", sent))

    assert "Typed for an hour, «со словами» &amp; &lt;b&gt;signs&lt;/b&gt;" in page.text


def test_it_is_shown_once_and_at_its_own_address(gone, editor, day):
    gone.post(ADD, {"headline": TYPED})
    gone.force_login(editor)

    assert TYPED not in gone.get(f"/desk/events/day/{day.pk}/change/").text
    assert "Typed for an hour" in gone.get(ADD).text
    assert "Typed for an hour" not in gone.get(ADD).text


def test_the_names_of_files_are_told(gone, editor, source):
    picture = SimpleUploadedFile("bridge.jpg", b"x")
    gone.post(f"/desk/events/source/{source.pk}/change/", {"title": TYPED, "file": picture})
    gone.force_login(editor)

    assert "Choose again: bridge.jpg." in gone.get(f"/desk/events/source/{source.pk}/change/").text


def test_nobody_who_is_not_signed_in_leaves_more_than_somebody_types(gone):
    gone.post(ADD, {"headline": "x" * (signed_out.MOST + 1)})

    assert not any(job.TYPED in each.get_decoded() for each in Session.objects.all())


def test_a_takedown_takes_it_along(gone):
    gone.post(ADD, {"headline": TYPED})
    assert any(job.TYPED in each.get_decoded() for each in Session.objects.all())

    job._forget_messages(None)

    assert not any(job.TYPED in each.get_decoded() for each in Session.objects.all())


def test_an_address_of_a_verb_leads_to_its_form(client, editor, draft):
    client.force_login(editor)

    page = client.get(f"/desk/events/event/{draft.pk}/verb/submit/")

    assert page.url == f"/desk/events/event/{draft.pk}/change/#verb-submit"
    assert 'id="verb-submit"' in client.get(page.url.partition("#")[0]).text
