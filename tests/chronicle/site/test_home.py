import re

import pytest

from tests.support.reading import links, main_of, words
from tests.support.record import FIRST, Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db


def test_without_a_chronicle_it_says_so(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "There is no chronicle yet" in words(response)


def test_the_only_chronicle_is_where_the_reader_goes(client):
    make_story()

    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/the-flood/")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("as_of=log:812", "?as_of=log:812"),
        ("as_of=2020-11-08T18:00%2B04:00", "?as_of=2020-11-08T18:00%2B04:00"),
        ("as_of=", "?as_of="),
        ("as_of=%0d%0aX:1%26a=b", "?as_of=%0D%0AX:1%26a%3Db"),
        ("other=1", ""),
    ],
)
def test_the_only_chronicle_is_gone_to_at_the_moment_that_was_asked_for(client, asked, kept):
    make_story()

    assert client.get(f"/?{asked}")["Location"] == f"/the-flood/{kept}"


def test_several_are_listed_by_title_with_their_days(client):
    make_story()
    make_story(title="A drought", slug="a-drought", last_date=None, description="No rain & no end.")

    response = client.get("/")

    assert links(response) == ["/a-drought/", "/the-flood/"]
    assert "1 March 2021 – going on" in words(response)
    assert "1 March 2021 – 6 March 2021" in words(response)
    assert "No rain & no end." in words(response)


def test_what_editors_typed_is_shown_as_text(client):
    make_story()
    make_story(title="<b>Bold</b>", slug="bold", description="<script>alert(1)</script>")

    response = client.get("/")

    assert b"<script" not in response.content
    assert "<b>Bold</b> <script>alert(1)</script>" in words(response)


def test_each_shows_how_much_its_last_days_tell(client):
    flood = make_story()
    kind = make_term(flood, "kind", "Damage")
    print_entries(make_page(flood), [Telling("Rain", kind)] * 4)
    print_entries(make_page(flood, FIRST), [Telling("Rain", kind)])
    make_story(title="A drought", slug="a-drought")

    html = main_of(client.get("/"))

    assert re.findall(r'<i class="shade (n\d)" title="(.*?)">', html) == [
        ("n0", "Day 1, 1 March 2021: nothing recorded"),
        ("n4", "Day 1, 1 March 2021: 1 entry"),
        ("n0", "Day 2, 2 March 2021: nothing recorded"),
        ("n9", "Day 3, 3 March 2021: 4 entries"),
    ]
