"""A sheet that a takedown removed is no tampering; one that it did not name is."""

import pytest

from chronicle.models import Edition, Removal, Sheet
from chronicle.record.verifying import problems
from events.editorial import writing
from tests.support.cast import publish
from tests.support.factories import EventFactory, fresh
from tests.support.taking import take
from tests.support.tampering import found_after


@pytest.fixture
def takedown(db, editor):
    """The takedown of the first edition of an entry, which was corrected since."""
    event = EventFactory(published=True)
    event.headline = "A road is closed"
    writing.save_event(event, by=editor, seen=event.version)
    publish(fresh(event), editor, "It was the road.")
    [takedown] = take(("entry/1", (1,)))
    return takedown


@pytest.fixture
def removed(takedown):
    """The edition that it took."""
    return Edition.objects.get(subject="entry/1", edition=1)


def test_a_sheet_that_a_takedown_removed_is_not_missing(removed):
    assert not Sheet.objects.filter(commitment=removed.commitment).exists()
    assert list(problems()) == []


def test_control_one_that_was_only_lost_is(removed):
    later = Edition.objects.get(subject="entry/1", edition=2)

    found = found_after(Sheet.objects.filter(commitment=later.commitment).delete)

    missing = (
        f"edition {later.seq}: its sheet {later.commitment[:12]} is missing, and no takedown removed it."
    )
    assert missing in found


def test_finds_a_takedown_that_names_another_edition(takedown, removed):
    def rename():
        sheet = Sheet.objects.get(commitment=takedown.commitment)
        Sheet.objects.filter(pk=sheet.pk).update(document=sheet.document | {"removed": [2]})

    assert f"removal of {removed.commitment[:12]}: no takedown names it." in found_after(rename)


def undone(takedown, removed) -> str:
    return f"edition {takedown.seq}: it took the sheet of edition {removed.seq} down, and that is undone."


@pytest.mark.parametrize("noted", [True, False])
def test_finds_a_takedown_that_somebody_undid(takedown, removed, noted):
    """Salts were public while their sheets were: whoever kept one can put it back as it was."""

    def undo():
        Sheet.objects.create(commitment=removed.commitment, salt="0" * 64, document={"words": "Said"})
        if not noted:
            Removal.objects.all().delete()

    assert undone(takedown, removed) in found_after(undo)


def test_finds_a_removal_that_is_not_noted_any_more(takedown, removed):
    assert undone(takedown, removed) in found_after(Removal.objects.all().delete)


@pytest.mark.parametrize("named", [None, "1", {"1": 1}, ["1", None, 2**70, -1, True], list(range(1, 40_000))])
def test_a_takedown_that_names_nothing_that_makes_sense_is_no_error(takedown, named):
    def forge():
        sheet = Sheet.objects.get(commitment=takedown.commitment)
        Sheet.objects.filter(pk=sheet.pk).update(document=sheet.document | {"removed": named})

    assert found_after(forge)
