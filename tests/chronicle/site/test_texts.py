"""The pages of a chronicle beside its days: what they show, how they changed, and the way to them."""

import re

import pytest

from chronicle.documents import TEXTS
from events.editorial import publishing, texts
from tests.support.answers import addresses
from tests.support.cast import fresh
from tests.support.factories import FIRST, EventFactory, TextFactory
from tests.support.reading import words
from tests.support.record import make_story

ABOUT = "/the-flood/about/"
ALWAYS = [("/the-flood/corrections/", "Corrections"), ("/the-flood/feeds/", "Feeds")]
ALWAYS += [("/the-flood/codebook/", "Standards and grades")]
"""What every footer of the chronicle leads to."""


def footer_of(response) -> list[tuple[str, str]]:
    """The address and the words of each link in the footer."""
    footer = re.search(r'<footer class="foot">.*</footer>', response.content.decode(), re.S).group()
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', footer)


def tell_otherwise(row, words, note):
    """Have its author write and publish ``words`` in place of a published text."""
    text, admin = fresh(row), row.decisions.first().by
    text.text = f"<p>{words}</p>"
    texts.save_text(text, by=admin, seen=text.version)
    return texts.publish_text(fresh(text), by=admin, seen=text.version, note=note)


def test_a_reader_finds_what_it_says_and_since_when(client, admin_person):
    TextFactory(published=True, text="<p>The river <em>rose</em> in March.</p>")

    page = client.get(ABOUT)

    assert page.status_code == 200
    assert "About the flood The river rose in March." in words(page)
    assert "<em>rose</em>" in page.content.decode()
    assert re.search(r"Last printed \d+ \w+ \d{4},? \d\d:\d\d edition 1,", words(page))
    assert "First published" in words(page)


def test_machines_are_told_its_one_address_its_title_and_its_first_words(client, admin_person):
    TextFactory(published=True, text="<p>The river rose.</p><p>It fell.</p>")

    head = client.get(f"{ABOUT}?x=1", follow=True).content.decode().partition("</head>")[0]

    assert f'<link rel="canonical" href="http://testserver{ABOUT}">' in head
    assert '<meta property="og:title" content="About the flood">' in head
    assert '<meta name="description" content="The river rose. It fell.">' in head


def test_how_it_changed_stands_at_its_foot_newest_first(client, admin_person):
    text = TextFactory(published=True)
    corrected = tell_otherwise(text, "The river rose in April.", note="It was a month later.")
    added = tell_otherwise(text, "The river rose in April. So it did in Lisbon.", note="Where.")

    told = words(client.get(ABOUT))

    assert (corrected.action, added.action) == ("correction", "addition")
    order = [
        "So it did in Lisbon",
        "Addition",
        "Where.",
        "Correction",
        "It was a month later.",
        "First published",
    ]
    assert [told.index(each) for each in order] == sorted(told.index(each) for each in order)
    assert "rose in taken out: March. put in: April." in told
    assert "put in: So it did in Lisbon." in told


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "codebook"])
def test_one_that_was_never_published_is_nowhere_in_the_navigation_of_its_chronicle(client, db, name):
    make_story()

    response = client.get(f"/the-flood/{name}/")

    assert response.status_code == 404
    assert f"“The flood” has no page “{name}” so far." in words(response)
    assert b'<nav aria-label="Chronicle">' in response.content
    assert footer_of(response) == ALWAYS


def test_a_draft_of_one_answers_like_none(client, published):
    before = client.get(ABOUT).content
    TextFactory()

    assert client.get(ABOUT).content == before


@pytest.mark.parametrize("address", ["/the-flood/imprint/", "/the-flood/About/", "/nowhere/about/"])
def test_no_other_page_is_there(client, admin_person, address):
    TextFactory(published=True)

    assert client.get(address).status_code == 404


def test_what_was_typed_is_never_markup_of_the_page(client, admin_person):
    text = "<p>a &lt;b found, R&amp;D</p><script>alert(1)</script><p onclick='x'>شوشا</p>"
    TextFactory(published=True, title="<script>About</script>", text=text)

    page = client.get(ABOUT)

    assert "a <b found, R&D" in words(page)
    assert b"<script" not in page.content
    assert b"onclick" not in page.content
    assert re.search(r'<h1 dir="auto">&lt;script&gt;', page.content.decode())
    assert re.search(r'<div class="text" dir="auto">', page.content.decode())


def test_the_footer_of_every_page_of_the_chronicle_leads_to_those_that_are_published(client, admin_person):
    EventFactory(published=True)
    gone = EventFactory(published=True, headline="Another bridge")
    publishing.withdraw(gone, by=gone.created_by, seen=1, reason="It was another bridge.")
    for name in ("contact", "about"):
        TextFactory(name=name, published=True)
    TextFactory(name="policy")
    wanted = [
        *ALWAYS,
        ("/the-flood/about/", "About"),
        ("/the-flood/contact/", "Contact"),
    ]

    statuses = set()
    for address in addresses(["the-flood"], [FIRST]):
        is_now = address.startswith("/the-flood/") and "as_of=" not in address
        response = client.get(address) if is_now else None
        if response is not None and b'<footer class="foot">' in response.content:
            statuses.add(response.status_code)
            assert footer_of(response) == wanted, address

    assert statuses == {200, 404, 410}


def test_the_page_that_is_open_is_marked_in_the_footer(client, admin_person):
    TextFactory(published=True)

    assert f'<a href="{ABOUT}" aria-current="page">About</a>' in client.get(ABOUT).content.decode()
    assert "aria-current" not in footer_html(client.get("/the-flood/"))


def footer_html(response) -> str:
    return response.content.decode().partition('<footer class="foot">')[2]


def test_a_chronicle_without_texts_leads_to_its_corrections_alone_and_the_front_page_to_nothing(client, db):
    make_story()

    assert footer_of(client.get("/the-flood/")) == ALWAYS
    assert "<nav" not in footer_html(client.get("/"))
