"""Printing all cards again by the command, as after an upgrade."""

import io

from django.core.management import call_command

from chronicle.models import Entry
from events.editorial import publishing


def test_a_card_that_is_not_as_the_document_has_it_is_made_anew(published):
    before = Entry.objects.get()
    Entry.objects.update(card="An old card")
    said = io.StringIO()

    call_command("reprint", stdout=said, stderr=io.StringIO())

    after = Entry.objects.get()
    assert "Printed 1 card again." in said.getvalue()
    assert after.card == before.card


def test_what_was_withdrawn_has_no_card_to_print(published, editor):
    publishing.withdraw(published, by=editor, seen=published.version, reason="Wrong.")
    said = io.StringIO()

    call_command("reprint", stdout=said, stderr=io.StringIO())

    assert "Printed 0 cards again." in said.getvalue()
    assert Entry.objects.get().card == ""
