"""What somebody sends whose session has ended is in its form again once they have signed in."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.admin import forging, signed_out
from events.admin.copying import ACTION as COPY
from events.editorial import takedowns
from events.editorial.takedowns import Part
from events.erasing import job
from events.models import Event, Session, Takedown
from tests.support.cast import fresh, make_member
from tests.support.factories import (
    CitationFactory,
    EventFactory,
    MaterialFactory,
    PersonFactory,
    PlaceFactory,
    StoryFactory,
)
from tests.support.forms import forms_of
from tests.support.proposals import propose

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


def test_where_no_form_takes_it_up_the_words_are_told_but_no_password(gone, admin_person):
    sent = {"first_name": TYPED, "password1": "of nobody else", "usable_password": "true"}

    page = sign_in(gone, admin_person, gone.post("/desk/auth/user/add/", sent))

    assert "Typed for an hour, «со словами» &amp; &lt;b&gt;signs&lt;/b&gt;" in page.text
    assert "of nobody else" not in page.text
    assert TYPED not in str(gone.session.items())


ROWS = {"word-TOTAL_FORMS": "1", "word-INITIAL_FORMS": "0"}
PAGES = [
    ("moderator", "review/?citation={citation.pk}", "words", {"verb": "reject", "citation": "citation"}),
    ("moderator", "review/?citation={citation.pk}", "hand-words", {"verb": "hand", "citation": "citation"}),
    ("moderator", "review/?medium={photo.pk}", "words", {"verb": "reject", "medium": "photo"}),
    ("moderator", "events/proposal/{proposal.pk}/change/", "words", {"verb": "reject"}),
    ("admin_person", "events/story/{story.pk}/policy/", "citations_needed", {}),
    ("admin_person", "events/story/{story.pk}/words/", "word-0-say", ROWS),
    ("admin_person", "events/story/{story.pk}/people/", "username", {"deed": "add"}),
    ("admin_person", "events/story/{closed.pk}/opening/", "domain", {"deed": "open"}),
    ("admin_person", "events/event/{published.pk}/take-down/", "reason", {}),
    ("admin_person", "events/decision/take-down/?decision={decision.pk}", "reason", {}),
    ("admin_person", "takedowns/{takedown.pk}/", "slug", {"deed": "confirm"}),
    ("editor", "events/material/together/?pk={photo.pk}", "credit", {}),
    ("editor", "events/material/{photo.pk}/cover/", "across", {"focus": "1", "down": "0.5"}),
    ("editor", "events/event/import-digest/", "title", {"text": "Nothing of a day"}),
]
"""Who sends what to which page of the desk, and the field that they typed into."""


@pytest.fixture
def rows(published, editor, moderator, story):
    """A row of each kind."""
    draft, photo = EventFactory(day=published.day), MaterialFactory(story=story)
    part, boss = Part(row=f"event/{draft.pk}"), PersonFactory(username="boss", admin=True)
    return {
        "story": story,
        "published": published,
        "closed": StoryFactory(slug="not-open-yet", unopened=True),
        "draft": draft,
        "citation": CitationFactory(event=draft, by=editor),
        "photo": photo,
        "proposal": propose(published.citations.first().source, editor, title="Another title"),
        "decision": published.citations.first().decisions.filter(words__text__gt="").first(),
        "takedown": takedowns.ask(story, [part], by=boss, reason="A court."),
    }


def test_each_other_form_is_shown_again_with_it(client, request, rows):
    """One test, as the rows cost more than the pages."""
    for who, where, name, more in PAGES:
        typed = "12.5" if name in NUMBERS else TYPED
        sent = {field: str(getattr(rows.get(value), "pk", value)) for field, value in more.items()}
        client.logout()

        answer = client.post(f"/desk/{where.format(**rows)}", {**sent, name: typed})
        page = sign_in(client, request.getfixturevalue(who), answer)

        assert typed in [held.get(name) for _, held in forms_of(page)], where
        assert "nothing of this is saved" in page.text, where
    assert Takedown.objects.count() == 1


NUMBERS = {"across", "citations_needed"}
"""Fields that hold a number and no words."""


def test_the_role_that_was_chosen_is_chosen_again(gone, admin_person, story):
    member = make_member("ana", story, "editor").memberships.get()
    sent = {"deed": "change", "row": member.pk, "role": "manager"}

    page = sign_in(gone, admin_person, gone.post(f"/desk/events/story/{story.pk}/people/", sent))

    held = next(held for _, held in forms_of(page) if held.get("row") == str(member.pk))
    assert held["role"] == "manager"
    assert fresh(member).role == "editor"


def test_an_address_to_which_one_only_sends_leads_to_today(gone, admin_person):
    photo = MaterialFactory()

    page = sign_in(gone, admin_person, gone.post(f"/desk/events/material/{photo.pk}/original/"))

    assert page.redirect_chain[-1][0] == "/desk/"
    assert signed_out.NOT_DONE in page.text


def test_what_was_ticked_in_a_list_is_ticked_again_with_its_action(gone, editor, story):
    StoryFactory(slug="elsewhere", title="Else")
    sent = {"action": COPY, "index": "0", "select_across": "1"}
    here, newer = PlaceFactory(story=story), PlaceFactory(story=story)
    sent |= {"_selected_action": [here.pk, newer.pk, "999999"]}
    sent |= {f"version-of-{here.pk}": here.version, f"version-of-{newer.pk}": newer.version + 1}

    page = sign_in(gone, editor, gone.post("/desk/events/place/?q=", sent))

    assert [name for _, held in forms_of(page) for name in held.get("action", "").split()] == [COPY]
    assert ticked_in(page) == [str(here.pk)]
    assert "Not on this page, and not ticked: 1 row. You had chosen all pages" in page.text
    assert "is left out: look at it first" in page.text


def ticked_in(page):
    boxes = re.findall(r'<input[^>]*name="_selected_action"[^>]*>', page.text)
    return [re.search(r'value="(\d+)"', box)[1] for box in boxes if "checked" in box]


def test_what_was_ticked_of_a_day_and_of_media_is_ticked_again(gone, editor, draft):
    medium, day = MaterialFactory(story=draft.story), f"/desk/events/day/{draft.day_id}/desk/"

    page = sign_in(gone, editor, gone.post(day, {"deed": "submit", "ticked": f"{draft.pk}:{draft.version}"}))
    assert [held["ticked"] for _, held in forms_of(page) if "ticked" in held] == [
        f"{draft.pk}:{draft.version}"
    ]
    gone.logout()
    sent = {"action": "credit_and_rights", "_selected_action": medium.pk}
    page = sign_in(gone, editor, gone.post("/desk/events/material/", sent))
    assert ticked_in(page) == [str(medium.pk)]


def test_another_who_signs_in_is_not_shown_what_was_typed(gone, editor, other_editor):
    gone.post(ADD, {"headline": TYPED, "whose": editor.pk})
    gone.force_login(other_editor)

    assert "Typed for an hour" not in gone.get(ADD).text
    gone.force_login(editor)
    assert "Typed for an hour" not in gone.get(ADD).text


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}], ids=["page", "script"])
def test_a_form_is_done_as_nobody_else(editor, other_editor, headers):
    """Whoever signs in in another tab is given another token; that of the page may be renewed by mistake."""
    for browser in (Client(), Client(enforce_csrf_checks=True)):
        browser.force_login(other_editor)

        page = browser.post(ADD, {"headline": TYPED, "whose": editor.pk}, headers=headers)

        assert page.status_code == 403
        assert signed_out.OF_ANOTHER in page.text
    assert not Event.objects.exists()


def test_a_form_of_before_its_owner_signed_in_anew_comes_back(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    browser.cookies["csrftoken"] = "x" * 32
    sent, ours = {"headline": TYPED, "whose": editor.pk}, {"Origin": "http://testserver"}

    page = browser.post(f"{ADD}?day=1", sent, headers=ours, follow=True)

    assert forging.ANEW in page.text
    assert "Typed for an hour, «со словами»" in page.text
    for headers in ({}, {"Origin": "https://elsewhere.example"}):
        assert browser.post(ADD, sent, headers=headers).status_code == 403
    assert not any(job.TYPED in each.get_decoded() for each in Session.objects.all())


def test_who_has_lost_a_cookie_is_not_told_that_they_were_signed_out(editor):
    """As when a browser throws some away: who sent it is signed in all along."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    sent, ours = {"headline": TYPED, "whose": editor.pk}, {"Origin": "http://testserver"}

    page = browser.post(ADD, sent, headers=ours, follow=True)

    assert forging.LOST in page.text
    assert signed_out.NOT_TAKEN in page.text
    assert "You were signed out" not in page.text
    assert "Typed for an hour, «со словами»" in page.text


WITHOUT_WORDS = {"_said", "_unsaved", "base_site", "change_form", "medium"}


@pytest.mark.no_database
def test_each_form_that_holds_words_says_whose_it_is():
    pages = [page for page in Path("events/templates/admin").rglob("*.html") if "signing" not in page.parts]
    forms = {page.stem: page.read_text() for page in pages if 'method="post"' in page.read_text()}
    unsaid = {
        name
        for name, text in forms.items()
        if text.count('method="post"') > text.count("{% once %}") + text.count("{% whose %}")
    }

    assert unsaid - {"invitation"} <= WITHOUT_WORDS


def test_a_page_that_stays_as_it_is_is_told_and_nothing_waits(gone):
    for headers in ({"HX-Request": "true"}, {"Accept": "application/json"}):
        answer = gone.post("/desk/review/", {"words": TYPED}, headers=headers)

        assert (answer.status_code, answer.json()["refused"]) == (403, signed_out.BY_SCRIPT)
    assert not any(job.TYPED in each.get_decoded() for each in Session.objects.all())


def test_what_another_site_has_a_browser_send_is_kept_for_nobody(editor):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(ADD, {"headline": TYPED}).status_code == 403
    assert not any(job.TYPED in each.get_decoded() for each in Session.objects.all())


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
