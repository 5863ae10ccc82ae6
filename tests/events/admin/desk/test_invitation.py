"""The page behind the link of an invitation: an account and a role, or a role, or why neither."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.admin.desk import invitation as page
from events.editorial import people
from events.models import Attempts, Invitation
from tests.support.cast import make_member, make_person

PASSWORD = "a long way to the quay"
ACCOUNT = {"username": "ana", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def ours(story):
    return make_member("our-manager", story, "manager")


@pytest.fixture
def link(story, ours):
    _, token = people.invite(story, "editor", by=ours)
    return reverse("admin:invitation", args=[token])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_somebody_new_makes_an_account_and_is_at_the_desk(client, link, story):
    shown = client.get(link)
    assert "as an editor" in shown.text
    assert story.title in shown.text

    answer = client.post(link, ACCOUNT, follow=True)

    person = User.objects.get(username="ana")
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert answer.context["user"] == person
    assert person.check_password(PASSWORD)
    assert (person.is_staff, person.is_superuser, person.groups.exists()) == (True, False, False)
    assert person.memberships.get().role == "editor"
    assert client.get(reverse("admin:events_event_add")).status_code == 200


def test_who_is_signed_in_takes_the_role(link):
    person = make_person("bea")
    client = signed_in(person)
    assert "You are signed in as" in client.get(link).text

    assert client.post(link).status_code == 302
    assert person.memberships.get().role == "editor"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"password2": "something else"}, "didn’t match"),
        ({"password1": "12345678", "password2": "12345678"}, "too common"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"username": ""}, "This field is required"),
        ({"username": "OUR-MANAGER"}, "already exists"),
        ({"username": "a b<c"}, "valid username"),
    ],
)
def test_an_account_that_django_would_refuse_is_not_made(client, link, sent, said):
    before = User.objects.count()

    answer = client.post(link, ACCOUNT | sent)

    assert said in answer.text
    assert User.objects.count() == before
    assert client.post(link, ACCOUNT).status_code == 302


def test_nothing_else_that_is_sent_becomes_of_the_account(client, link):
    client.post(link, {**ACCOUNT, "is_superuser": "on", "is_staff": "on", "groups": "1", "role": "manager"})

    person = User.objects.get(username="ana")
    assert (person.is_superuser, person.groups.exists()) == (False, False)
    assert [one.role for one in person.memberships.all()] == ["editor"]


def used(link, client):
    client.post(link, ACCOUNT)


def taken_back(link, client):
    row = Invitation.objects.get()
    people.end_invitation(row, by=row.made_by)


def of_somebody_who_left(link, client):
    row = Invitation.objects.get()
    User.objects.filter(pk=row.made_by_id).update(is_active=False)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (used, "This link was used already"),
        (taken_back, "This invitation was taken back"),
        (of_somebody_who_left, "may not invite any more"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_gives_nothing_any_more_says_why(link, end, said, method):
    end(link, Client())
    people_before = User.objects.count()

    answer = getattr(Client(), method)(link, {**ACCOUNT, "username": "carla"})

    assert answer.status_code == 410
    assert said in answer.text
    assert "<form" not in answer.text.partition('id="content"')[2]
    assert User.objects.count() == people_before


def test_so_does_one_that_has_expired(client, link, monkeypatch):
    later = timezone.now() + timedelta(days=7)
    monkeypatch.setattr("events.editorial.people.timezone", type("Later", (), {"now": lambda: later}))

    answer = client.post(link, ACCOUNT)

    assert answer.status_code == 410
    assert "has expired" in answer.text
    assert not User.objects.filter(username="ana").exists()


def test_a_link_that_nobody_made_is_not_there(client, db):
    assert client.get(reverse("admin:invitation", args=["x" * 43])).status_code == 404
    assert client.post(reverse("admin:invitation", args=["x" * 43]), ACCOUNT).status_code == 404
    assert not User.objects.exists()


def test_of_two_who_send_it_at_once_one_has_an_account(client, link, monkeypatch):
    """The second has looked at it before the first was done."""
    used(link, Client())
    whole, looks = people.spent, []

    def spent(invitation):
        looks.append(invitation)
        return "" if len(looks) == 1 else whole(invitation)

    monkeypatch.setattr(people, "spent", spent)

    answer = client.post(link, {**ACCOUNT, "username": "carla"})

    assert (answer.status_code, len(looks)) == (410, 3)
    assert "was used already" in answer.text
    assert not User.objects.filter(username="carla").exists()


def test_a_name_taken_in_the_same_moment_is_said_so(client, link, monkeypatch):
    make_person("ana")
    monkeypatch.setattr(page.AccountForm, "clean_username", lambda form: form.cleaned_data["username"])
    monkeypatch.setattr(page.AccountForm, "validate_unique", lambda form: None)

    answer = client.post(link, ACCOUNT)

    assert answer.status_code == 200
    assert page.TAKEN in answer.text
    assert not people.spent(Invitation.objects.get())


def test_it_wants_a_token_and_is_kept_by_nobody(link):
    client = Client(enforce_csrf_checks=True)

    assert client.post(link, ACCOUNT).status_code == 403
    assert "no-store" in client.get(link)["Cache-Control"]
    assert client.get(link)["Content-Security-Policy"].startswith("default-src 'none'")


def taken(client, link, address="203.0.113.{}", times=21):
    """The last of so many answers to a name that is taken."""
    sent = {**ACCOUNT, "username": "our-manager"}
    return [client.post(link, sent, REMOTE_ADDR=address.format(each)) for each in range(times)][-1]


def test_whether_names_are_taken_is_told_ever_more_slowly(client, link):
    assert "already exists" in taken(client, link, times=20).text

    answer = client.post(link, {**ACCOUNT, "username": "our-manager"}, REMOTE_ADDR="203.0.113.99")

    assert "Wait 5 seconds" in answer.text
    assert "already exists" not in answer.text
    assert answer.context["form"]["username"].value() == "our-manager"


def test_who_must_wait_is_not_taken_either(client, link):
    taken(client, link)

    assert "Wait" in client.post(link, ACCOUNT, REMOTE_ADDR="203.0.113.99").text
    assert not User.objects.filter(username="ana").exists()


def test_another_link_or_many_addresses_let_nobody_ask_faster(client, link, story, ours):
    assert "Wait" in taken(client, link, address="203.0.{}.1").text
    tokens = [people.invite(story, "editor", by=ours)[1] for _ in range(2)]
    one, another = [reverse("admin:invitation", args=[token]) for token in tokens]

    assert "Wait" not in taken(client, one, address="192.0.2.{}", times=20).text
    assert "Wait" in taken(client, another, address="192.0.2.{}", times=1).text


def test_control_uncounted_it_is_told_for_ever(client, link, monkeypatch):
    monkeypatch.setattr(page, "counted", lambda *kinds: None)

    assert "already exists" in taken(client, link, times=25).text


def test_who_joins_leaves_the_count_of_their_neighbourhood_as_it_was(client, link):
    client.post(link, ACCOUNT)

    assert not Attempts.objects.filter(count__gt=0).exists()
