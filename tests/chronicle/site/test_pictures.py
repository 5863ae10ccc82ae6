"""The picture beside a shared link: one for each day, drawn from what readers see of it."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageColor

from chronicle.site import pictures
from chronicle.site.pictures import Picture
from tests.support.factories import EventFactory
from tests.support.record import THIRD, Telling, make_page, make_story, make_term, print_entries, print_many

RIVER = Picture("The flood", "Day", 3, "3 March 2021", "The river rises", (1, 0, 9, 0, 5, 0), now=2)


def with_words(headline: str, **others) -> Picture:
    return Picture(**{**RIVER.__dict__, "headline": headline, **others})


def image(data: bytes) -> Image.Image:
    found = Image.open(BytesIO(data))
    found.load()
    assert (found.format, found.size) == ("PNG", (1200, 630))
    return found


def differs(one: bytes, other: bytes) -> tuple[int, int, int, int] | None:
    """The box within which two pictures differ; None where they are the same."""
    return ImageChops.difference(image(one), image(other)).getbbox()


@pytest.mark.no_database
@pytest.mark.parametrize(
    "headline",
    [
        "",
        "The river rises",
        "أُغلقت البوابة السفلى عند الساعة 11:00",
        "השער (The Gate) נסגר",
        "上海",
        "x" * 200,
        "word " * 40,
        "ب" * 200,
        "\ufdfd" * 20,
        "\u0301" * 200,
        "a\u202e\u2066\u0000b",
        "🌊" * 20,
        "\U0010fffd",
    ],
)
def test_any_words_make_a_picture(headline):
    image(pictures.png(with_words(headline, title=headline)))


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("number", "shades", "now"), [(0, (), None), (10**12, (9,), 0), (1, (0,) * 61, 60), (7, (1,) * 5000, 0)]
)
def test_any_numbers_make_a_picture(number, shades, now):
    image(pictures.png(with_words("The river rises", number=number, shades=shades, now=now)))


@pytest.mark.no_database
def test_words_without_a_face_are_left_out_and_the_number_is_not():
    bare = pictures.png(with_words(""))

    assert differs(pictures.png(with_words("上海 flood")), bare) is None
    assert differs(pictures.png(with_words("Shanghai flood")), bare)
    assert differs(pictures.png(with_words("", number=4)), bare)


@pytest.mark.no_database
def test_right_to_left_words_end_at_the_right_edge():
    bare = pictures.png(with_words(""))

    left, _, right, _ = differs(pictures.png(with_words("השער נסגר")), bare)
    other_left, _, other_right, _ = differs(pictures.png(with_words("A gate")), bare)

    assert right > 1200 - pictures.MARGIN - 12 and left > 700
    assert other_right < 700 and other_left < 300


@pytest.mark.no_database
def test_no_headline_leaves_its_room():
    bare = pictures.png(with_words(""))

    for headline in ("x" * 200, "Wide " * 40, "ب" * 200, "gjpqy " * 33):
        left, top, right, bottom = differs(pictures.png(with_words(headline)), bare)
        assert left > 150 and top > 124 and right <= 1200 - pictures.MARGIN + 4 and bottom < 503


@pytest.mark.no_database
@pytest.mark.parametrize("now", [0, 30, 60])
def test_the_day_itself_is_framed_on_every_side(now):
    shades = (9, 0, 5) * 21
    framed = image(pictures.png(with_words("", shades=shades[:61], now=now)))
    bare = image(pictures.png(with_words("", shades=shades[:61], now=None)))

    left, top, right, bottom = ImageChops.difference(framed, bare).getbbox()

    corners = [(x, y) for x in (left, right - 1) for y in (top, bottom - 1)]
    sides = [(left, 530), (right - 1, 530), ((left + right) // 2, top), ((left + right) // 2, bottom - 1)]
    assert {framed.getpixel(at) for at in (*corners, *sides)} == {ImageColor.getrgb(pictures.INK)}


@pytest.fixture
def flood(db):
    story = make_story()
    kind = make_term(story, "kind", "Weather")
    print_entries(make_page(story, headline="The river rises"), [Telling("Rain", kind)])
    return story


def test_a_day_has_its_own(client, flood):
    third, second = (client.get(f"/the-flood/day-{n}/picture.png") for n in (3, 2))

    assert third["Content-Type"] == "image/png"
    assert third["Cache-Control"] in ("public, max-age=86400", "max-age=86400, public")
    assert "Set-Cookie" not in third and "Vary" not in third
    assert differs(third.content, second.content)
    assert third["ETag"] != second["ETag"]


def test_a_chronicle_has_its_own(client, flood):
    whole = client.get("/the-flood/picture.png")

    assert differs(whole.content, client.get("/the-flood/day-6/picture.png").content)


def test_whoever_has_it_is_not_sent_it_again(client, flood):
    first = client.get("/the-flood/day-3/picture.png")

    again = client.get("/the-flood/day-3/picture.png", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "max-age=86400" in again["Cache-Control"]


@pytest.mark.parametrize("change", ["headline", "title", "entries"])
def test_what_is_printed_anew_is_another_picture(client, flood, change):
    first = client.get("/the-flood/day-3/picture.png")
    if change == "headline":
        flood.pages.update(headline="The river falls")
    elif change == "title":
        type(flood).objects.update(title="The great flood")
    else:
        print_many(make_page(flood, THIRD.replace(day=2)), 9)

    again = client.get("/the-flood/day-3/picture.png", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert differs(first.content, again.content)


@pytest.mark.parametrize(
    "address",
    [
        "/the-flood/day-0/picture.png",
        "/the-flood/day-7/picture.png",
        f"/the-flood/day-{'9' * 4000}/picture.png",
        f"/the-flood/day-{'9' * 5000}/picture.png",
        "/nowhere/day-3/picture.png",
        "/nowhere/picture.png",
        "/the-flood/day-x/picture.png",
    ],
)
def test_a_day_that_there_is_not_has_none(client, flood, address):
    assert client.get(address).status_code == 404


def test_a_number_has_one_spelling(client, flood):
    response = client.get("/the-flood/day-003/picture.png?v=1")

    assert (response.status_code, response["Location"]) == (301, "/the-flood/day-3/picture.png")


def test_the_address_that_a_page_gives_is_one_of_a_picture(client, db):
    EventFactory(published=True, headline="Մի կամուրջ փակ է")

    for address in ("/the-flood/picture.png", "/the-flood/day-3/picture.png"):
        image(client.get(address).content)
        assert client.head(address).status_code == 200
