"""Editors, Moderators and Managers: exactly their permissions, made by migration and kept by a command."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from events import roles


def permissions_of(name):
    labels = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in labels}


def set_up_roles():
    said = StringIO()
    call_command("set_up_roles", stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_migrations_made_every_group():
    for name, wanted in roles.ROLES.items():
        assert permissions_of(name) == wanted


def test_nobody_may_both_publish_and_approve_by_one_role():
    for permissions in roles.ROLES.values():
        assert not {"events.publish_event", "events.approve_citation"} <= permissions


def test_moderators_change_no_words():
    changing = {
        label for label in roles.ROLES["Moderators"] if label.split(".")[1].startswith(("add", "change"))
    }

    assert not changing


def test_managers_neither_write_what_they_manage_nor_decide_on_it():
    verbs = {
        label.split(".")[1].rpartition("_")[0] for label in roles.ROLES["Managers"] if "text" not in label
    }

    assert verbs == {"view", "manage", "open", "set_policy"}


def test_a_role_grants_what_its_group_grants():
    assert roles.granting("events.publish_event") == {"editor"}
    assert roles.granting("events.take_down_material") == {"editor", "moderator"}
    assert roles.granting("events.manage_people") == {"manager"}
    assert roles.granting("events.fly") == set()


@pytest.mark.django_db
def test_the_command_gives_what_is_missing_and_takes_what_is_too_much():
    editors = Group.objects.get(name="Editors")
    editors.permissions.remove(Permission.objects.get(codename="publish_event"))
    editors.permissions.add(Permission.objects.get(codename="approve_citation"))

    said = set_up_roles()

    assert "Editors: given events.publish_event" in said
    assert "Editors: taken events.approve_citation" in said
    assert permissions_of("Editors") == roles.ROLES["Editors"]


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_says_so():
    set_up_roles()

    assert "already" in set_up_roles()


@pytest.mark.django_db
def test_a_permission_that_is_not_there_stops_the_command(monkeypatch):
    monkeypatch.setitem(roles.ROLES, "Editors", {"events.fly"})

    with pytest.raises(CommandError, match=r"No such permission: events\.fly"):
        set_up_roles()
