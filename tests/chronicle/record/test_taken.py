"""verify_record finds words of what was taken down, and a row that says so of what was not."""

from datetime import UTC, datetime

import pytest

from chronicle.models import (
    Bitmap,
    Chronicle,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Page,
    Sheet,
    Spelling,
    Term,
    Text,
)
from chronicle.record import bitmaps
from chronicle.record.verifying import problems
from tests.support import varied
from tests.support.tampering import found_after

THEN = datetime(2021, 3, 3, tzinfo=UTC)


@pytest.fixture
def record(varied_once, db):
    """With a subject of each facet taken down."""
    varied.take_whole(Chronicle.objects.get(slug="the-flood"))
    return Chronicle.objects.get(slug="the-flood")


def taken(model, **which):
    return model.objects.filter(chronicle__slug="the-flood", taken_at__isnull=False, **which)


def test_what_was_taken_down_is_no_problem(record):
    assert list(problems()) == []
    assert {model: taken(model).count() for model in (Page, Text, Entry, Term)} == {
        Page: 1, Text: 1, Entry: 1, Term: 6,
    }  # fmt: skip


def test_no_row_holds_a_word_of_it(record):
    assert {(page.headline, page.summary) for page in taken(Page)} == {("", "")}
    assert {(text.title, text.text) for text in taken(Text)} == {("", "")}
    assert {(term.label, term.slug) for term in taken(Term)} == {("", "")}
    assert {(entry.headline, entry.card) for entry in taken(Entry)} == {("", "")}


MODELS = {Page: {"headline": "Forged"}, Text: {"title": "Forged"}, Term: {"label": "Forged"}}
MODELS |= {Entry: {"headline": "Forged"}}
WORDS = {Page: dict.fromkeys(("headline", "sentence", "summary", "occasion"), "")}
WORDS |= {Text: {"title": "", "text": ""}, Term: {"label": "", "slug": ""}}
WORDS |= {Entry: {"headline": "", "card": ""}}


@pytest.mark.parametrize("model", MODELS)
def test_finds_a_row_that_shows_words_of_what_was_taken(record, model):
    row = taken(model).first()
    [column] = MODELS[model]

    found = found_after(
        lambda: taken(model).filter(pk=row.pk).update(**MODELS[model], taken_at=None, legal=False)
    )

    assert f"the-flood: {row.subject}: its column {column} differs from its document." in found


@pytest.mark.parametrize("model", MODELS)
def test_finds_a_row_that_was_taken_at_another_time(record, model):
    row = taken(model).first()

    found = found_after(lambda: taken(model).filter(pk=row.pk).update(taken_at=THEN))

    assert f"the-flood: {row.subject}: its column taken_at is not the time of its takedown." in found


@pytest.mark.parametrize("model", MODELS)
def test_finds_a_row_that_says_otherwise_who_asked_for_it(record, model):
    row = taken(model).first()

    found = found_after(lambda: taken(model).filter(pk=row.pk).update(legal=not row.legal))

    assert f"the-flood: {row.subject}: its column legal differs from its document." in found


@pytest.mark.parametrize("model", MODELS)
def test_finds_a_row_that_does_not_say_that_it_was_taken(record, model):
    row = taken(model).first()

    found = found_after(lambda: taken(model).filter(pk=row.pk).update(taken_at=None, legal=False))

    wrong = "legal differs from its document" if row.legal else "taken_at is not the time of its takedown"
    assert f"the-flood: {row.subject}: its column {wrong}." in found


@pytest.mark.parametrize("model", MODELS)
def test_finds_a_taken_row_without_its_takedown(record, model):
    row = model.objects.filter(taken_at=None).first()

    found = found_after(lambda: model.objects.filter(pk=row.pk).update(**WORDS[model], taken_at=THEN))

    assert [sentence for sentence in found if f"{row.subject}: its column" in sentence]


def test_finds_words_that_a_taken_entry_is_found_by(record):
    entry = taken(Entry).get()

    found = found_after(
        lambda: EntryWords.objects.create(
            sk=entry.sk, entry=entry, chronicle=record, headline="forged", names="", body=""
        )
    )

    assert f"the-flood: {entry.subject}: it is not found by the words of its document." in found


def test_finds_a_name_that_a_taken_term_is_looked_up_by(record):
    term = taken(Term, facet="place").get()
    spelling = {"folded": b"forged", "name": "Forged", "whole": True}

    found = found_after(
        lambda: Spelling.objects.create(chronicle=record, term=term, facet="place", **spelling)
    )

    assert f"the-flood: {term.subject}: it is not looked up by the names of its document." in found


def test_finds_an_entry_that_is_found_under_a_taken_term(record):
    term, entry = taken(Term, facet="place").get(), Entry.objects.public().filter(chronicle=record).first()

    found = found_after(lambda: EntryTerm.objects.create(entry=entry, term=term, facet="place", sk=entry.sk))

    assert f"the-flood: {entry.subject}: it is not indexed under the terms of its document." in found


def test_finds_entries_that_are_counted_under_a_taken_term(record):
    term, entry = taken(Term, facet="place").get(), Entry.objects.public().filter(chronicle=record).first()

    found = found_after(lambda: bitmaps.put(record.pk, term.subject, bitmaps.BitMap([entry.pk])))

    assert f"the-flood: the index {term.subject}, chunk 0, does not hold the entries that it should." in found


def test_finds_that_nothing_tells_of_the_day_of_a_taken_entry(record):
    entry = taken(Entry).get()

    found = found_after(Bitmap.objects.filter(name=f"taken/{entry.told_on}").delete)

    assert f"the-flood: the index taken/{entry.told_on}, chunk 0, is missing." in found


@pytest.mark.parametrize("change", [{"whole": False}, {"removed": []}, {"legal": "yes"}, {"told_on": ""}])
def test_finds_another_takedown_than_was_sealed(record, change):
    takedown = Edition.objects.with_document().get(subject=taken(Entry).get().subject, action="takedown")

    found = found_after(
        lambda: Sheet.objects.filter(pk=takedown.commitment).update(document=takedown.document | change)
    )

    assert f"sheet {takedown.commitment[:12]}: its document is not the one that was printed." in found
