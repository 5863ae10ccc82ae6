"""LIKE, by which Django compares whatever the case, knows the letters of every script on both databases."""

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper as AsDjangoHasIt

from events.models import Outlet
from tests.support.factories import OutletFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Шуша Сегодня", "шуша сегодня"),
        ("ΕΘΝΟΣ", "εθνος"),
        ("Élan", "ÉLAN"),
        ("Շուշի", "ՇՈՒՇԻ"),
        ("50% más_", "50% MÁS_"),
    ],
)
def test_a_name_is_known_whatever_its_case(name, typed):
    outlet = OutletFactory(name=name)
    OutletFactory(name="Another")

    assert Outlet.objects.filter(name__iexact=typed).get() == outlet
    assert Outlet.objects.filter(name__icontains=typed[1:-1]).get() == outlet
    assert Outlet.objects.filter(name__istartswith=typed[:-1]).get() == outlet
    assert not Outlet.objects.filter(name__iexact=typed[:-1]).exists()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("pattern", "text", "is_like"),
    [
        ("straße", "STRASSE", 1),
        ("İstanbul", "istanbul", 1),
        ("ΟΔΟΣ", "οδος", 1),
        ("%ш_ша%", "В Шуше и ШУША", 1),
        ("a\\%b", "A%B", 1),
        ("a\\%b", "a-b", 0),
        ("a\\_b", "a-b", 0),
        ("a%", "A\nb", 1),
        ("%", "", 1),
        ("", "a", 0),
        (None, "a", None),
        ("%", None, None),
    ],
)
def test_like_on_sqlite(pattern, text, is_like):
    assert like(connection, pattern, text) == is_like


@pytest.mark.only_on("sqlite")
def test_control_djangos_own_knows_the_letters_of_english_alone():
    theirs = AsDjangoHasIt({**connection.settings_dict, "NAME": ":memory:", "OPTIONS": {}}, alias="theirs")

    assert (like(connection, "шуша", "Шуша"), like(theirs, "шуша", "Шуша"), like(theirs, "a", "A")) == (
        1,
        0,
        1,
    )
    theirs.close()


def like(database, pattern, text):
    with database.cursor() as cursor:
        cursor.execute("SELECT %s LIKE %s ESCAPE '\\'", [text, pattern])
        return cursor.fetchone()[0]
