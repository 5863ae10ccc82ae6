"""Documents of format 1, as they were printed once: readable and verifiable for ever.

A fixture holds every edition of one small chronicle in order, as header, leaf, salt and document, and the
root over all. In the first, a takedown removed the first sheet of its page. What a later version adds to the
format gets a fixture of its own, printed by that version; those before it stay as they are.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from chronicle.documents import ACTIONS, TYPES, Taken
from chronicle.models import Chronicle, Edition, Entry, Log, Page, Removal, Sheet, Term
from chronicle.models.term import facet_of
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from tests.support.emptying import unguarded
from tests.support.fields import type_of, what_is_wrong
from tests.support.reading import words
from tests.support.record import make_story

ADDED = ("text", "media", "takedown", "retracted", "withdrawn-key")
FIXTURES = {
    name: json.loads((Path(__file__).parent / "fixtures" / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("format-1", *(f"format-1-{added}" for added in ADDED))
}
EDITIONS = [edition for fixture in FIXTURES.values() for edition in fixture["editions"]]
KEPT = [edition for edition in EDITIONS if edition["document"]]
COLUMNS = ("seq", "subject", "edition", "action", "at", "by", "commitment")


def id_of(edition):
    return f"{edition['header']['chronicle'][:4]}-{edition['header']['seq']}"


@pytest.mark.parametrize("edition", KEPT, ids=id_of)
def test_a_document_of_format_1_has_just_its_fields(edition):
    header, document = edition["header"], edition["document"]

    assert what_is_wrong(document, type_of(header["subject"], header["action"], document), "document") == []


def test_the_fixtures_have_something_of_everything():
    printed = {(facet_of(edition["header"]["subject"]), edition["header"]["action"]) for edition in EDITIONS}
    assert {facet for facet, _ in printed} == set(TYPES)
    assert {action for _, action in printed} >= {"opening", "first", "correction", "withdrawal", "takedown"}
    assert {action for _, action in printed} <= set(ACTIONS)
    for facet in TYPES:
        empty = {"note", "last_date"} if facet != "entry" else {"note"}
        filled = {
            key
            for edition in KEPT
            if facet_of(edition["header"]["subject"]) == facet and edition["header"]["action"] != "takedown"
            for key, value in edition["document"].items()
            if value not in ("", None, [])
        }
        assert set(get_type_hints(TYPES[facet])) - filled <= empty, facet


def dense(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("edition", EDITIONS, ids=id_of)
def test_a_document_of_format_1_is_verified_by_hashlib_alone(edition):
    header = edition["header"]
    if edition["document"]:
        salted = bytes.fromhex(edition["salt"]) + dense(edition["document"])
        assert hashlib.sha256(salted).hexdigest() == header["commitment"]

    assert hashlib.sha256(b"\x00" + dense(header)).hexdigest() == edition["leaf"]


@pytest.mark.parametrize("fixture", FIXTURES.values(), ids=FIXTURES)
def test_the_root_over_all_of_them_is_verified_by_hashlib_alone(fixture):
    def root(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        k = 1
        while k * 2 < len(leaves):
            k *= 2
        return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()

    assert root([bytes.fromhex(edition["leaf"]) for edition in fixture["editions"]]).hex() == fixture["root"]


def restore(editions: list[Any]) -> Chronicle:
    """A record of which nothing is left but ``editions`` and their sheets, made anew."""
    with unguarded():
        chronicle = make_story(key=editions[0]["header"]["chronicle"])
        Sheet.objects.all().delete()
    rows = {}
    for edition in editions:
        header = edition["header"]
        columns = {name: header[name] for name in COLUMNS}
        row = Edition.objects.create(chronicle=chronicle, leaf=edition["leaf"], **columns)
        rows[row.seq] = row
        if edition["document"]:
            kept = {name: edition[name] for name in ("salt", "document")}
            Sheet.objects.create(commitment=row.commitment, **kept)
        for seq in edition["document"]["removed"] if header["action"] == "takedown" else ():
            Removal.objects.create(edition=row, commitment=rows[seq].commitment)
    rebuild()
    return Chronicle.objects.get()


@pytest.fixture
def of_format_1(db):
    return restore(FIXTURES["format-1"]["editions"])


@pytest.fixture
def with_a_text(db):
    return restore(FIXTURES["format-1-text"]["editions"])


@pytest.fixture
def with_media(db):
    return restore(FIXTURES["format-1-media"]["editions"])


@pytest.fixture
def with_takedowns(db):
    return restore(FIXTURES["format-1-takedown"]["editions"])


@pytest.fixture
def with_a_retraction(db):
    return restore(FIXTURES["format-1-retracted"]["editions"])


def test_a_record_of_format_1_is_rebuilt_whole(of_format_1):
    assert list(problems()) == []
    assert Log.objects.get().root == FIXTURES["format-1"]["root"]
    assert Entry.objects.count() == 3
    assert Term.objects.count() == 9


def test_a_record_of_format_1_is_read(client, of_format_1):
    day = client.get("/the-flood/day-3/")
    entry = client.get("/the-flood/entry/1/")

    assert (day.status_code, entry.status_code) == (200, 200)
    assert client.get("/the-flood/entry/2/").status_code == 410
    assert client.get("/the-flood/").status_code == 200
    assert "The river rises It stands at the steps." in words(day)
    assert Page.objects.get().occasion == "Ash Wednesday"
    for told in (
        "A bridge is closed at once",
        "The old bridge (A ponte velha)",
        "The fire brigade",
        "A ponte fechou.",
        "The Harbour Post",
        "Source retracted: The photograph was old.",
        "usually reliable (B)",
        "probably true (2)",
        "p. 2",
    ):
        assert told in words(entry), told


def test_a_text_of_format_1_is_rebuilt_whole_and_read(client, with_a_text):
    assert list(problems()) == []
    assert Log.objects.get().root == FIXTURES["format-1-text"]["root"]

    page = client.get("/the-flood/about/")

    assert '<p dir="auto">The river rose in <em>April</em>.</p>' in page.content.decode()
    for told in ("About the flood", "It was a month later.", "taken out: March."):
        assert told in words(page), told


def test_media_of_format_1_are_rebuilt_whole_and_read(client, with_media):
    assert list(problems()) == []
    assert Log.objects.get().root == FIXTURES["format-1-media"]["root"]

    entry, medium = client.get("/the-flood/entry/1/"), client.get("/the-flood/asset/2-the-mill/")

    assert (entry.status_code, medium.status_code) == (200, 200)
    assert client.get("/the-flood/asset/1/").status_code == 410
    for told in ("Seen from the quay", "Credit: Ana Reis", "A picture was taken down: its licence ended on"):
        assert told in words(entry), told
    for told in ("The mill", "CC BY 4.0", "3 March 2021", "The old bridge on the third day."):
        assert told in words(medium), told


def test_takedowns_of_format_1_are_rebuilt_whole_and_read(client, with_takedowns):
    assert list(problems()) == []
    assert Log.objects.get().root == FIXTURES["format-1-takedown"]["root"]

    entry, taken, place = (client.get(f"/the-flood/{name}/") for name in ("entry/1", "entry/2", "place/1"))

    assert (entry.status_code, taken.status_code, place.status_code) == (200, 451, 410)
    for told in ("A road is closed", "Where taken down", "The words of this edition were taken down."):
        assert told in words(entry), told
    assert "A bridge is closed" not in words(entry)
    assert "An entry was taken down on 26 November 2026." in words(client.get("/the-flood/day-3/"))


def test_what_a_takedown_says_since_is_missing_in_those_before():
    """They were of single editions, and no order asked for them, as far as anybody was told."""
    takedowns = [each["document"] for each in EDITIONS if each["header"]["action"] == "takedown"]

    added = get_type_hints(Taken).keys()
    assert {len(added & document.keys()) for document in takedowns} == {0, len(added)}


def test_a_source_that_was_taken_back_and_then_down_is_rebuilt_whole_and_read(client, with_a_retraction):
    assert list(problems()) == []
    assert Log.objects.get().root == FIXTURES["format-1-retracted"]["root"]
    assert Term.objects.get(facet="source").retracted

    for told in ("A road is closed", "Source retracted. Why was taken down."):
        assert told in words(client.get("/the-flood/entry/1/")), told


def test_a_key_event_that_was_withdrawn_is_rebuilt_whole_and_keeps_its_line(client, db):
    restore(FIXTURES["format-1-withdrawn-key"]["editions"])

    assert list(problems()) == []
    assert Log.objects.get().root == FIXTURES["format-1-withdrawn-key"]["root"]
    assert "An entry was withdrawn" in words(client.get("/the-flood/")).partition("The story so far")[2]


def test_a_key_that_a_later_version_added_is_passed_over(client, of_format_1):
    """Within a format keys may be added."""
    sheet = Sheet.of(Sheet.objects.get(commitment=Page.objects.get().commitment).document | {"mood": "tense"})
    sheet.save()
    page = Page.objects.get()
    page.commitment = sheet.commitment
    page.save()

    assert client.get("/the-flood/day-3/").status_code == 200
