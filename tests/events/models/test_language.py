"""Which codes of languages are taken."""

import pytest
from django.core.exceptions import ValidationError

from events.models.language import language_tag

pytestmark = pytest.mark.no_database


TAGS = "en az und en-GB sr-Latn zh-Hant-TW es-419 de-1996 sl-rozaj-biske az-x-desk".split()
OTHERS = ["english", "Klingonisch", "e", "en-", "-en", "en--GB", "en GB", "٣٣", "русский", "a" * 36]


@pytest.mark.parametrize("code", TAGS)
def test_takes_tags(code):
    language_tag(code)


@pytest.mark.parametrize("code", OTHERS)
def test_refuses_the_rest_in_a_sentence(code):
    with pytest.raises(ValidationError, match="no language tag"):
        language_tag(code)


def test_says_what_to_write_instead_of_an_underscore():
    with pytest.raises(ValidationError, match="Write “en-US”"):
        language_tag("en_US")
