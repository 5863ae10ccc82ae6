"""Importing a digest at the desk: what is read, what is ticked, what is given back."""

import re
from datetime import date
from functools import partial
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.importers.drafts import import_digest
from events.models import Day, Event, Story
from tests.support.cast import make_person
from tests.support.desk import told
from tests.support.factories import KindFactory, OutletFactory, StoryFactory
from tests.support.import_pages import as_shown, box, given, hidden, page_address, ticked
from tests.support.importing import FROM, TEXT, read


def test_the_page_shows_what_it_read_with_events_ticked(desk, story, known_names):
    response = desk.post(page_address(), given(story, step="read"))

    assert "Read from: “On the third day of the flood, March 3”" in response.text
    assert ticked(response) == [3, 4, 5, 6, 7, 9]
    assert "Not an event: a total" in response.text
    assert "2 Mar 21:00 – 3 Mar 06:00" in response.text
    assert "happened on 2 March 2021" in response.text
    assert box(response, "places-4") == "The old bridge"
    assert box(response, "actors-4") == "Maria Duarte"
    assert not Event.objects.exists()


def test_what_is_ticked_is_imported_and_the_page_of_its_day_is_shown(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))

    response = desk.post(page_address(), {**hidden(preview), "step": "import", "passage": [3, 8]})

    assert [draft.headline for draft in Event.objects.order_by("position")] == [
        "The river rose by two metres",
        "In the first three days 40 houses were lost",
    ]
    page = reverse("admin:events_day_desk", args=[Day.objects.get().pk])
    assert response.redirect_chain[0][0] == page
    assert "2 drafts of The flood: day 3, 3 March 2021 added" in response.text


def test_a_file_is_read_and_kept_in_the_page_while_something_else_is_missing(desk, story):
    file = SimpleUploadedFile("digest.txt", TEXT.encode("utf-8-sig"))

    refused = desk.post(page_address(), {"story": story.pk, "file": file, "step": "read"})

    assert "Say who published it" in refused.text
    assert refused.context["form"]["text"].value() == TEXT

    preview = desk.post(
        page_address(), {**hidden_text(refused), "story": story.pk, "new_outlet": "X", "step": "read"}
    )
    assert ticked(preview) == [3, 4, 5, 6, 7, 9]


def hidden_text(response):
    return {"text": response.context["form"]["text"].value()}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("Café".encode("latin-1"), "not UTF-8 text (byte 4"),
        (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"", "The submitted file is empty."),
        (b" \n", "There is no text"),
        (b"a\0b", "Null characters"),
    ],
)
def test_an_upload_that_cannot_be_read_is_refused_with_a_sentence(desk, story, raw, sentence):
    file = SimpleUploadedFile("digest.txt", raw)

    response = desk.post(
        page_address(), {**given(story, text=""), "file": file, "title": "Kept", "step": "read"}
    )

    assert sentence in response.text
    assert 'value="Kept"' in response.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": ""}, "There is no text"),
        ({"text": "a" * (2 * 1024 * 1024 + 1)}, "longer than 2 MB"),
        ({"text": "The rain fell. " * 501, "date": "2021-03-03"}, "too many for one page"),
        ({"story": ""}, "This field is required."),
        ({"new_outlet": ""}, "Say who published it"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"date": "2020-01-01"}, "is not a day of the chronicle"),
        ({"text": TEXT.partition("\n\n")[2]}, "give one"),
        ({"outlet": "999"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_used_is_refused_beside_its_field(desk, story, changed, sentence):
    response = desk.post(page_address(), given(story, **changed, step="read"))

    assert sentence in response.text
    assert "What you gave is still here" in response.text


CHOSEN = {"story", "outlet", "kind"}


def shown(response, name):
    """What the field ``name`` of the form holds on the page."""
    if name in CHOSEN:
        select = re.search(rf'<select name="{name}".*?</select>', response.text, re.DOTALL)[0]
        return re.search(r'<option value="([^"]*)" selected>', select)[1]
    if name == "text":
        return unescape(re.search(r"<textarea[^>]*>\r?\n(.*?)</textarea>", response.text, re.DOTALL)[1])
    field = re.search(rf'<input[^>]* name="{name}"[^>]*>', response.text)[0]
    value = re.search(r' value="([^"]*)"', field)
    return unescape(value[1]) if value else ""


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "The rain fell. " * 501},
        {"text": "Nothing says the day.", "date": ""},
        {"story": ""},
        {"story": "9" * 5000},
        {"outlet": str(2**70), "new_outlet": ""},
        {"new_outlet": "P" * 121},
        {"new_outlet": "", "outlet": ""},
        {"title": "T" * 301},
        {"title": "", "text": "It rained on."},
        {"url": "javascript:alert(1)"},
        {"published_on": "4 March"},
        {"date": "3 March"},
        {"date": "2021-03-07"},
        {"kind": "9" * 5000},
        {"text": TEXT + "\0"},
    ],
    ids=lambda changed: " ".join(f"{name} {value[:12]!r}" for name, value in changed.items()),
)
def test_a_refusal_gives_everything_back_as_it_was_typed(desk, story, kind, changed):
    typed = {
        "story": story.pk,
        "text": TEXT,
        "new_outlet": "The <Harbour> Post",
        "title": "“Mine”",
        "url": "https://example.org/?a=1&b=2",
        "published_on": "2021-03-04",
        "kind": kind.pk,
        "date": "2021-03-03",
        **changed,
    }

    refused = desk.post(page_address(), {**typed, "step": "read"})

    assert "What you gave is still here" in refused.text
    # What was never in a list of choices cannot be shown chosen there.
    for name in typed.keys() - (CHOSEN & changed.keys()):
        assert shown(refused, name) == str(typed[name])


def test_a_text_that_was_pasted_is_kept_where_a_file_is_chosen_too(desk, story):
    for pasted in ("Mine.", "Mine\0."):
        file = SimpleUploadedFile("digest.txt", TEXT.encode())

        refused = desk.post(page_address(), given(story, text=pasted, file=file, step="read"))

        assert "Paste the text or choose a file, not both." in refused.text
        assert shown(refused, "text") == pasted


@pytest.mark.parametrize("day", ["0001-01-01", "4000-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Asia/Baku", "Pacific/Honolulu"])
def test_a_day_so_far_that_its_hours_cannot_be_told_is_refused(desk, zone, day):
    ages = Story.objects.create(title="Ages", slug="ages", first_date=date(1, 1, 1), zone=zone)
    text = "Water and boats\n\nOvernight, it rained. The day before at 23:00, it was dry."

    given_day = desk.post(page_address(), given(ages, text=text, date=day, step="read"))
    head_day = desk.post(page_address(), given(ages, text=f"date {day}\n{text}", step="read"))

    for response in (given_day, head_day):
        assert "is outside the years 2 to 3999: give another date." in response.text


def test_where_text_and_head_disagree_the_page_names_both_and_takes_a_day(desk, story):
    text = " date 2021-03-05 \n\n" + TEXT.partition("\n\n")[2]

    refused = desk.post(page_address(), given(story, text=text, title="Water", step="read"))

    assert "3 March 2021" in refused.text
    assert "5 March 2021" in refused.text

    preview = desk.post(
        page_address(), given(story, text=text, title="Water", date="2021-03-05", step="read")
    )
    assert "Day 5: Friday 5 March 2021" in preview.text


def test_a_refusal_shows_the_preview_again_as_it_was_ticked(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))

    refused = desk.post(page_address(), {**hidden(preview), "step": "import"})

    assert "There is nothing to import" in refused.text
    assert ticked(refused) == []
    assert hidden(refused)["text"] == TEXT


def test_what_the_verbs_refuse_shows_the_preview_again_as_it_was_ticked(client, story):
    person = make_person("importer")
    person.user_permissions.set(Permission.objects.filter(codename="import_digest"))
    client.force_login(person)
    client.post = partial(client.post, follow=True)
    preview = client.post(page_address(), given(story, step="read"))

    refused = client.post(page_address(), {**hidden(preview), "step": "import", "passage": [4, 8]})

    assert "You may not add" in told(refused)
    assert ticked(refused) == [4, 8]
    assert without_pages(hidden(refused)) == without_pages(hidden(preview))
    assert not Event.objects.exists()


def without_pages(fields):
    """``fields`` but for those that say of which page they are."""
    return {name: value for name, value in fields.items() if name not in ("tab", "after")}


@pytest.mark.parametrize("number", ["9" * 5000, str(2**70), "99", "0", "-3", "３", "x", ""])
def test_a_number_that_is_no_passage_of_the_text_is_not_imported(desk, story, number):
    preview = desk.post(page_address(), given(story, step="read"))
    sent = {**hidden(preview), "step": "import"}

    alone = desk.post(page_address(), {**sent, "passage": [number]})
    beside = desk.post(page_address(), {**sent, "passage": ["3", number]})

    assert "There is nothing to import" in alone.text
    assert "1 draft of" in beside.text
    assert Event.objects.get().position == 3


def test_nothing_is_taken_of_a_day_that_is_not_confirmed(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))

    again = desk.post(
        page_address(), {**hidden(preview), "sure": "2021-03-02", "step": "import", "passage": [3, 4]}
    )

    assert "No day is confirmed yet" in again.text
    assert ticked(again) == [3, 4]
    assert not Event.objects.exists()


def test_going_back_keeps_everything(desk, story, kind):
    preview = desk.post(page_address(), given(story, kind=kind.pk, title="Mine", step="read"))

    changed = {**as_shown(preview), "headline-4": "A bridge is closed", "when-3": "9:30"}
    page = desk.post(page_address(), {**changed, "step": "change"})
    form = page.context["form"]

    assert form["text"].value() == TEXT
    assert (form["title"].value(), form["new_outlet"].value()) == ("Mine", "The Harbour Post")
    assert str(form["kind"].value()) == str(kind.pk)
    longer = TEXT.replace("In the morning", "The rain fell. In the morning")
    sent = {**hidden(page), **given(story, kind=kind.pk, title="Mine"), "passage": ticked(preview)}
    again = desk.post(page_address(), {**sent, "text": longer, "step": "read"})
    assert box(again, "headline-5") == "A bridge is closed"
    assert box(again, "when-3") == "9:30"
    assert ticked(again) == [3, 4, 5, 6, 7, 8, 10]


def test_an_article_that_is_there_already_is_said_to_be_and_needs_no_outlet(desk, story, editor):
    import_digest(read(story), story, FROM, by=editor)

    preview = desk.post(page_address(), given(story, new_outlet="", step="read"))

    assert "The desk has this article already" in preview.text
    assert "6 of its passages are there already" in preview.text
    assert ticked(preview) == []


def test_open_ends_are_told_as_open_by_the_clock_of_the_story(desk, story):
    response = desk.post(page_address(), given(story, step="read"))

    assert "by the clock of the story: Lisbon time (UTC)" in response.text
    assert "3 Mar 11:00 or later" in response.text


@pytest.mark.parametrize("field", ["outlet", "kind"])
def test_what_belongs_to_another_story_is_refused_at_its_field(desk, story, field):
    other = StoryFactory(slug="the-city", title="The city")
    row = {"outlet": OutletFactory, "kind": KindFactory}[field](story=other)

    response = desk.post(page_address(), given(story, **{field: row.pk}, step="read"))

    assert f"belongs to another story. Choose one of “{story}”" in response.context["form"].errors[field][0]
    assert f"{row} (The city)" in response.text


def test_the_only_story_is_chosen_already_and_its_outlets_do_not_name_it(desk, story, outlet):
    form = desk.get(page_address()).context["form"]

    assert form["story"].value() == story.pk
    assert ">The Harbour Post<" in str(form["outlet"])


def test_two_clicks_on_import_make_the_drafts_once(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))
    click = {**hidden(preview), "step": "import", "passage": [3, 4]}

    desk.post(page_address(), click)
    again = desk.post(page_address(), click)

    assert "Nothing added" in again.text
    assert Event.objects.count() == 2


def test_the_words_of_the_text_are_shown_as_they_are(desk, story):
    text = TEXT.replace("a dam", "<script>alert(1)</script> a dam")

    response = desk.post(page_address(), given(story, text=text, step="read"))

    assert "<script>alert(1)" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


def test_only_who_may_import_sees_the_page(client, moderator, story):
    client.force_login(moderator)

    assert client.get(page_address()).status_code == 403
    assert client.post(page_address(), given(story, step="import")).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert reverse("admin:login") in client.get(page_address())["Location"]


def test_the_page_is_guarded_against_forged_requests(story, editor, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(editor)

    assert client.post(page_address(), given(story, step="read")).status_code == 403


def test_the_desk_leads_to_the_page(desk, editor):
    for place in (reverse("admin:index"), reverse("admin:events_event_changelist")):
        assert page_address() in desk.get(place).text


def test_the_desk_leads_nobody_there_who_may_not_import(client, moderator):
    client.force_login(moderator)

    for place in (reverse("admin:index"), reverse("admin:events_event_changelist")):
        assert page_address() not in client.get(place).text


def test_the_pages_hold_nothing_inline(desk, story):
    for response in (desk.get(page_address()), desk.post(page_address(), given(story, step="read"))):
        content = re.search(r'<div id="content".*?</form>', response.text, re.DOTALL)[0]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", content)
