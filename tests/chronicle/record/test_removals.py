"""A sheet that a takedown removed is no tampering; one that it did not name is."""

import pytest

from chronicle import seal
from chronicle.models import Edition, Removal, Sheet
from chronicle.record.verifying import problems
from tests.support.record import LONG_AGO, make_story
from tests.support.tampering import found_after


@pytest.fixture
def taken_down(db):
    """A chronicle of which one edition was taken down, as the issue on takedown will do it."""
    story = make_story()
    common = {"chronicle": story, "at": LONG_AGO, "by": "desk-1", "subject": "page/2021-03-03"}
    documents = [{"format": 1, "words": "Said"}, {"format": 1, "removed": [1], "whole": False}]
    for seq, document in enumerate(documents, 1):
        sheet = Sheet.of(document)
        sheet.save()
        edition = Edition(**common, seq=seq, edition=seq, commitment=sheet.commitment)
        edition.action = "first" if seq == 1 else "takedown"
        edition.leaf = seal.leaf(edition.header()).hex()
        edition.save()
    removed = Edition.objects.get(seq=1)
    Removal.objects.create(commitment=removed.commitment, edition=edition)
    Sheet.objects.filter(commitment=removed.commitment).delete()
    return story


def about_sheets() -> list[str]:
    return [sentence for sentence in problems() if "sheet" in sentence or "removal" in sentence]


def test_a_sheet_that_a_takedown_removed_is_not_missing(taken_down):
    printed_without_log = {f"sheet {taken_down.commitment[:12]}: no edition commits to it."}

    assert set(about_sheets()) == printed_without_log


def test_finds_a_takedown_that_names_another_edition(taken_down):
    def rename():
        sheet = Sheet.objects.get(commitment=Edition.objects.get(seq=2).commitment)
        Sheet.objects.filter(pk=sheet.pk).update(document=sheet.document | {"removed": [2]})

    removed = Edition.objects.get(seq=1).commitment
    assert f"removal of {removed[:12]}: no takedown names it." in found_after(rename)


@pytest.mark.parametrize("noted", [True, False])
def test_finds_a_takedown_that_somebody_undid(taken_down, noted):
    """Salts were public while their sheets were: whoever kept one can put it back as it was."""
    removed = Edition.objects.get(seq=1)

    def undo():
        Sheet.objects.create(commitment=removed.commitment, salt="0" * 64, document={"words": "Said"})
        if not noted:
            Removal.objects.all().delete()

    assert "edition 2: it took the sheet of edition 1 down, and that is undone." in found_after(undo)


def test_finds_a_removal_that_is_not_noted_any_more(taken_down):
    found = found_after(Removal.objects.all().delete)

    assert "edition 2: it took the sheet of edition 1 down, and that is undone." in found


@pytest.mark.parametrize("named", [None, "1", {"1": 1}, ["1", None, 2**70, -1, True], list(range(1, 40_000))])
def test_a_takedown_that_names_nothing_that_makes_sense_is_no_error(taken_down, named):
    def forge():
        sheet = Sheet.objects.get(commitment=Edition.objects.get(seq=2).commitment)
        Sheet.objects.filter(pk=sheet.pk).update(document=sheet.document | {"removed": named})

    assert found_after(forge)
