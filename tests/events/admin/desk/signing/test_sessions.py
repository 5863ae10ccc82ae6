"""Where one is signed in: told, ended, and what ends it by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from events.editorial import people
from events.models import Session
from events.signing import ending, sessions
from events.signing.devices import device_of, prefix_of
from tests.support.cast import make_member
from tests.support.desk import Desk, filled_in
from tests.support.factories import PersonFactory
from tests.support.signing import SignIn

pytestmark = pytest.mark.django_db

WINDOWS, KHTML = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36", "(KHTML, like Gecko)"
SAID = {
    f"{WINDOWS} {KHTML} Chrome/142.0 Safari/537.36": "Chrome on Windows",
    f"{WINDOWS} {KHTML} Chrome/142.0 Safari/537.36 Edg/142.0": "Edge on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1": "Safari on iPhone",
    f"Mozilla/5.0 (Linux; Android 15) {KHTML} Chrome/142.0 Mobile Safari/537.36": "Chrome on Android",
    "curl/8": "A browser",
    "": "A browser",
}


def signed_in(name, **heads):
    browser = SignIn(**heads)
    browser.password(name)
    assert browser.is_in()
    return browser


@pytest.mark.parametrize(("said", "told"), SAID.items())
def test_a_browser_is_told_in_words(rf, said, told):
    assert device_of(rf.get("/", headers={"user-agent": said})) == told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
    ],
)
def test_an_address_is_told_by_its_neighbourhood(rf, address, told):
    assert prefix_of(rf.get("/", REMOTE_ADDR=address)) == told


def test_behind_a_proxy_the_last_address_counts_and_else_none_that_is_said(rf):
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "198.51.100.1, 203.0.113.9"})

    assert prefix_of(request) == "127.0.0.0/24"
    with override_settings(BEHIND_PROXY=True):
        assert prefix_of(request) == "203.0.113.0/24"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("203.0.113.9:4711", "203.0.113.0/24"),
        ("[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("fe80::9%eth0", "fe80::/64"),
        ("unknown", ""),
        ("", "127.0.0.0/24"),
    ],
)
def test_an_address_is_read_however_a_proxy_writes_it(rf, settings, written, told):
    settings.BEHIND_PROXY = True

    assert prefix_of(rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": written})) == told


def test_ones_own_are_listed_and_ended_singly(editor, moderator):
    here, there = signed_in("editor"), signed_in("editor", REMOTE_ADDR="203.0.113.5")
    signed_in("moderator", REMOTE_ADDR="198.51.100.1")
    page = here.get("account").text
    assert page.count("Firefox on Linux") == 2
    assert "203.0.113.0/24" in page
    assert "198.51.100" not in page

    name = sessions.name_of(Session.objects.get(person=editor, prefix="203.0.113.0/24"))
    here.post("account", {"session": name})

    assert (here.is_in(), there.is_in()) == (True, False)


def test_all_others_are_ended_together(editor, moderator):
    here, there, elsewhere = signed_in("editor"), signed_in("editor"), signed_in("editor")
    another = signed_in("moderator")
    here.post("account", {"session": "others"})

    assert [one.is_in() for one in (here, there, elsewhere, another)] == [True, False, False, True]


def test_nobody_ends_anothers(editor, moderator):
    here, another = signed_in("editor"), signed_in("moderator")
    name = sessions.name_of(Session.objects.get(person=moderator))

    assert here.post("account", {"session": name}).status_code == 404
    assert another.is_in()


def test_an_idle_one_ends_after_twelve_hours(editor, settings):
    browser = signed_in("editor")
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    left = Session.objects.get(person=editor).expire_date - timezone.now()
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not browser.is_in()


def leave_for_hours(browser):
    """As if nothing had come from ``browser`` for nearly as long as may be."""
    session, long_ago = browser.client.session, timezone.now() - timedelta(hours=11, minutes=55)
    session[sessions.SEAT] = {**session[sessions.SEAT], "seen": long_ago.isoformat()}
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    return long_ago


def test_one_in_use_goes_on(editor):
    browser = signed_in("editor")
    long_ago = leave_for_hours(browser)

    assert browser.is_in()

    row = Session.objects.get(person=editor)
    assert row.expire_date > timezone.now() + timedelta(hours=11)
    assert row.seen_at > long_ago


@pytest.mark.parametrize(("typed", "goes_on"), [({}, False), ({"typed": "headline=A+bridge"}, True)])
def test_a_page_that_is_open_is_nobody_at_work(editor, typed, goes_on):
    browser = signed_in("editor")
    leave_for_hours(browser)
    sent = {"address": reverse("admin:events_event_add"), "tab": str(uuid4()), **typed}
    assert browser.post("unsaved", sent).status_code == 200

    left = Session.objects.get(person=editor).expire_date - timezone.now()
    assert (left > timedelta(hours=11)) is goes_on


def test_a_closed_account_ends_them_also_for_the_day_on_which_it_is_opened_again(editor, admin_person):
    browser, desk = signed_in("editor"), Desk(admin_person)
    page = desk.get("auth_user_change", editor.pk)
    sent = filled_in(page)
    sent.pop("is_active")
    assert desk.client.post(page.request["PATH_INFO"], sent).status_code == 302
    editor.refresh_from_db()
    assert (editor.is_active, browser.is_in()) == (False, False)

    editor.is_active = True
    editor.save()

    assert not browser.is_in()


def test_another_password_ends_all_but_the_one_in_which_it_was_changed(editor):
    here, there = signed_in("editor"), signed_in("editor")
    typed = {
        "old_password": "editoreditor",
        "new_password1": "a long way off",
        "new_password2": "a long way off",
    }
    assert here.post("password_change", typed).status_code == 302

    assert (here.is_in(), there.is_in()) == (True, False)
    assert Session.objects.filter(person=editor).count() == 1


def test_the_last_role_that_ends_takes_them_along(story, admin_person):
    person = make_member("ana", story, "editor", "moderator")
    browser = signed_in("ana")
    for role, goes_on in (("editor", True), ("moderator", False)):
        people.end(person.memberships.get(role=role), by=admin_person)
        assert browser.is_in() is goes_on


def test_so_does_the_last_group(editor):
    browser = signed_in("editor")
    editor.groups.remove(Group.objects.get(name="Editors"))

    assert not browser.is_in()


def loses_its_permissions(person):
    Group.objects.get(name="Editors").permissions.clear()


def is_deleted(person):
    Group.objects.get(name="Editors").delete()


def loses_them_one_by_one(person):
    for permission in Permission.objects.filter(group__name="Editors"):
        permission.group_set.set([])


@pytest.mark.parametrize("lost", [loses_its_permissions, is_deleted, loses_them_one_by_one])
def test_so_does_whatever_becomes_of_it(editor, moderator, lost):
    browser, other = signed_in("editor"), signed_in("moderator")

    lost(editor)

    assert not browser.is_in()
    assert other.is_in()


def test_control_unheard_of_it_would_end_nothing(editor, monkeypatch):
    monkeypatch.setattr(ending, "without_any_role", lambda person: None)
    browser = signed_in("editor")

    is_deleted(editor)

    assert browser.is_in()


def demoted(boss, **kwargs):
    boss.is_superuser = False
    boss.save(**kwargs)


@pytest.mark.parametrize("kwargs", [{}, {"update_fields": ["is_superuser"]}], ids=["whole", "alone"])
def test_so_does_an_administrator_who_is_none_any_more_and_has_no_role(admin_person, editor, kwargs):
    browser, other = signed_in("admin"), signed_in("editor")

    demoted(admin_person, **kwargs)

    assert not Session.objects.filter(person=admin_person).exists()
    assert not browser.is_in()
    assert other.is_in()


def test_one_who_has_a_role_besides_goes_on(admin_person, story):
    person = make_member("ana", story, "editor")
    person.is_superuser = True
    person.save()
    browser = signed_in("ana")

    demoted(person)

    assert browser.is_in()


def test_control_unheard_of_a_demoted_administrator_would_go_on(admin_person, monkeypatch):
    monkeypatch.setattr(ending, "without_any_role", lambda person: None)
    signed_in("admin")

    demoted(admin_person)

    assert Session.objects.filter(person=admin_person).exists()


def test_so_do_permissions_of_ones_own(admin_person):
    person = PersonFactory(username="ana", is_staff=True)
    person.set_password("anaana")
    person.save()
    person.user_permissions.set(Permission.objects.filter(codename="view_event"))
    browser = signed_in("ana")

    person.user_permissions.clear()

    assert not browser.is_in()


def test_an_account_is_not_deleted(admin_person, editor):
    desk = Desk(admin_person)

    assert desk.post("auth_user_delete", editor.pk, data={"post": "yes"}).status_code == 403
    assert reverse("admin:auth_user_delete", args=[editor.pk]) not in desk.open(editor).text
