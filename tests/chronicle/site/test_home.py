import pytest

from tests.support.reading import links, words
from tests.support.record import make_story

pytestmark = pytest.mark.django_db


def test_without_a_chronicle_it_says_so(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "There is no chronicle yet" in words(response)


def test_the_only_chronicle_is_where_the_reader_goes(client):
    make_story()

    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/the-flood/")


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
