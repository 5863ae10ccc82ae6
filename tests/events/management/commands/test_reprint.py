"""Printing all cards again by the command, as after an upgrade."""

import io

from django.core.management import call_command

from chronicle.models import Entry


def test_a_card_and_columns_that_are_not_as_the_document_has_them_are_made_anew(published):
    before = Entry.objects.get()
    Entry.objects.update(card="An old card", parts=1)
    said = io.StringIO()

    call_command("reprint", stdout=said, stderr=io.StringIO())

    after = Entry.objects.get()
    assert "Printed 1 card again." in said.getvalue()
    assert (after.card, after.parts) == (before.card, before.parts)


def test_what_was_withdrawn_has_no_card_to_print(published, editor):
    Entry.objects.update(withdrawn_at=published.public_from, withdrawn_reason="Wrong.", card="", headline="")

    call_command("reprint", stdout=io.StringIO(), stderr=io.StringIO())

    assert Entry.objects.get().card == ""
