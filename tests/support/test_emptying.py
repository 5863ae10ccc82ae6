"""The guard of the editions stands in tests, is lifted only where asked, and comes back."""

import pytest
from django.db import Error, connection, transaction

from chronicle.models import Edition
from tests.support.emptying import unguarded
from tests.support.record import LONG_AGO, make_story


@pytest.fixture
def edition(db: None) -> Edition:
    return Edition.objects.create(
        chronicle=make_story(),
        seq=1,
        subject="page/2021-03-03",
        edition=1,
        action="first",
        at=LONG_AGO,
        by="desk-1",
        commitment="0" * 64,
        leaf="1" * 64,
    )


def refuses_to_empty() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM chronicle_edition")
    except Error as refusal:
        return "Editions are only added" in str(refusal)
    return False


def test_an_edition_can_be_tampered_with_only_while_unguarded(edition: Edition):
    assert refuses_to_empty()

    with unguarded():
        Edition.objects.update(by="tampered")

    assert Edition.objects.get().by == "tampered"
    assert refuses_to_empty()


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_that_commits_begins_with_no_edition(transactional_db: None, time: str, request):
    assert not Edition.objects.exists()

    request.getfixturevalue("edition")

    assert refuses_to_empty()
