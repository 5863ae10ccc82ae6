"""What a page tells in the words of schema.org: as much as it shows, never more, and no more exactly."""

import re
from datetime import UTC, date, datetime, time

import pytest

from chronicle.models import Edition
from events.editorial import moderation
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
)
from tests.support.reading import data_of, headlines, links, main_of, without_scripts
from tests.support.record import (
    LONG_AGO,
    Telling,
    make_page,
    make_story,
    make_term,
    print_entries,
    print_many,
)

pytestmark = pytest.mark.django_db
HOSTILE = '</script><script>alert(1)</script> <!-- ]]> & \u2028\u2029 \\u003c "'


@pytest.fixture
def baku():
    """The flood in a zone that is never UTC."""
    return StoryFactory(zone="Asia/Baku")


def event_of(client, **fields):
    """What the page of one new entry tells."""
    event = EventFactory(published=True, **fields)
    return data_of(client.get(f"/the-flood/entry/{event.printed.number}/"))


def dates(data) -> dict:
    return {name: data[name] for name in ("startDate", "endDate", "doorTime", "duration") if name in data}


@pytest.mark.parametrize(
    ("wording", "known"),
    [
        ("14:30", {"startDate": "2021-03-03T14:30:00+04:00"}),
        ("14:30:12", {"startDate": "2021-03-03T14:30:12+04:00"}),
        ("", {"startDate": "2021-03-03"}),
        ("about 14:30", {"startDate": "2021-03-03"}),
        ("morning", {"startDate": "2021-03-03"}),
        ("between 14:00 and 16:00", {"startDate": "2021-03-03"}),
        ("1-3 March", {"startDate": "2021-03"}),
        ("28 February-1 March", {"startDate": "2021"}),
        ("all day", {"startDate": "2021-03-03", "endDate": "2021-03-03"}),
        ("since 11:00", {"startDate": "2021-03-03"}),
        ("since about 11:00", {"startDate": "2021-03-03"}),
        ("until 18:00", {"endDate": "2021-03-03"}),
        ("after 11:00", {}),
        ("by 18:00", {}),
    ],
)
def test_a_time_is_told_no_more_exactly_than_it_is_known(client, baku, wording, known):
    assert dates(event_of(client, wording=wording)) == known


def test_what_lies_in_two_years_has_no_date_in_common(client):
    StoryFactory(first_date=date(2020, 12, 1), last_date=date(2021, 3, 6), zone="Asia/Baku")

    assert dates(event_of(client, wording="31 December 2020-1 January 2021")) == {}


def test_an_entry_is_an_event_with_the_sources_that_it_rests_on(client, baku):
    place, who = PlaceFactory(story=baku), ActorFactory(story=baku)
    source = SourceFactory(outlet__story=baku, published_on="2021-03", url="https://post.example/river")

    data = event_of(client, headline="A bridge is closed", places=[place], actors=[who], source=source)

    page = "http://testserver/the-flood/entry/1/"
    post = data.pop("subjectOf")
    assert data == {
        "@context": "https://schema.org",
        "@type": "Event",
        "url": page,
        "name": "A bridge is closed",
        "startDate": "2021-03-03",
        "location": [{"@type": "Place", "name": "The old bridge"}],
        "inLanguage": "en",
    }
    assert (post["@type"], post["url"], post["headline"]) == ("BlogPosting", page, "A bridge is closed")
    assert post["creativeWorkStatus"] == "Single source"
    assert post["isPartOf"]["url"] == "http://testserver/the-flood/"
    assert post["citation"] == [
        {
            "@type": "NewsArticle",
            "name": "The river rises",
            "publisher": {"@type": "Organization", "name": "The Harbour Post"},
            "url": "https://post.example/river",
            "datePublished": "2021-03",
            "inLanguage": "en",
        }
    ]


def test_a_source_is_named_once_and_one_without_a_date_has_none(client):
    event = EventFactory(published=True)
    radio = SourceFactory(broadcast=True)
    for quote in ("It is closed.", "It will stay closed."):
        CitationFactory(event=event, source=radio, quote=quote, approved=True)

    cited = data_of(client.get("/the-flood/entry/1/"))["subjectOf"]["citation"]

    assert [source["name"] for source in cited] == ["The river rises", "Evening bulletin"]
    assert "datePublished" not in cited[1]


def test_a_day_is_a_blog_of_what_it_shows(client):
    story = make_story(zone="Asia/Baku")
    page = make_page(story, headline="The river rises", sentence="It stands at the doors.")
    [entry] = print_entries(page, [Telling("Rain", make_term(story, "kind", "Weather"), at=time(9))])

    for seq, row in enumerate((page, entry), 1):
        of_row = {"chronicle": story, "seq": seq, "subject": row.subject, "commitment": row.commitment}
        Edition.objects.create(**of_row, edition=1, action="first", at=LONG_AGO, by="editor", leaf="0" * 64)

    data = data_of(client.get("/the-flood/day-3/"))

    address, printed = "http://testserver/the-flood/day-3/", "2021-06-01T04:00:00+04:00"
    anchor = f"{address}#entry-{entry.number}"
    assert data == {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": address,
        "url": address,
        "headline": "The river rises",
        "description": "It stands at the doors.",
        "datePublished": printed,
        "dateModified": printed,
        "coverageStartTime": "2021-03-03T00:00:00+04:00",
        "coverageEndTime": "2021-03-04T00:00:00+04:00",
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "@id": "http://testserver/the-flood/",
            "url": "http://testserver/the-flood/",
            "name": "The flood",
        },
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "@id": anchor,
                "url": anchor,
                "headline": "Rain",
                "datePublished": printed,
                "dateModified": printed,
            }
        ],
        "inLanguage": "en",
        "image": f"{address}picture.png",
    }


def test_the_hours_of_a_day_on_which_clocks_change_are_those_of_its_zone(client):
    day = date(2021, 3, 28)
    make_page(make_story(zone="Europe/Kyiv", first_date=day, last_date=day), day)

    data = data_of(client.get("/the-flood/day-1/"))

    assert data["coverageStartTime"] == "2021-03-28T00:00:00+02:00"
    assert data["coverageEndTime"] == "2021-03-29T00:00:00+03:00"


def test_an_offset_that_is_not_of_whole_minutes_is_told_in_utc(client):
    day = date(1880, 3, 28)
    make_page(make_story(first_date=day, last_date=day), day)

    begins = datetime.fromisoformat(data_of(client.get("/the-flood/day-1/"))["coverageStartTime"])

    assert begins.utcoffset() == datetime.now(UTC).utcoffset()


def test_a_long_day_tells_only_what_is_on_its_first_page(client):
    print_many(make_page(make_story()), 150)

    response = client.get("/the-flood/day-3/")

    updates = data_of(response)["liveBlogUpdate"]
    assert [update["headline"] for update in updates] == headlines(response)
    assert len(updates) == 100


def test_a_day_without_a_page_of_its_own_was_published_at_no_time(client):
    make_story()

    data = data_of(client.get("/the-flood/day-5/"))

    assert data["headline"] == "Day 5 of The flood"
    assert not {"datePublished", "dateModified", "liveBlogUpdate"} & set(data)


@pytest.mark.parametrize(
    ("last", "covers"), [(date(2021, 3, 6), "2021-03-01/2021-03-06"), (None, "2021-03-01/..")]
)
def test_a_chronicle_is_a_series_that_covers_its_days(client, last, covers):
    make_story(last_date=last)

    data = data_of(client.get("/the-flood/"))

    assert (data["@type"], data["name"]) == ("CreativeWorkSeries", "The flood")
    assert data["temporalCoverage"] == covers


def test_no_word_ends_the_block_of_data(client):
    story = make_story(title=HOSTILE[:100])
    page = make_page(story, headline=HOSTILE, sentence=HOSTILE)
    print_entries(page, [Telling(HOSTILE, make_term(story, "kind", "Damage"))])

    response = client.get("/the-flood/day-3/")
    data = data_of(response)

    html = without_scripts(response.content.decode())
    [block] = re.findall(r"<script.*?</script>", html, re.S)
    assert not set("<>&\u2028\u2029") & set(
        block[len('<script type="application/ld+json">') : -len("</script>")]
    )
    assert data["headline"] == data["description"] == data["liveBlogUpdate"][0]["headline"] == HOSTILE
    assert links(response, "/entry/1/") and "<script" not in main_of(response)


def test_a_retracted_source_is_said_to_be(client):
    event, moderator = EventFactory(published=True), PersonFactory(moderator=True)
    source = event.citations.get().source
    moderation.retract_source(source, by=moderator, seen=source.version, reason="It was taken back.")

    [cited] = data_of(client.get("/the-flood/entry/1/"))["subjectOf"]["citation"]

    assert cited["creativeWorkStatus"] == "Retracted"
