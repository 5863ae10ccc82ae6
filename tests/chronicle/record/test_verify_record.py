"""The command verify_record: what it says, how it fails, and how little it keeps in memory."""

import tracemalloc
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chronicle import seal
from chronicle.models import Chronicle, Edition, Entry, Page, Sheet
from chronicle.record.verifying import problems, rows_to_check
from events.demo import sample
from tests.support.factories import three_people
from tests.support.record import LONG_AGO, make_page, make_story


@pytest.fixture
def built(db):
    sample.build(**three_people())


def test_a_record_as_printed_is_whole(built):
    said, looked_at = StringIO(), []

    call_command("verify_record", stdout=said, stderr=StringIO())

    assert (
        said.getvalue() == f"The record is whole: {Edition.objects.count()} editions, every row as printed.\n"
    )
    assert list(problems(progress=looked_at.append)) == []
    assert sum(looked_at) == rows_to_check()


def test_an_empty_record_is_whole(db):
    assert list(problems()) == []


def test_the_command_names_the_first_bad_row_and_fails(built):
    Page.objects.update(headline="Forged")
    Entry.objects.filter(withdrawn_at=None).update(card="Forged")
    bad = Page.objects.count() + Entry.objects.public().count()

    with pytest.raises(CommandError) as failure:
        call_command("verify_record", stdout=StringIO(), stderr=StringIO())
    first, *rest = str(failure.value).splitlines()
    assert first == "The record is not as it was printed."
    assert rest == ["the-44-days: page/2020-09-27: its column headline differs from its document."]

    with pytest.raises(CommandError) as failure:
        call_command("verify_record", all=True, stdout=StringIO(), stderr=StringIO())
    assert len(str(failure.value).splitlines()) == 1 + bad


def print_editions(story: Chronicle, number: int) -> None:
    """Many editions of one page, sealed but in no log."""
    page = make_page(story, headline="The river rises")
    sheets = [Sheet.of({"format": 1, "headline": f"The river rises, {n}"}) for n in range(number)]
    editions = [
        Edition(
            chronicle=story,
            seq=n,
            subject=page.subject,
            edition=n,
            action="update",
            at=LONG_AGO,
            by="desk-1",
            commitment=sheet.commitment,
        )
        for n, sheet in enumerate(sheets, 1)
    ]
    for edition in editions:
        edition.leaf = seal.leaf(edition.header()).hex()
    Sheet.objects.bulk_create(sheets, batch_size=500)
    Edition.objects.bulk_create(editions, batch_size=500)


def peak_of_verifying() -> int:
    """How many bytes a whole verification keeps at most, its sentences apart."""
    tracemalloc.start()
    for _ in problems():
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_what_it_keeps_in_memory_does_not_grow_with_editions(db):
    print_editions(make_story(), 400)
    peak_of_verifying()
    few = peak_of_verifying()
    print_editions(make_story(slug="another"), 4000)

    assert peak_of_verifying() < few * 2


@pytest.mark.once
def test_control_what_holds_all_editions_at_once_does_grow(db):
    print_editions(make_story(), 4400)
    tracemalloc.start()
    everything = list(Edition.objects.with_document())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(everything) == 4400
    assert peak > peak_of_verifying() * 4
