"""What is printed has one form, in which each field has a class."""

from typing import TypedDict, get_type_hints, is_typeddict

import pytest

from chronicle import documents
from chronicle.documents import (
    FORMAT,
    NUMBERED,
    TERM_FACETS,
    TYPES,
    is_subject,
)
from chronicle.fields import Class, classes
from chronicle.models import Edition
from tests.support.fields import type_of, what_is_wrong

DOCUMENTS = [value for value in vars(documents).values() if is_typeddict(value)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.__name__)
def test_every_field_has_a_class(document):
    def flat(found):
        for each in found.values():
            yield from flat(each) if isinstance(each, dict) else [each]

    assert classes(document).keys() == get_type_hints(document).keys()
    assert all(isinstance(each, Class) for each in flat(classes(document)))


def test_control_a_field_without_a_class_is_refused():
    class Loose(TypedDict):
        headline: documents.Words
        mood: str

    with pytest.raises(TypeError, match="mood has no class"):
        classes(Loose)


def test_every_facet_has_a_document():
    assert set(TYPES) == {"chronicle", "page", "text", *NUMBERED}
    assert set(TERM_FACETS) < set(NUMBERED)


@pytest.mark.parametrize(
    "subject", ["chronicle", "page/2020-11-08", "entry/42", "place/3", "source/900000000", "text/about"]
)
def test_what_names_a_subject(subject):
    assert is_subject(subject)


@pytest.mark.parametrize(
    "text",
    [
        "", "chronicle/1", "page/3", "page/2020-1-8", "entry/", "entry/0", "entry/01", "entry/-1", "entry/1 ",
        "entry/1\n", "entry/١", "chapter/1", "text/", "text/About", "entry/1@az", "figure/1",
    ],
)  # fmt: skip
def test_what_names_none(text):
    assert not is_subject(text)


def test_control_a_field_more_or_less_or_of_another_type_is_wrong():
    page = {"format": 1, "language": "en", "note": "", "number": 3, "date": "2021-03-03", "headline": ""}
    page |= {"sentence": "", "summary": "", "occasion": "", "closed": False}
    assert what_is_wrong(page, TYPES["page"], "page") == []

    assert what_is_wrong(page | {"mood": ""}, TYPES["page"], "page")
    assert what_is_wrong({key: page[key] for key in page if key != "closed"}, TYPES["page"], "page")
    assert what_is_wrong(page | {"number": "3"}, TYPES["page"], "page") == ["page.number: '3'"]
    assert what_is_wrong(page | {"closed": 0}, TYPES["page"], "page") == ["page.closed: 0"]


def test_what_the_press_prints_has_just_the_fields_of_its_type(built):
    editions = list(Edition.objects.with_document())

    assert len(editions) > 50
    for edition in editions:
        wanted = type_of(edition.subject, edition.action, edition.document)
        assert what_is_wrong(edition.document, wanted, edition.subject) == []
        assert edition.document["format"] == FORMAT
        assert is_subject(edition.subject)
