"""What Django writes down of the desk says which row it was, and nothing of what that says."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from tests.support.desk import Desk
from tests.support.factories import fresh


@pytest.fixture
def boss(admin_person):
    return Desk(admin_person)


def test_a_change_with_rows_below_it_names_none(boss, place):
    page = boss.open(place)
    saved = boss.save(page, **{"names-0-name": "The new bridge", "note": "A secret"})
    assert (saved.status_code, fresh(place).note) == (302, "A secret")

    entry = LogEntry.objects.get()
    assert entry.object_repr == f"place {place.pk}"
    assert "bridge" not in entry.change_message and "secret" not in entry.change_message
    assert {name for part in json.loads(entry.change_message) for name in part} == {"changed"}


def test_a_verb_is_logged_by_its_label_alone(editor, draft):
    Desk(editor).press(draft, "submit")

    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == (f"event {draft.pk}", "Submit")


def test_so_it_is_for_what_django_brings_itself(boss):
    group = Group.objects.create(name="Proofreaders")
    assert boss.post("auth_group_change", group.pk, data={"name": "Readers of proofs"}).status_code == 302
    assert boss.post("auth_group_delete", group.pk, data={"post": "yes"}).status_code == 302

    assert {entry.object_repr for entry in LogEntry.objects.all()} == {f"group {group.pk}"}
    assert LogEntry.objects.count() == 2
