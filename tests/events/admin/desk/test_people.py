"""The page of a story that says who has which role in it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.editorial import people
from events.models import Invitation
from events.signing import factors
from tests.support.cast import make_member, make_person
from tests.support.desk import Desk, told
from tests.support.factories import StoryFactory
from tests.support.signing import with_app

PAGE = "events_story_people"


@pytest.fixture
def ours(story):
    return make_member("our-manager", story, "manager")


@pytest.fixture
def desk(ours):
    return Desk(ours)


def send(desk, story, deed, **typed):
    return desk.post(PAGE, story.pk, data={"deed": deed, **typed})


def role_of(person):
    return person.memberships.filter(ended_at=None).values_list("role", flat=True)


@pytest.fixture
def lost(story):
    """An editor of ours who had an app for codes, is signed in, and lost the phone."""
    person = make_member("ana", story, "editor")
    with_app(person)
    return person


def reset(desk, person):
    return send(desk, person.memberships.first().story, "reset-factor", row=person.memberships.first().pk)


def test_who_lost_their_second_factor_is_let_in_by_password_again(desk, story, lost, ours):
    browser = Client()
    browser.force_login(lost)
    assert "Reset second factor" in desk.get(PAGE, story.pk).text

    reset(desk, lost)

    assert not factors.has_any(lost)
    assert browser.get(reverse("admin:index")).status_code == 302
    decision = story.decisions.first()
    assert (decision.done, decision.note, decision.by) == ("second factor reset", "ana", ours)
    assert lost.factor_changes.first().by == ours
    assert "Reset second factor" not in desk.get(PAGE, story.pk).text


def test_nobody_resets_their_own_so(desk, ours):
    with_app(ours)

    assert "Remove your own under" in told(reset(desk, ours))
    assert factors.has_any(ours)


def test_a_manager_resets_nobody_who_has_more_to_say(desk, story, lost, admin_person):
    people.add(StoryFactory(slug="the-fire"), lost, "editor", by=admin_person)
    assert "ask an administrator" in told(reset(desk, lost))
    boss = make_member("boss", story, "editor")
    boss.is_superuser = True
    boss.save()
    with_app(boss)
    assert "ask an administrator" in told(reset(desk, boss))
    assert factors.has_any(lost)

    reset(Desk(admin_person), lost)

    assert not factors.has_any(lost)


def test_who_has_a_role_in_every_story_is_let_in_again_by_who_manages_every_story(desk, story, admin_person):
    anywhere, chief = make_person("anywhere", "Editors"), make_person("chief", "Managers")
    boss = Desk(chief)
    for person in (anywhere, admin_person, chief):
        with_app(person)
    assert "Who has a role in every story" not in desk.get(PAGE, story.pk).text
    assert "ask an administrator" in told(send(desk, story, "reset-everywhere", row=anywhere.pk))
    page = boss.get(PAGE, story.pk).text
    assert page.count('value="reset-everywhere"') == 1

    send(boss, story, "reset-everywhere", row=anywhere.pk)

    assert not factors.has_any(anywhere)
    assert story.decisions.first().note == "anywhere"
    assert "ask an administrator" in told(send(boss, story, "reset-everywhere", row=admin_person.pk))
    assert "Remove your own under" in told(send(boss, story, "reset-everywhere", row=chief.pk))
    assert factors.has_any(admin_person)


def test_names_of_accounts_are_tried_slowly(desk, story):
    for number in range(21):
        page = send(desk, story, "add", username=f"nobody-{number}", role="editor")

    assert "Too many wrong tries" in page.text
    make_person("ana")
    assert "Too many wrong tries" in send(desk, story, "add", username="ana", role="editor").text


def test_the_desk_leads_a_manager_to_it(desk, story):
    address = reverse(f"admin:{PAGE}", args=[story.pk])

    assert f'href="{address}"' in desk.get("index").text
    assert f'href="{address}"' in desk.open(story).text


def test_it_is_not_offered_to_who_does_not_manage(editor, story):
    desk = Desk(editor)

    assert "/people/" not in desk.get("index").text + desk.open(story).text
    assert desk.get(PAGE, story.pk).status_code == 403


def test_somebody_is_added_by_name_changed_and_ended(desk, story):
    person = make_person("ana")

    assert send(desk, story, "add", username="ana", role="editor").status_code == 302
    assert list(role_of(person)) == ["editor"]
    send(desk, story, "change", row=person.memberships.get().pk, role="moderator")
    assert list(role_of(person)) == ["moderator"]
    send(desk, story, "end", row=person.memberships.get(ended_at=None).pk)
    assert list(role_of(person)) == []

    page = desk.get(PAGE, story.pk)
    assert "Roles that have ended (2)" in page.text
    assert [one["row"].person for one in page.context["former"]] == [person, person]
    assert person not in [one["row"].person for one in page.context["members"]]


def test_since_when_and_by_whom_is_said_in_the_time_of_the_story(desk, story):
    row = make_member("ana", story, "editor").memberships.get()
    page = desk.get(PAGE, story.pk).context["members"]
    (told_of,) = [one for one in page if one["row"] == row]

    assert str(told_of["row"].added_by) == "admin"
    assert re.search(r"UTC[+−]?\d*|WET|WEST", told_of["since"])


def test_a_name_that_nobody_has_is_refused_with_what_was_typed(desk, story):
    page = send(desk, story, "add", username="nobody-at-all", role="moderator")

    assert "There is no account of that name." in page.text
    assert 'value="nobody-at-all"' in page.text
    assert '<option value="moderator" selected>' in page.text


def test_a_link_is_shown_once_and_its_invitation_can_be_taken_back(desk, story):
    sent = {"role": "editor", "once": "6f1d0f4e-6d52-4b07-9d0e-1f1f63ab1c11"}
    send(desk, story, "invite", **sent)
    send(desk, story, "invite", **sent)
    page = desk.get(PAGE, story.pk)

    link = page.context["answer"].link
    assert f'value="{link}"' in page.text
    assert Client().get(link).status_code == 200
    again = desk.get(PAGE, story.pk)
    assert link not in again.text
    assert "Open invitations" in again.text

    send(desk, story, "end-invitation", row=Invitation.objects.get().pk)
    assert "Open invitations" not in desk.get(PAGE, story.pk).text
    assert Client().get(link).status_code == 410


def test_what_has_expired_is_not_open(desk, story, ours, monkeypatch):
    people.invite(story, "editor", by=ours)
    assert desk.get(PAGE, story.pk).context["invitations"]
    later = timezone.now() + timedelta(days=7)

    monkeypatch.setattr("events.admin.desk.people.timezone", type("Later", (), {"now": lambda: later}))

    assert not desk.get(PAGE, story.pk).context["invitations"]


def test_a_refusal_is_told_and_changes_nothing(desk, story, ours, admin_person):
    type(admin_person).objects.exclude(pk=ours.pk).update(is_active=False)

    page = send(desk, story, "end", row=ours.memberships.get().pk)

    assert "is the only one who can say who has which role" in told(page)
    assert list(role_of(ours)) == ["manager"]


@pytest.mark.parametrize("deed", ["change", "end", "end-invitation"])
def test_a_row_of_another_story_is_not_there(desk, story, admin_person, deed):
    other = StoryFactory(slug="the-fire")
    theirs = make_member("theirs", other, "editor")
    invitation, _ = people.invite(other, "editor", by=admin_person)
    row = invitation if deed == "end-invitation" else theirs.memberships.get()

    assert send(desk, story, deed, row=row.pk, role="manager").status_code == 404
    assert list(role_of(theirs)) == ["editor"]
    assert Invitation.objects.get().ended_at is None


@pytest.mark.parametrize("sent", [{}, {"deed": "fly"}, {"deed": "end"}, {"deed": "end", "row": "9" * 5_000}])
def test_nothing_that_it_does_not_know_fails(desk, story, sent):
    assert desk.post(PAGE, story.pk, data=sent).status_code == 404


@pytest.mark.parametrize("role", ["", "owner", "Managers"])
def test_no_role_is_given_but_the_three(desk, story, role):
    person = make_person("ana")

    added = send(desk, story, "add", username="ana", role=role)
    invited = send(desk, story, "invite", role=role)

    assert (added.status_code, invited.status_code) == (200, 200)
    assert not person.memberships.exists()
    assert not Invitation.objects.exists()


def test_each_change_is_told_in_the_history_of_the_story(desk, story):
    make_person("ana")
    send(desk, story, "add", username="ana", role="editor")

    page = desk.open(story).text
    assert "role given" in page
    assert "ana" in page


def test_it_wants_a_token(desk, story):
    desk.client.handler.enforce_csrf_checks = True

    assert send(desk, story, "invite", role="manager").status_code == 403
    assert not Invitation.objects.exists()


def test_names_are_escaped_and_told_apart_by_their_own_direction(desk, story):
    make_member("<b>ana</b>", story, "editor")

    page = desk.get(PAGE, story.pk).text

    assert "<b>ana</b>" not in page
    assert "&lt;b&gt;ana&lt;/b&gt;" in page
