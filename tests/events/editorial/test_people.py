"""Who has which role in a story: given, changed, ended, offered by a link. Each is a decision that stays."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from events.editorial import people, publishing
from events.editorial.refused import Refused
from events.models import Decision, Invitation, Membership
from events.models.invitation import hash_of
from tests.support.cast import approve_all, fresh, make_member, make_person
from tests.support.factories import EventFactory, PersonFactory, StoryFactory


@pytest.fixture
def ours(story):
    """A manager of the flood's story, and of no other."""
    return make_member("our-manager", story, "manager")


def decided(story):
    rows = Decision.objects.filter(story=story).exclude(verb="open").order_by("pk")
    return [(row.verb, str(row.by), row.from_state, row.to_state, row.note) for row in rows][1:]


def test_somebody_with_a_role_given_by_a_manager_publishes_here_and_not_elsewhere(story, ours, moderator):
    person = PersonFactory(username="ana", is_staff=False)
    fire = StoryFactory(slug="the-fire", title="The fire")
    event, other = EventFactory(cited=True), EventFactory(day__story=fire, kind__story=fire)
    approve_all(event, moderator)

    people.add(story, person, "editor", by=ours)
    publishing.publish(event, by=fresh(person), seen=1)

    assert fresh(person).is_staff
    assert fresh(event).state == "published"
    with pytest.raises(Refused, match="You may not publish this"):
        publishing.publish(other, by=fresh(person), seen=1)
    assert decided(story) == [("add member", "our-manager", "", "editor", "ana")]


def test_a_role_ends_and_stays_in_the_history(story, ours):
    person = make_member("ana", story, "editor")

    people.end(person.memberships.get(), by=ours)

    ended = Membership.objects.get(person=person)
    assert (ended.ended_by, ended.ended_at is None) == (ours, False)
    assert decided(story)[-1] == ("end member", "our-manager", "editor", "", "ana")
    with pytest.raises(Refused, match="ended already"):
        people.end(ended, by=ours)
    people.add(story, person, "editor", by=ours)
    assert person.memberships.count() == 2


def test_a_role_is_changed_into_another(story, ours):
    person = make_member("ana", story, "editor")

    people.change(person.memberships.get(), "moderator", by=ours)

    assert [(one.role, one.ended_at is None) for one in person.memberships.order_by("pk")] == [
        ("editor", False),
        ("moderator", True),
    ]
    with pytest.raises(Refused, match="“ana” is a moderator already"):
        people.change(person.memberships.get(ended_at=None), "moderator", by=ours)


@pytest.mark.parametrize("role", ["editor", "moderator", None])
def test_nobody_gives_a_role_who_does_not_manage_the_story(story, role):
    person = make_member("ana", story, *([role] if role else []))
    attempts = [
        lambda: people.add(story, person, "manager", by=person),
        lambda: people.invite(story, "manager", by=person),
        lambda: people.end(make_member("bea", story, "editor").memberships.get(), by=person),
    ]

    for attempt in attempts:
        with pytest.raises(Refused, match="You may not say who has which role in this"):
            attempt()
    assert not person.memberships.filter(role="manager").exists()


def test_a_manager_of_one_story_is_none_of_another(ours):
    other = StoryFactory(slug="the-fire")

    with pytest.raises(Refused, match="You may not say"):
        people.add(other, ours, "editor", by=ours)


@pytest.mark.parametrize("role", ["owner", "", "Editors"])
def test_there_are_three_roles(story, ours, role):
    with pytest.raises(Refused, match="Choose a role"):
        people.add(story, ours, role, by=ours)


def test_one_has_a_role_once_and_an_account_that_is_closed_gets_none(story, ours):
    person = make_member("ana", story, "editor")

    with pytest.raises(Refused, match="“ana” is an editor of “The flood” already"):
        people.add(story, person, "editor", by=ours)
    person.is_active = False
    with pytest.raises(Refused, match="“ana” is closed"):
        people.add(story, person, "moderator", by=ours)


def test_the_last_who_manages_a_story_stays(story, ours):
    User.objects.exclude(pk=ours.pk).update(is_active=False)
    mine = ours.memberships.get()

    with pytest.raises(Refused, match="“our-manager” is the only one who can say"):
        people.end(mine, by=ours)
    with pytest.raises(Refused, match="Make somebody else a manager first"):
        people.change(mine, "editor", by=ours)
    assert ours.memberships.get().ended_at is None


@pytest.mark.parametrize("other", ["member", "group", "administrator"])
def test_control_where_somebody_else_manages_it_they_may_go(story, ours, other):
    User.objects.exclude(pk=ours.pk).update(is_active=False)
    User.objects.filter(is_superuser=True).update(is_active=other == "administrator")
    if other == "member":
        people.add(story, make_person("bea"), "manager", by=ours)
    elif other == "group":
        make_person("bea", "Managers")

    people.end(ours.memberships.get(), by=ours)

    assert ours.memberships.get().ended_at


def test_an_invitation_gives_its_role_once(story, ours):
    invitation, token = people.invite(story, "editor", by=ours)
    ana, bea = make_person("ana"), make_person("bea")

    people.accept(people.invitation_of(token), person=ana)

    assert ana.memberships.get().added_by == ours
    assert decided(story) == [
        ("invite", "our-manager", "", "editor", ""),
        ("join", "ana", "", "editor", "ana, invited by our-manager"),
    ]
    with pytest.raises(Refused, match="was used already"):
        people.accept(invitation, person=bea)
    assert not bea.memberships.exists()


def test_of_its_link_only_a_hash_is_kept(story, ours):
    invitation, token = people.invite(story, "editor", by=ours)
    kept = [str(value) for value in Invitation.objects.values_list().get()]

    assert invitation.token_hash == hash_of(token)
    assert not [value for value in kept if token in value]
    assert len(token) >= 43


def test_it_expires_after_seven_days(story, ours, monkeypatch):
    invitation, _ = people.invite(story, "editor", by=ours)
    later = timezone.now() + timedelta(days=7)
    assert not people.spent(invitation)

    monkeypatch.setattr("events.editorial.people.timezone.now", lambda: later)

    assert "has expired" in people.spent(invitation)
    with pytest.raises(Refused, match="has expired"):
        people.accept(invitation, person=make_person("ana"))


def test_one_that_was_taken_back_gives_nothing(story, ours):
    invitation, token = people.invite(story, "editor", by=ours)

    people.end_invitation(invitation, by=ours)

    with pytest.raises(Refused, match="was taken back"):
        people.accept(people.invitation_of(token), person=make_person("ana"))
    with pytest.raises(Refused, match="taken back already"):
        people.end_invitation(invitation, by=ours)
    assert decided(story)[-1][:4] == ("end invitation", "our-manager", "editor", "")


def test_nor_does_one_of_somebody_who_may_not_invite_any_more(story, ours, admin_person):
    invitation, _ = people.invite(story, "manager", by=ours)

    people.end(ours.memberships.get(), by=admin_person)

    with pytest.raises(Refused, match="may not invite any more"):
        people.accept(invitation, person=ours)


def test_who_has_the_role_already_leaves_the_link_for_another(story, ours):
    person = make_member("ana", story, "editor")
    invitation, _ = people.invite(story, "editor", by=ours)

    with pytest.raises(Refused, match="“ana” is an editor"):
        people.accept(invitation, person=person)
    assert not people.spent(fresh(invitation))
