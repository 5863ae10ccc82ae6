import re
from datetime import timedelta

import pytest
from django.utils import timezone

from chronicle.models import Entry
from events.editorial import moderation, publishing, writing
from events.models import Citation
from tests.support.cast import approve_all, entry_of, fresh, make_event, publish
from tests.support.factories import EventFactory, StoryFactory
from tests.support.reading import links, main_of, text_of, words
from tests.support.record import make_story


def address(event) -> str:
    return f"/the-flood/entry/{fresh(event).printed.number}/"


def withdraw(event, editor):
    publishing.withdraw(event, by=editor, seen=event.version, reason="It was another bridge.")


def correct(event, editor, headline: str, note: str):
    event = fresh(event)
    event.headline = headline
    writing.save_event(event, by=editor, seen=event.version)
    return publish(event, editor, note=note)


def test_it_tells_when_what_where_and_by_whom(client, published):
    response = client.get(address(published))

    assert response.status_code == 200
    said = words(response)
    assert (
        "14:30 Damage A bridge is closed The city closed the bridge. Standing Single source 1 says so" in said
    )
    assert "Happened 3 March 2021, 14:30" in said
    assert links(response)[0] == f"/the-flood/day-3/#entry-{fresh(published).printed.number}"


def test_it_shows_all_its_citations_unfolded(client, draft, other_source, editor, moderator):
    citation = Citation(event=draft, source=other_source, quote="No bridge was closed.", stance="disputes")
    writing.save_citation(citation, by=editor)
    approve_all(draft, moderator)
    publish(draft, editor)

    response = client.get(address(draft))

    said = words(response)
    assert "Say so 1 The bridge was closed. The Harbour Post The river rises , 4 March 2021" in said
    assert "Say otherwise 1 No bridge was closed. Radio Estuary Evening bulletin" in said
    assert "Disputed 1 says so, 1 says otherwise" in said
    rests = re.search(r'<section class="rests".*?</section>', main_of(response), re.S).group()
    assert "<details" not in rests


def test_a_citation_that_was_not_approved_is_not_shown(client, published, other_source, editor):
    citation = Citation(event=published, source=other_source, quote="A rumour.")
    writing.save_citation(citation, by=editor)

    assert "A rumour." not in words(client.get(address(published)))


def test_its_first_edition_is_listed_with_its_hash(client, published):
    response = client.get(address(published))

    said = words(response)
    assert re.search(r"First published \d+ \w+ \d{4}, \d\d:\d\d With 1 citation\.", said)
    folded = re.search(
        r"<details class=\"verify\" id=\"verify\"><summary>Verify</summary>.*?</details>", main_of(response)
    ).group()
    assert re.search(r" 1 desk-\w+ [0-9a-f]{64} edition-\d+.txt", text_of(folded))
    assert len(re.findall("[0-9a-f]{64}", said)) == 1


def test_a_correction_shows_its_note_and_the_words_it_changed(client, published, editor):
    correct(published, editor, "A road is closed", "It was the road.")

    response = client.get(address(published))

    assert '<h1 dir="auto">A road is closed</h1>' in main_of(response)
    said = words(response)
    assert "Headline: A taken out: bridge put in: road is closed It was the road." in said
    assert said.index("Correction") < said.index("First published")
    assert '<del><span class="unseen">taken out: </span>bridge</del>' in main_of(response)


def test_it_says_how_to_cite_it_with_its_edition_and_address(client, published, editor):
    correct(published, editor, "A road is closed", "It was the road.")

    said = words(client.get(address(published)))

    assert re.search(
        r"“A road is closed\.” The flood , day 3, 3 March 2021; edition 2, \d+ \w+ \d{4}, \d\d:\d\d, Lisb.*"
        r"Chronicle\. http://testserver/the-flood/entry/1/",
        said,
    )


def test_it_leads_to_the_entries_before_and_after_it_on_its_day(client, editor, moderator, day, kind, source):
    for hour in ("at 09:00", "at 11:00", "at 10:00"):
        event = make_event(editor, day, kind, f"Rain {hour}", source, wording=hour)
        approve_all(event, moderator)
        publish(event, editor)

    found = {number: links(client.get(f"/the-flood/entry/{number}/"), "/entry/") for number in (1, 2, 3)}

    assert found == {
        1: ["/the-flood/entry/3/"],
        2: ["/the-flood/entry/3/"],
        3: ["/the-flood/entry/1/", "/the-flood/entry/2/"],
    }


def test_a_retracted_source_is_said_to_be_so(client, published, moderator, source):
    moderation.retract_source(source, by=moderator, seen=1, reason="The photograph was old.")

    assert "Source retracted: The photograph was old." in words(client.get(address(published)))


def test_what_happened_on_another_day_names_both(client, editor, moderator, day, kind, source):
    event = make_event(editor, day, kind, source=source, wording="the day before at 23:00")
    approve_all(event, moderator)
    publish(event, editor)

    response = client.get(address(event))

    assert "Happened on Day 2 · 2 March , told on Day 3 · 3 March" in words(response)
    assert {"/the-flood/day-2/", "/the-flood/day-3/"} <= set(links(response))


def test_nothing_of_one_that_is_to_come_is_shown(client, draft, editor, moderator):
    approve_all(draft, moderator)
    publish(draft, editor, at=timezone.now() + timedelta(days=1))

    assert client.get("/the-flood/entry/1/").status_code == 404
    for where in ("/the-flood/entry/1/", "/the-flood/day-3/", "/the-flood/"):
        assert b"bridge" not in client.get(where).content


def test_a_draft_has_no_address(client, draft):
    assert not Entry.objects.exists()
    assert client.get("/the-flood/entry/1/").status_code == 404


def test_an_entry_is_not_found_under_another_story(client, published):
    make_story(title="Another", slug="another")

    assert client.get(address(published).replace("the-flood", "another")).status_code == 404


def test_a_withdrawn_one_leaves_a_tombstone_with_its_reason(client, published, editor):
    withdraw(published, editor)

    response = client.get(address(published))

    assert response.status_code == 410
    said = words(response)
    assert "This entry was withdrawn It was another bridge." in said
    assert re.search(r"Editions Withdrawal \d+ \w+ \d{4}, \d\d:\d\d First published \d+", said)
    assert '<meta name="robots" content="noindex,follow">' in response.content.decode()
    assert links(response)[0] == "/the-flood/day-3/"


def test_the_words_of_a_withdrawn_one_are_shown_nowhere(client, published, editor):
    correct(published, editor, "A bridge is closed for good", "It stays closed.")
    where = address(published)
    withdraw(fresh(published), editor)

    for page in ("/the-flood/", "/the-flood/day-3/", where):
        content = client.get(page).content.decode()
        for told in ("A bridge is closed", "The city closed the bridge", "The bridge was closed."):
            assert told not in content, page


def test_a_tombstone_says_how_its_editions_were_sealed_but_not_their_notes(client, published, editor):
    correct(published, editor, "A road is closed", "The bridge by the mill stayed open.")
    where = address(published)
    withdraw(fresh(published), editor)

    said = words(client.get(where))

    assert len(re.findall(r"\b[0-9a-f]{64}\b", said)) == 3
    assert "The bridge by the mill" not in said


def test_one_published_again_after_a_withdrawal_is_back(client, published, editor):
    withdraw(published, editor)
    event = fresh(published)
    publishing.reopen_event(event, by=editor, seen=event.version)
    event = fresh(published)
    publishing.submit(event, by=editor, seen=event.version)
    publish(fresh(published), editor, note="It was this bridge after all.")

    response = client.get(address(published))

    assert response.status_code == 200
    said = words(response)
    assert re.search(r"Restoration \d+ \w+", said)
    assert re.search(r"Withdrawn since \d+ \w+ \d{4}, \d\d:\d\d What it said before is not shown.", said)
    assert "First published" not in said
    assert "taken out" not in said


@pytest.mark.parametrize(("language", "said"), [("az", ' lang="az"'), ("en", ""), ("en-GB", "")])
def test_words_in_another_language_than_the_pages_say_in_which(client, db, language, said):
    """Screen readers, hyphenation and fonts go by it; what the pages themselves say stays English."""
    story = StoryFactory(language=language)
    event = EventFactory(published=True, day__story=story, headline="Körpü bağlandı", text="<p>Günorta.</p>")
    entry = entry_of(event)

    own = client.get(entry.get_absolute_url()).content.decode()
    day = client.get(f"/the-flood/day-{event.day.number}/").content.decode()

    assert f'<h1 dir="auto"{said}>Körpü bağlandı</h1>' in own
    assert f'<div class="text" dir="auto"{said}>' in own
    assert f'<h3 dir="auto"{said}><a' in day
    assert '<html lang="en">' in own
