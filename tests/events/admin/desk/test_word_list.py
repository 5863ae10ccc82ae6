"""What is typed into the word list of a story is kept before it is saved, and offered again."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.utils import timezone

from events.editorial import people
from events.editorial.takedowns import Part
from events.erasing import editions
from events.models import Revision, Unsaved
from tests.events.admin.test_unsaved import KEEP, keep, take_parts
from tests.events.editorial.test_word_list import lines
from tests.support.cast import make_member
from tests.support.desk import Desk
from tests.support.factories import StoryFactory
from tests.support.forms import forms_of

TYPED = ("shut", "closed", "Typed for an hour")
OFFERED = "You typed something here"


@pytest.fixture
def manager(story):
    return Desk(make_member("manager-here", story, "manager"))


def address(story) -> str:
    return f"/desk/events/story/{story.pk}/words/"


def form_of(page):
    return next(held for _, held in forms_of(page) if "seen" in held)


def typed_into(page, *words):
    return {**form_of(page), **lines(*words), "saying": "As agreed."}


def test_it_is_offered_and_shown_in_the_form_until_it_is_saved(manager, story):
    typed = typed_into(manager.get("words", story.pk), TYPED)
    keep(manager.client, address(story), urlencode(typed), typed["tab"])

    page = manager.get("words", story.pk)
    assert OFFERED in page.text
    assert form_of(page)["word-0-because"] == ""
    shown = manager.get("words", story.pk, unsaved=Unsaved.objects.get().pk)
    held = form_of(shown)
    assert "nothing of it is saved yet" in shown.text and OFFERED not in shown.text
    assert (held["word-0-because"], held["saying"], held["tab"]) == (TYPED[2], "As agreed.", typed["tab"])
    assert not story.house_words.exists() and not Revision.objects.exists()

    answer = manager.client.post(address(story), held)
    assert answer.cookies["saved"].value == typed["tab"]
    assert not Unsaved.objects.exists()
    assert OFFERED not in manager.get("words", story.pk).text


def test_what_is_half_typed_is_shown_and_nothing_of_it_called_wrong(manager, story):
    keep(manager.client, address(story), urlencode(lines(("shut", "", ""))))

    shown = manager.get("words", story.pk, unsaved=Unsaved.objects.get().pk)

    assert form_of(shown)["word-0-say"] == "shut"
    assert "errorlist" not in shown.text
    assert "errorlist" in manager.client.post(address(story), form_of(shown)).text


def test_over_a_newer_list_both_are_shown(manager, story):
    typed = typed_into(manager.get("words", story.pk), TYPED)
    keep(manager.client, address(story), urlencode(typed))
    story.house_words.create(say="boat", instead_of="ship")

    shown = manager.get("words", story.pk, unsaved=Unsaved.objects.get().pk)

    assert "As it is now" in shown.text and "Say “boat”, not “ship”." in shown.text
    assert form_of(shown)["word-0-because"] == TYPED[2]


def test_without_a_script_too_what_is_refused_is_offered(manager, story):
    typed = typed_into(manager.get("words", story.pk), ("shut", "", ""))

    assert "errorlist" in manager.client.post(address(story), typed).text

    assert OFFERED in manager.get("words", story.pk).text
    assert Unsaved.objects.get().person.username == "manager-here"


def test_what_was_sent_by_who_was_signed_out_is_kept_once_they_are_shown_it(manager, story):
    typed = typed_into(manager.get("words", story.pk), TYPED)
    person = story.memberships.get().person
    manager.client.logout()
    manager.client.post(address(story), typed)

    manager.client.force_login(person)
    assert form_of(manager.get("words", story.pk))["word-0-because"] == TYPED[2]

    assert OFFERED in manager.get("words", story.pk).text


def test_another_page_of_one_person_keeps_its_own(manager, story):
    first, second = (typed_into(manager.get("words", story.pk), TYPED) for _ in range(2))
    for each in (first, second):
        answer = keep(manager.client, address(story), urlencode(each), each["tab"])

    assert answer.json()["again"]
    manager.client.post(address(story), first)
    assert str(Unsaved.objects.get().tab) == second["tab"]


def test_who_may_not_change_it_keeps_nothing_and_is_told_what_they_sent(manager, story, admin_person):
    typed = typed_into(manager.get("words", story.pk), TYPED)
    make_member("other-manager", story, "manager")
    people.change(story.memberships.first(), "editor", by=admin_person)

    assert keep(manager.client, address(story)).status_code == 404
    assert keep(manager.client, address(StoryFactory(slug="elsewhere"))).status_code == 404
    assert manager.client.post(address(story), typed).status_code == 403
    page = manager.get("words", story.pk)
    assert TYPED[2] in page.text and "Not saved" in page.text
    assert not Unsaved.objects.exists()


@pytest.fixture
def left_open(manager, admin_person, published):
    """A list and a story of which words were typed and not saved before the first edition gave way."""
    story, desk = published.story, Desk(admin_person)
    for where in (address(story), f"/desk/events/story/{story.pk}/change/"):
        sent = {"address": where, "tab": uuid4(), "typed": "word-0-because=Named"}
        assert desk.client.post(KEEP, sent).status_code == 200
    assert desk.save(desk.open(story), title="The great flood").status_code == 302
    keep(desk.client, address(story), "word-0-because=Later")
    return story


def test_a_takedown_of_editions_of_the_story_forgets_what_was_typed_before(left_open):
    take_parts(left_open, Part("chronicle", (1,)))

    assert [row.typed for row in Unsaved.objects.all()] == ["word-0-because=Later"]


def test_control_what_nobody_forgets_is_still_kept(left_open, monkeypatch):
    monkeypatch.setattr(editions, "_forget_typed", lambda *_: None)

    take_parts(left_open, Part("chronicle", (1,)))

    assert Unsaved.objects.filter(typed__contains="Named", typed_at__lt=timezone.now()).count() == 2
