"""The site has words for every code of a medium that the desk has; the two do not import each other."""

import pytest

from chronicle.record import figures, rights
from chronicle.site.dossiers.medium import ORDER, SOURCE_TYPES
from events.models.rights import Graphic, Rights, SourceType
from media.models import Rendition
from media.models.rendition import EXTENSIONS

pytestmark = pytest.mark.no_database


def test_each_right_is_called_alike():
    assert dict(Rights.choices) == rights.WORDS


def test_each_way_in_which_a_file_came_to_be_has_words():
    assert {code: label.lower() for code, label in SourceType.choices} == SOURCE_TYPES


def test_whatever_upsets_is_covered():
    assert set(Graphic.values) - {Graphic.NONE.value} == set(figures.WARNINGS)


def test_each_format_has_an_ending_and_a_name():
    assert figures.EXTENSIONS == EXTENSIONS
    assert set(figures.FORMATS) == set(figures.MIMES) == set(ORDER) == set(EXTENSIONS)
    assert set(Rendition.Format.values) == set(EXTENSIONS)


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("PDM-1.0", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("InC-OW-EU", "https://rightsstatements.org/vocab/InC-OW-EU/1.0/"),
        ("NKC", "https://rightsstatements.org/vocab/NKC/1.0/"),
        ("own", ""),
        ("contract", ""),
        ("", ""),
        ("CC-MADE-UP", ""),
    ],
)
def test_where_a_right_is_explained(code, address):
    assert rights.address_of(code) == address
