"""The sample that ``manage.py demo`` builds: what it tells, and in which words."""

import re
from collections import Counter
from datetime import date
from itertools import chain, pairwise

from chronicle.documents import TEXTS as TEXT_NAMES
from chronicle.models import Edition, Entry, Page, Standing, Term
from chronicle.record import verifying
from chronicle.record.cards import CREDIBILITY, RELIABILITY
from events.demo import pictures, sample
from events.demo.days import DAYS
from events.demo.terms import ACTORS, PLACES
from events.demo.texts import TEXTS
from events.models import Citation, Decision, Event, Source
from media import storage
from media.models import Publication
from tests.support.reading import words

ARTICLE = "000_3faeb99ef4243e15.txt"
TAKEN_OVER = re.compile(
    r"liberat|occupi|occupation|invader|enem|terroris|aggress|separatis|martyr", re.IGNORECASE
)


def test_it_tells_days_1_42_and_43_of_the_44(built):
    assert [page.number for page in Page.objects.order_by("date")] == [1, 42, 43]
    assert built.calendar.number_of(built.last_date) == 44
    assert Page.objects.get(number=43).occasion == "Victory Day in Azerbaijan"


def test_everything_public_says_that_it_has_a_single_source(built):
    entries = Entry.objects.public()

    assert entries.filter(told_on=date(2020, 11, 8)).count() == 14
    assert entries.filter(told_on=date(2020, 9, 27)).count() == 2
    assert set(entries.values_list("standing", flat=True)) == {"single"}
    assert Source.objects.count() == 1


def test_the_call_is_told_a_day_after_it_happened(built):
    call = Entry.objects.public().get(headline__contains="telephone")

    assert (call.happened_on, call.told_on) == (date(2020, 11, 7), date(2020, 11, 8))


def test_the_events_of_day_43_lie_in_the_order_of_the_article(built):
    order = Entry.objects.public().filter(happened_on=date(2020, 11, 8)).order_by("sk")

    told = [event.headline for event in DAYS[-1].events]
    shown = [entry.headline for entry in order]
    assert shown == sorted(shown, key=told.index)


def test_both_names_of_a_place_are_shown(built):
    labels = set(Term.objects.filter(facet="place").values_list("label", flat=True))

    assert {"Shusha / Shushi", "Xocavənd / Martuni", "Tərtər / Terter"} <= labels


def test_nobody_approved_what_they_wrote(built):
    approved = Citation.objects.filter(state="approved")

    assert set(approved.values_list("approved_by__username", "submitted_by__username")) == {
        ("moderator", "editor")
    }


def test_the_desk_has_work_to_show(built):
    assert Event.objects.filter(state="draft").count() == 1
    assert Event.objects.filter(state="submitted").count() == 2
    assert Citation.objects.filter(state="pending").count() == 4
    assert Citation.objects.filter(state="rejected").count() == 1


def test_one_entry_was_corrected_and_says_how(built):
    entry = Entry.objects.public().get(headline__contains="civilian")

    first, second = Edition.objects.with_document().filter(subject=entry.subject).order_by("edition")

    assert (first.action, second.action) == ("first", "correction")
    assert "Aghdam" in first.document["text"]
    assert "Tərtər" in second.document["note"]


def test_one_entry_was_withdrawn_with_its_reason(built):
    entry = Entry.objects.get(withdrawn_at__isnull=False)

    assert "declared" in entry.withdrawn_reason
    assert entry.headline == ""


def test_its_pages_beside_the_days_say_what_its_words_and_grades_mean(client, built):
    about, policy, codebook, contact = (words(client.get(f"/{built.slug}/{name}/")) for name in TEXT_NAMES)

    assert "rests on one article" in about
    for standing in Standing.labels:
        assert f" {standing} " in codebook
    for grade, meaning in (RELIABILITY | CREDIBILITY).items():
        assert f"{grade} {meaning[0].upper()}{meaning[1:]}" in codebook
    assert "What an approval covers." in policy
    assert "The one outlet of this sample has the grade F" in codebook
    assert "no desk that answers" in contact


def test_its_two_pictures_are_public_and_say_that_they_are_its_own(built, client):
    for term in Term.objects.filter(facet="asset"):
        page = words(client.get(term.get_absolute_url()))
        assert "Credit: Chronicle, drawn from the data of this sample. Own work." in page
        assert "Made from data" in page

    shown = Entry.objects.public().filter(entry_terms__term__facet="asset").order_by("sk")
    assert [(entry.headline[:9], entry.told_on) for entry in shown] == [
        ("Armenian ", date(2020, 11, 8)),
        ("Azerbaija", date(2020, 11, 8)),
    ]
    published = [storage.public(row.filename) for row in Publication.objects.all()]
    assert len(published) == 2 * 9
    assert all(file.is_file() for file in published)


def test_nobody_approved_a_picture_of_their_own(built):
    decisions = Decision.objects.exclude(material=None).order_by("pk")

    assert Counter(decisions.values_list("verb", "by__username")) == {
        ("submit", "editor"): 2,
        ("change", "editor"): 4,
        ("approve", "moderator"): 2,
    }


def test_what_stands_for_the_map_names_its_places_from_north_to_south():
    alt = next(data.alt for data in pictures.PICTURES if data.draw == pictures.map_of_places)

    marks = sorted(pictures.places_shown(), key=lambda mark: -mark.latitude)
    told = [alt.index(mark.name) for mark in marks]
    assert all(before < after for before, after in pairwise(told))
    assert "six points" in alt
    assert len(marks) == 6


def test_what_stands_for_the_chart_has_its_numbers(built):
    alt = next(data.alt for data in pictures.PICTURES if data.draw == pictures.chart_of_entries)

    numbers = dict(re.findall(r"\. ([^.]+): (\d)", alt))
    assert numbers == {words.capitalize(): str(count) for words, count in pictures.entries_told()}
    told = Entry.objects.public().filter(told_on=date(2020, 11, 8))
    assert sum(count for _, count in pictures.entries_told()) == told.count()


def test_the_record_is_whole(built):
    assert list(verifying.problems()) == []


def test_each_quotation_is_one_sentence_of_the_article(shared):
    article = (shared / ARTICLE).read_text()

    for data in chain.from_iterable(day.events for day in DAYS):
        for citation in data.citations:
            before, quoted, _ = article.partition(citation.quote)
            assert quoted, citation.quote
            assert before.endswith((". ", "\n\n")), citation.quote
            assert quoted.endswith(".")
            assert not re.search(r"[a-z]{3}\. [A-Z]", quoted), citation.quote


def test_the_words_of_its_own_take_no_side():
    days = [f"{day.headline} {day.sentence} {day.summary}" for day in DAYS]
    events = [f"{event.headline} {event.text} {event.withdrawal}" for day in DAYS for event in day.events]
    texts = [f"{text.title} {text.text}" for text in TEXTS]
    drawn = [f"{data.shows} {data.caption} {data.alt}" for data in pictures.PICTURES]
    drawn += [use.caption for day in DAYS for event in day.events for use in event.pictures]
    own = [re.sub(r"“[^”]*”", "", words) for words in [sample.DESCRIPTION, *days, *events, *texts, *drawn]]

    assert [words for words in own if TAKEN_OVER.search(words)] == []


def test_every_event_says_who_says_so():
    unattributed = [
        event.headline for day in DAYS for event in day.events if "Vestnik Kavkaza" not in event.text
    ]

    assert unattributed == []


def test_its_data_uses_every_place_and_actor():
    used = {name for day in DAYS for event in day.events for name in (*event.places, *event.actors)}

    assert used == {data.names[0].name for data in (*PLACES, *ACTORS)}
