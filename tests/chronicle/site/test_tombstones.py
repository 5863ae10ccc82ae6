"""What readers get in place of what was taken down: that it was, when, and no word of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Edition, Entry, Term, Text
from events.editorial import publishing, texts, writing
from tests.support.cast import entry_of, publish, term_of
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    DayFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
    TextFactory,
    fresh,
)
from tests.support.media import make_material, use
from tests.support.reading import links, main_of, words
from tests.support.taking import take

pytestmark = pytest.mark.django_db
MOST = 8
CANARY = "pelican"
ENTRY = "/the-flood/entry/1/"


def status_of(client, file: str) -> int:
    response = client.get(file)
    response.close()
    return response.status_code


def holds_canary(response) -> bool:
    """Whether an answer holds the word; what was typed is told again, and typed in capitals."""
    content = response.content.decode()
    return CANARY in content or CANARY.capitalize() in content


def asked(client, address: str) -> tuple[int, int]:
    """The status of an answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as sent:
        response = client.get(address)
    return response.status_code, len(sent)


@pytest.fixture
def place():
    return PlaceFactory(name="Pelican Point")


@pytest.fixture
def source():
    return SourceFactory(title="The pelican returns", outlet__name="The Pelican Post")


@pytest.fixture
def told(place, source):
    return EventFactory(
        headline="A pelican landed",
        text="<p>One pelican.</p>",
        wording="10:30",
        places=[place],
        actors=[ActorFactory(name="Pelican watchers")],
        source=source,
        quote="It was a pelican.",
        decided="approved",
        fate="published",
    )


@pytest.mark.parametrize(("legal", "status"), [(False, 410), (True, 451)])
def test_an_entry_that_was_taken_down_leaves_a_tombstone(client, told, legal, status):
    take("entry/1", legal=legal)

    response = client.get(ENTRY)

    assert response.status_code == status
    said = words(response)
    assert "This entry was taken down" in said
    assert ("A legal order asked for it." in said) == legal
    assert re.search(r"Editions Taken down \d+ \w+ \d{4}, \d\d:\d\d First published \d+", said)
    assert len(re.findall(r"\b[0-9a-f]{64}\b", said)) == 2
    assert '<meta name="robots" content="noindex,follow">' in response.content.decode()
    assert links(response)[0] == "/the-flood/day-3/"
    assert not holds_canary(response)


def test_one_that_was_withdrawn_has_the_same_tombstone_with_its_reason(client, told, editor):
    publishing.withdraw(told, by=editor, seen=told.version, reason="It was a heron.")

    response = client.get(ENTRY)

    assert response.status_code == 410
    assert "This entry was withdrawn It was a heron." in words(response)


def test_once_it_is_taken_down_the_reason_is_gone_too(client, told, editor):
    publishing.withdraw(told, by=editor, seen=told.version, reason="It was a heron.")
    take("entry/1")

    said = words(client.get(ENTRY))

    assert "heron" not in said
    assert "This entry was taken down" in said


FACETS = {
    "kind": ("kind", "All kinds"),
    "place": ("place", "All places"),
    "actor": ("person or body", "All people and bodies"),
    "outlet": ("outlet", "All outlets"),
    "source": ("source", "All sources"),
}


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize(("legal", "status"), [(False, 410), (True, 451)])
def test_so_does_a_term_of_any_facet(client, told, facet, legal, status):
    term = Term.objects.select_related("chronicle").get(facet=facet)
    before = term.get_absolute_url()
    called, leads_back = FACETS[facet]
    assert client.get(before).status_code == 200

    take(term.subject, legal=legal)

    by_number = f"/the-flood/{facet}/1/"
    # The address of before has its name, and leads to the one that has none.
    assert client.get(before)["Location"] == by_number
    response = client.get(by_number)
    assert response.status_code == status
    assert f"This {called} was taken down" in words(response)
    assert leads_back in words(response)
    assert term.label not in response.content.decode()
    assert term.slug not in response.content.decode()
    assert asked(client, by_number)[1] <= MOST


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("media_folder")
@pytest.mark.parametrize(("legal", "status"), [(False, 410), (True, 451)])
def test_so_does_a_medium_and_its_files_are_gone(client, editor, legal, status):
    material = make_material(caption="A pelican at dusk")
    publish(use(EventFactory(approved=True), material), editor)
    term = term_of(material)
    files = re.findall(r"/media/[0-9a-f]{2}/[^\s\"]+", client.get(ENTRY).content.decode())
    assert {status_of(client, file) for file in files} == {200}

    take(term.subject, legal=legal)

    response = client.get(term.get_absolute_url(), follow=True)
    assert response.status_code == status
    assert "This picture or document was taken down" in words(response)
    assert {status_of(client, file) for file in files} == {404}
    known = {"HTTP_IF_NONE_MATCH": f'"{files[0].rpartition("/")[2][:64]}"'}
    assert client.get(files[0], **known).status_code == 404
    for page in (ENTRY, "/the-flood/day-3/", "/the-flood/media/", "/the-flood/timeline/?q=PELICAN"):
        assert not holds_canary(client.get(page)), page
    assert "A picture or document that stood here was taken down ." in words(client.get(ENTRY))


@pytest.mark.parametrize(("legal", "status"), [(False, 410), (True, 451)])
def test_so_does_a_text_and_nothing_leads_there(client, told, legal, status):
    TextFactory(published=True, title="About the pelican")
    assert "/the-flood/about/" in client.get("/the-flood/").content.decode()

    take("text/about", legal=legal)

    response = client.get("/the-flood/about/")
    assert response.status_code == status
    assert "This page was taken down" in words(response)
    assert not holds_canary(response)
    assert "/the-flood/about/" not in client.get("/the-flood/").content.decode()
    assert "/about/" not in client.get("/the-flood/sitemap-1.xml").content.decode()
    assert asked(client, "/the-flood/policy/") == (404, 1)


def test_a_day_whose_words_were_taken_says_so_in_their_place(client, told, editor):
    day = fresh(told.day)
    day.headline, day.sentence, day.summary = "The pelican day", "A pelican came.", "<p>A pelican.</p>"
    writing.save_day(day, by=editor, seen=day.version)
    publishing.publish_day(day, by=editor, seen=fresh(day).version)
    picture = client.get("/the-flood/day-3/picture.png")

    take(f"page/{day.date}", legal=True)

    response = client.get("/the-flood/day-3/")
    assert response.status_code == 200
    said = words(response)
    assert re.search(
        r"Day 3 of The flood The words of this day were taken down on .*, as a legal order asked.", said
    )
    assert "pelican day" not in response.content.decode()
    assert "A pelican came" not in response.content.decode()
    assert "A pelican landed" in said
    again = client.get("/the-flood/day-3/picture.png", HTTP_IF_NONE_MATCH=picture["ETag"])
    assert again.status_code == 200
    assert again.content != picture.content


LINE = re.compile(r"An entry was taken down on \d{1,2} \w+ \d{4} \.?")


@pytest.mark.parametrize(
    "address",
    ["day-3/", "timeline/", "timeline/?order=oldest", "timeline/?by=told", "timeline/?by=told&order=oldest"],
)
def test_a_list_has_one_line_at_the_end_of_its_day(client, told, address):
    EventFactory(headline="A raft held at noon", wording="12:00", published=True)
    EventFactory(headline="A raft held at night", wording="23:59", published=True)
    take("entry/1")

    response = client.get(f"/the-flood/{address}")

    said = words(response)
    assert said.count("An entry was taken down on") == 1
    assert said.index("An entry was taken down on") > said.index("A raft held at night")
    assert said.index("An entry was taken down on") > said.index("A raft held at noon")
    assert ENTRY in links(response)
    assert not holds_canary(response)
    assert asked(client, f"/the-flood/{address}")[1] <= MOST


@pytest.mark.parametrize(
    "address", ["day-3/?part=morning", "timeline/?q=PELICAN", "timeline/?kind=1", "kind/1-damage/"]
)
def test_a_list_of_what_was_chosen_has_none(client, told, address):
    EventFactory(headline="A raft held", wording="11:00", published=True)
    take("entry/1")

    assert "An entry was taken down" not in words(client.get(f"/the-flood/{address}"))


def test_it_is_counted_nowhere_and_its_day_stays(client, told):
    later = DayFactory(date="2021-03-05")
    EventFactory(headline="A raft held", day=later, published=True)
    take("entry/1")

    day = client.get("/the-flood/day-3/")
    assert day.status_code == 200
    assert "Nothing is recorded" not in words(day)
    assert "Day 3, 3 March 2021: an entry was taken down" in day.content.decode()
    assert "/the-flood/day-3/" in links(client.get("/the-flood/day-5/"))
    assert (
        "Day 3, 3 March 2021: an entry was taken down" in client.get("/the-flood/timeline/").content.decode()
    )
    overview = words(client.get("/the-flood/"))
    assert "1 entry on 1 of 6 days, from 1 source of 1 outlet." in overview
    assert "taken down" in words(client.get("/the-flood/days/"))
    assert ENTRY not in client.get("/the-flood/sitemap-3.xml").content.decode()


def test_a_page_of_a_hundred_goes_on_to_what_was_taken_down(client, told, monkeypatch):
    monkeypatch.setattr("chronicle.site.views.pages.PER_PAGE", 2)
    for n in range(2):
        EventFactory(headline=f"A raft held {n}", wording="11:00", published=True)
    take("entry/1")

    first = client.get("/the-flood/day-3/")
    [onward] = [link for link in links(first) if "after=" in link]

    assert "An entry was taken down" not in words(first)
    assert "An entry was taken down" in words(client.get(f"/the-flood/day-3/{onward}"))


def test_an_entry_names_nothing_that_was_taken_but_says_that_it_was(client, told, place, source):
    kept = CitationFactory(event=told, source=SourceFactory(title="A heron"), quote="A bird.", approved=True)
    take("place/1", "actor/1", term_of(source).subject, term_of(source.outlet).subject)

    for address in (ENTRY, "/the-flood/day-3/", "/the-flood/timeline/"):
        content = client.get(address).content.decode()
        for told_of in ("Pelican Point", "Pelican watchers", "The pelican returns", "The Pelican Post"):
            assert told_of not in content, address
        assert "/the-flood/place/1/" in content
        assert "taken down" in content
    data = client.get(ENTRY).content.decode()
    assert (
        "taken down" not in re.search(r'<script type="application/ld\+json">.*?</script>', data, re.S).group()
    )
    assert term_of(kept.source).label == "A heron"


INDEXES = [
    "places/",
    "people/",
    "outlets/",
    "sources/",
    "kinds/",
    "places/?order=number",
    "sources/?order=date",
]


@pytest.mark.parametrize("address", INDEXES)
def test_no_index_lists_what_was_taken(client, told, address):
    take("place/1", "actor/1", "source/1", "outlet/1", "kind/1")

    content = client.get(f"/the-flood/{address}").content.decode()

    assert CANARY not in content
    assert "taken down" not in content
    assert not re.search(r"/(place|actor|source|outlet|kind)/1", content)


@pytest.mark.parametrize(
    "address",
    [
        "", "days/", "timeline/?place=1", "timeline/?q=PELICAN", "timeline/?place=PELICAN+POINT",
        "timeline/?source=1&outlet=1&kind=1", "timeline/suggest/?q=PEL",
        "timeline/suggest/?facet=place&place=PEL", "day-3/?place=1&actor=1", "source/2-a-heron/",
        "place/2-the-bay/",
        "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml",
    ],
)  # fmt: skip
def test_no_list_choice_or_page_names_it(client, told, place, source, address):
    bay = PlaceFactory(name="The bay", within=place)
    heron = SourceFactory(title="A heron", outlet=source.outlet)
    event = EventFactory(headline="A heron", places=[bay], source=heron, decided="approved", fate="published")
    take("entry/1", "place/1", "actor/1", term_of(source).subject, term_of(source.outlet).subject, "kind/1")

    response = client.get(f"/the-flood/{address}")

    assert response.status_code == 200
    assert not holds_canary(response)
    assert entry_of(event).card
    assert asked(client, f"/the-flood/{address}")[1] <= MOST


@pytest.fixture
def corrected(told, editor):
    """Corrected twice: first the pelican goes, then a word comes."""
    for headline, note in (("A heron landed", "It was no pelican."), ("A grey heron landed", "It was grey.")):
        event = fresh(told)
        event.headline, event.text = headline, "<p>One bird.</p>"
        writing.save_event(event, by=editor, seen=event.version)
        publish(event, editor, note)
    return fresh(told)


def history_of(response) -> str:
    return re.search(r'<section class="history".*?</section>', main_of(response), re.S).group()


def test_a_taken_edition_shows_what_was_done_and_when_and_no_words(client, corrected):
    take(("entry/1", (1,)))

    response = client.get(ENTRY)

    assert response.status_code == 200
    told = history_of(response)
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", told))
    assert re.search(r"Taken down \d+ .*Addition .*Correction .*First published", said)
    assert said.count("The words of this edition were taken down.") == 1
    assert "landed" not in said.partition("Correction")[2]
    assert "grey" in said
    assert "A pelican landed" not in response.content.decode()


def test_what_comes_after_a_takedown_is_beside_what_came_before(client, corrected, editor):
    take(("entry/1", (1,)))
    corrected.headline = "A grey heron waded"
    writing.save_event(corrected, by=editor, seen=corrected.version)
    publish(corrected, editor, "It did not land.")

    told = history_of(client.get(ENTRY))

    assert '<del><span class="unseen">taken out: </span>landed</del>' in told
    assert told.count("<del>") == 1 + told.partition("Taken down")[2].count("<del>")


def test_so_does_a_taken_edition_of_a_text(client, admin_person):
    about = TextFactory(published=True, title="About the pelican")
    for title in ("About the heron", "About the grey heron"):
        about = fresh(about)
        about.title = title
        texts.save_text(about, by=admin_person, seen=about.version)
        texts.publish_text(about, by=admin_person, seen=about.version, note=f"Now {title}.")

    take(("text/about", (1,)))

    response = client.get("/the-flood/about/")
    said = words(response)
    assert said.count("The words of this edition were taken down.") == 1
    assert not holds_canary(response)
    assert "put in: grey" in said


def test_a_tombstone_takes_few_queries_however_many_editions_there_were(client, corrected):
    take("entry/1")

    assert asked(client, ENTRY) == (410, 3)
    assert Edition.objects.filter(subject="entry/1").count() == 4
    assert (Entry.objects.count(), Text.objects.count()) == (1, 0)
