"""Importing a daily digest: by the command, and at the desk."""

import hashlib
import io
import re
import sys
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from chronicle.models import Chronicle, Edition, Entry
from events.editorial import writing
from events.editorial.refused import Refused
from events.importers import preview
from events.importers.drafts import Article, import_digest, known_source
from events.importers.names import named_in
from events.models import Actor, Citation, Day, Event, Kind, Outlet, Place, Source
from tests.support.cast import fresh, make_person

ARTICLE = "000_3faeb99ef4243e15.txt"
TEXT = (
    "Water over the old town\n\n"
    "A year ago the river left its bed. The Harbour Post offers its readers to follow the flood day by day. "
    "On the third day of the flood, March 3, the river rose by two metres overnight. "
    "In the morning the mayor, Maria Duarte, closed the old bridge. She said that it might not stand. "
    "Meanwhile, the baker’s shop was under water. "
    "It was reported that a dam had been opened the day before at 23:00. "
    "After 11:00 am, the army set up a kitchen in Belém. "
    "In the first three days 40 houses were lost. "
    "Late in the evening, the rain stopped. "
    "So, on the third day of the flood the old town was lost."
)
FROM = Article(outlet="The Harbour Post", title="Water over the old town")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "digest.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def known_names(place, story):
    """The old bridge, Belém by another name, and the mayor."""
    belem = Place.objects.create()
    belem.names.create(name="Bethlehem by the river", language="en")
    belem.names.create(name="Belém", language="pt", position=1)
    mayor = Actor.objects.create()
    mayor.names.create(name="Maria Duarte", language="pt")
    return {"bridge": place, "belem": belem, "mayor": mayor}


def read(story, text=TEXT, **options):
    return preview.read(text, story, **options)


def run(file, *arguments, **options):
    said = io.StringIO()
    call_command(
        "import_digest",
        str(file),
        "--chronicle",
        "the-flood",
        *arguments,
        stdout=said,
        stderr=said,
        **options,
    )
    return said.getvalue()


def run_named(file, *arguments):
    return run(file, "--outlet", "The Harbour Post", *arguments)


def everything():
    """How many rows of each kind an import could have made."""
    models = (Event, Citation, Day, Source, Outlet, Kind, Entry, Edition)
    return {model.__name__: model.objects.count() for model in models}


# What an import makes


def test_each_happening_becomes_a_draft_in_the_order_of_the_text(story, editor):
    outcome = import_digest(read(story), story, FROM, by=editor)

    drafts = Event.objects.order_by("position")
    assert list(outcome.drafts) == list(drafts)
    assert [(draft.headline, draft.wording) for draft in drafts] == [
        ("The river rose by two metres", "overnight"),
        ("The mayor, Maria Duarte, closed the old bridge", "in the morning"),
        ("The baker’s shop was under water", "in the morning"),
        ("A dam had been opened the day before at 23:00", "the day before at 23:00"),
        ("The army set up a kitchen in Belém", "after 11:00 am"),
        ("The rain stopped", "late in the evening"),
    ]
    assert {str(draft.day) for draft in drafts} == {"The flood: day 3, 3 March 2021"}
    assert [draft.happened_on.day for draft in drafts] == [3, 3, 3, 2, 3, 3]


def test_everything_arrives_as_a_draft_of_the_importer_and_nothing_is_approved_or_published(story, editor):
    import_digest(read(story), story, FROM, by=editor)

    assert set(Event.objects.values_list("state", "created_by")) == {("draft", editor.pk)}
    assert set(Citation.objects.values_list("state", "submitted_by", "approved_by")) == {
        ("pending", editor.pk, None)
    }
    assert not Entry.objects.exists()
    assert not Edition.objects.exists()


def test_a_draft_quotes_its_sentences_in_one_citation_to_one_source(story, editor):
    import_digest(read(story), story, FROM, by=editor)

    draft = Event.objects.get(headline__startswith="The mayor")
    citation = draft.citations.get()
    assert citation.quote == (
        "In the morning the mayor, Maria Duarte, closed the old bridge. She said that it might not stand."
    )
    assert citation.quote in draft.text
    assert str(Source.objects.get()) == "The Harbour Post: Water over the old town"
    assert re.fullmatch("[0-9a-f]{64}", citation.source.fingerprint)
    assert draft.kind.name == "Unsorted"


def test_places_and_actors_are_linked_by_any_of_their_names(story, editor, known_names):
    import_digest(read(story), story, FROM, by=editor)

    closed = Event.objects.get(headline__startswith="The mayor")
    kitchen = Event.objects.get(headline__startswith="The army")
    assert list(closed.places.all()) == [known_names["bridge"]]
    assert list(closed.actors.all()) == [known_names["mayor"]]
    assert list(kitchen.places.all()) == [known_names["belem"]]


def test_what_is_no_event_can_be_wanted_too(story, editor):
    digest = read(story)
    total = next(passage for passage in digest.passages if passage.why_not == "a total")

    import_digest(digest, story, FROM, by=editor, wanted={total.number})

    assert Event.objects.get().headline == "In the first three days 40 houses were lost"


def test_nothing_wanted_is_refused(story, editor):
    with pytest.raises(Refused, match="nothing to import"):
        import_digest(read(story), story, FROM, by=editor, wanted=set())


def test_a_kind_that_is_given_is_used(story, editor, kind):
    import_digest(read(story), story, FROM, by=editor, kind=kind)

    assert set(Event.objects.values_list("kind__name", flat=True)) == {"Damage"}
    assert not Kind.objects.filter(name="Unsorted").exists()


@pytest.mark.parametrize("groups", [(), ("Moderators",)])
def test_who_may_not_import_is_refused(story, db, groups):
    person = make_person("somebody", *groups)

    with pytest.raises(Refused, match="may not import"):
        import_digest(read(story), story, FROM, by=person)


@pytest.mark.parametrize(
    "wrong",
    [
        Article(outlet="The Harbour Post", title="Water", url="javascript:alert(1)"),
        Article(outlet="The Harbour Post", title="W" * 301),
        Article(outlet="T" * 121, title="Water"),
        Article(outlet="", title="Water"),
        Article(outlet="The Harbour Post", title=""),
    ],
)
def test_an_article_that_no_form_would_take_is_refused(story, editor, wrong):
    before = everything()

    with pytest.raises(Refused, match="cannot be saved"):
        import_digest(read(story), story, wrong, by=editor)

    assert everything() == before


def test_a_failure_at_the_last_passage_leaves_nothing(story, editor):
    before = everything()
    done = []

    def fail_at_the_end(more):
        done.append(more)
        if sum(done) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_digest(read(story), story, FROM, by=editor, progress=fail_at_the_end)

    assert sum(done) == 6
    assert everything() == before


# A second run


def test_a_second_run_adds_nothing(story, editor):
    import_digest(read(story), story, FROM, by=editor)
    before = everything()

    outcome = import_digest(read(story), story, FROM, by=editor)

    assert (outcome.drafts, outcome.were_there) == ((), 6)
    assert "Nothing added" in outcome.in_words()
    assert everything() == before


def test_a_second_run_knows_the_article_by_its_words_under_another_title_and_outlet(story, editor):
    import_digest(read(story), story, FROM, by=editor)
    again = "Another title\n\n" + TEXT.partition("\n\n")[2].replace(" ", "  ").replace("’", "'")

    import_digest(read(story, again), story, Article("Radio Estuary", "Another title"), by=editor)

    assert Source.objects.count() == 1
    assert not Outlet.objects.filter(name="Radio Estuary").exists()


def test_a_second_run_adds_nothing_where_an_editor_has_changed_quote_and_event(story, editor):
    import_digest(read(story), story, FROM, by=editor)
    citation = Citation.objects.get(quote__contains="bridge")
    citation.quote = "The mayor closed the old bridge."
    writing.save_citation(citation, by=editor, seen=citation.version)
    event = citation.event
    event.headline, event.wording = "The old bridge is closed", "8:00"
    writing.save_event(event, by=editor, seen=event.version)

    outcome = import_digest(read(story), story, FROM, by=editor)

    assert outcome.drafts == ()


def test_a_second_run_adds_what_was_left_out_the_first_time(story, editor):
    digest = read(story)
    import_digest(digest, story, FROM, by=editor, wanted={3, 4})

    outcome = import_digest(digest, story, FROM, by=editor)

    assert (len(outcome.drafts), outcome.were_there) == (4, 2)
    assert "4 drafts" in outcome.in_words()
    assert Day.objects.count() == Source.objects.count() == 1


def test_another_chronicle_gets_drafts_of_its_own_from_the_same_source(story, editor):
    other = Chronicle.objects.create(title="The city", slug="the-city", first_date=date(2021, 3, 1))
    import_digest(read(story), story, FROM, by=editor)

    outcome = import_digest(read(other), other, FROM, by=editor)

    assert len(outcome.drafts) == 6
    assert Source.objects.count() == 1


def test_the_source_of_an_article_that_an_editor_entered_by_hand_is_used(story, editor, source):
    article = Article(outlet=source.outlet.name.upper(), title=source.title)

    import_digest(read(story), story, article, by=editor)

    assert Source.objects.count() == 1
    assert fresh(source).fingerprint
    assert fresh(source).version == 2


def test_articles_of_a_series_with_one_title_are_several_sources(story, source):
    digest = read(story)

    assert known_source(digest, Article("The Harbour Post", source.title, "", date(2021, 3, 4))) == source
    assert known_source(digest, Article("The Harbour Post", source.title, "", date(2021, 3, 5))) is None


# Names in a passage


def names_in(text):
    found = named_in([text])[0]
    return {str(row) for row in (*found.places, *found.actors)}


@pytest.fixture
def names(db):
    for name in ("Armenia", "Turkey", "Su", "Tel Aviv", "N'Djamena", "Şuşa", "Ağdam"):
        Place.objects.create().names.create(name=name)
    for name in ("National Security Service of Armenia", "the old guard"):
        Actor.objects.create().names.create(name=name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Armenia’s army left Turkey.", {"Armenia", "Turkey"}),
        ("The Armenian army", set()),
        ("The National Security Service of Armenia denied it.", {"National Security Service of Armenia"}),
        ("They ate turkey at the Sunday table.", set()),
        ("TURKEY: THE OLD GUARD", {"Turkey", "the old guard"}),
        ("A Tel\nAviv–based firm", {"Tel Aviv"}),
        ("From N’Djamena", {"N'Djamena"}),
        ("Su\u0327s\u0327a", set()),
        ("S\u0327us\u0327a fell", {"Şuşa"}),
        ("", set()),
    ],
)
def test_names_are_found_as_whole_words_and_the_longest_first(names, text, found):
    assert names_in(text) == found


def test_a_name_that_two_places_bear_finds_both(db):
    for _ in range(2):
        Place.objects.create().names.create(name="Martuni")

    assert len(named_in(["In Martuni"])[0].places) == 2


def test_names_are_looked_up_once_however_many_passages_there_are(names, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        named_in(["Armenia and Turkey", "Tel Aviv"] * 100)


# The command


def test_the_command_shows_what_it_reads_and_makes_the_drafts(file, story, editor):
    said = run_named(file)

    assert "Day 3 of The flood: 3 March 2021" in said
    assert "Read from: “On the third day of the flood, March 3”" in said
    assert re.search(r"3 +overnight +2 Mar 21:00 – 3 Mar 06:00 +event +The river rose by two metres", said)
    assert re.search(r"in the morning \(carried on\) +3 Mar 06:00–12:00 +event +The baker’s shop", said)
    assert "not an event: a total" in said
    assert "6 drafts of The flood: day 3, 3 March 2021 added" in said
    assert Event.objects.count() == 6


def test_a_dry_run_needs_no_outlet_and_no_account_and_writes_nothing(file, story):
    before = everything()

    said = run(file, "--dry-run")

    assert "The river rose by two metres" in said
    assert "Dry run: nothing was written." in said
    assert everything() == before


def test_a_second_run_of_the_command_says_that_it_adds_nothing(file, story, editor):
    run_named(file)

    said = run(file)

    assert "Nothing added" in said
    assert "(there already)" in said
    assert Event.objects.count() == 6


def test_the_command_reads_standard_input(story, editor, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    assert "6 drafts" in run_named("-")


def test_where_text_and_head_disagree_the_command_names_both_and_takes_date(file, story, editor):
    file.write_text(" date 2021-03-05 \n\n" + TEXT.partition("\n\n")[2])

    with pytest.raises(CommandError) as refusal:
        run_named(file, "--title", "Water")

    assert "3 March 2021" in str(refusal.value)
    assert "5 March 2021" in str(refusal.value)
    assert "--date" in str(refusal.value)
    assert not Event.objects.exists()

    assert "day 5, 5 March 2021" in run_named(file, "--title", "Water", "--date", "2021-03-05")


def test_an_outlet_and_a_title_that_are_missing_are_named_where_nobody_can_be_asked(file, story, editor):
    with pytest.raises(CommandError, match="--outlet"):
        run(file)

    file.write_text(TEXT.partition("\n\n")[2])
    with pytest.raises(CommandError, match="--title"):
        run_named(file)

    assert not Event.objects.exists()


def test_an_outlet_that_is_missing_is_asked_for_at_a_terminal(file, story, editor, monkeypatch):
    terminal = io.StringIO("Radio Estuary\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)

    said = run(file)

    assert "“Radio Estuary” is a new outlet." in said
    assert Source.objects.get().outlet.name == "Radio Estuary"


def test_the_account_must_be_named_where_several_may_import(file, story, editor, other_editor):
    with pytest.raises(CommandError, match=r"editor, other-editor.*--by"):
        run_named(file)

    run_named(file, "--by", "other-editor")

    assert set(Event.objects.values_list("created_by__username", flat=True)) == {"other-editor"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--by", "nobody"), "There is no account “nobody”."),
        (("--kind", "Nothing"), "There is no kind “Nothing”."),
        (("--date", "3 March"), "“3 March” is not a date"),
        (("--date", "2020-01-01"), "1 January 2020 is not a day of the chronicle"),
        (("--chronicle", "nowhere"), "There is no chronicle “nowhere”. There are: the-flood."),
        (("--url", "ftp://example.org/"), "cannot be saved"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_a_sentence(file, story, editor, arguments, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run_named(file, *arguments)

    assert not Event.objects.exists()


def test_a_database_without_editors_is_told_so(file, story):
    with pytest.raises(CommandError, match="No account may import"):
        run_named(file)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("Café".encode("latin-1"), "not UTF-8 text (byte 4"),
        (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"", "There is no text"),
        (b"a\0b", "NUL"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(file, story, editor, raw, sentence):
    file.write_bytes(raw)

    with pytest.raises(CommandError, match=re.escape(sentence)):
        run_named(file)


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path, story, editor):
    with pytest.raises(CommandError, match=r"Cannot read .*No such file"):
        run_named(tmp_path / "nothing.txt")


# The given text


@pytest.fixture
def article(shared):
    path = shared / ARTICLE
    if not path.exists():
        pytest.skip(f"The shared data has no {ARTICLE}.")
    return path


@pytest.fixture
def war(db):
    return Chronicle.objects.create(
        title="The 44 days",
        slug="the-44-days",
        first_date=date(2020, 9, 27),
        last_date=date(2020, 11, 9),
        zone="Asia/Baku",
    )


def test_the_given_text_tells_of_8_november_day_43(article, war):
    digest = read(war, article.read_text())

    assert (digest.day, digest.day_number) == (date(2020, 11, 8), 43)
    assert digest.evidence == "On the 43rd day of the war, November 8"
    assert digest.head_date == date(2021, 11, 8)


def test_the_cues_of_the_given_text_are_found_in_order(article, war):
    digest = read(war, article.read_text())

    found = [
        passage.cue.casefold() for passage in digest.passages if passage.is_event and not passage.carried
    ]
    assert found == [
        "overnight",
        "in the morning",
        "after 11:00 am",
        "in the afternoon",
        "in the evening",
        "late in the evening",
    ]


def test_the_given_text_becomes_drafts_once_and_the_call_lies_the_day_before(article, war, editor):
    vestnik = Article("Vestnik Kavkaza", "The 43rd day", "", date(2021, 11, 8))
    digest = read(war, article.read_text())

    first = import_digest(digest, war, vestnik, by=editor)
    second = import_digest(digest, war, vestnik, by=editor)

    assert (len(first.drafts), second.drafts, second.were_there) == (13, (), 13)
    call = Event.objects.get(citations__quote__contains="telephone conversation")
    assert (call.happened_on, call.day.date) == (date(2020, 11, 7), date(2020, 11, 8))
    assert set(Event.objects.values_list("state", "citations__state")) == {("draft", "pending")}
    assert Source.objects.count() == 1


# The page at the desk


def page_address():
    return reverse("admin:events_event_import_digest")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def given(story, **changed):
    return {"chronicle": story.pk, "text": TEXT, "new_outlet": "The Harbour Post", **changed}


def ticked(response):
    return [
        int(number)
        for number in re.findall(r'name="passage" value="(\d+)" id="passage-\d+" checked', response.text)
    ]


def hidden(response):
    """The fields that the preview carries to the next step, as a browser would send them."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.text)
    form = response.context["form"]
    return {name: value for name, value in fields if name not in form.fields} | {
        name: form[name].value() or "" for name in form.fields if name != "file"
    }


def test_the_page_shows_what_it_read_with_events_ticked(desk, story, known_names):
    response = desk.post(page_address(), given(story, step="read"))

    assert "Read from: “On the third day of the flood, March 3”" in response.text
    assert ticked(response) == [3, 4, 5, 6, 7, 9]
    assert "Not an event: a total" in response.text
    assert "2 Mar 21:00 – 3 Mar 06:00" in response.text
    assert "happened on 2 March 2021" in response.text
    assert "The old bridge, Maria Duarte" in response.text
    assert not Event.objects.exists()


def test_what_is_ticked_is_imported_and_the_list_of_its_day_is_shown(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))

    response = desk.post(
        page_address(), {**hidden(preview), "step": "import", "passage": [3, 8]}, follow=True
    )

    assert [draft.headline for draft in Event.objects.order_by("position")] == [
        "The river rose by two metres",
        "In the first three days 40 houses were lost",
    ]
    path, query = response.redirect_chain[0][0].split("?")
    assert path == reverse("admin:events_event_changelist")
    assert f"day={Day.objects.get().pk}" in query
    assert "2 drafts of The flood: day 3, 3 March 2021 added" in response.text


def test_a_file_is_read_and_kept_in_the_page_while_something_else_is_missing(desk, story):
    file = SimpleUploadedFile("digest.txt", TEXT.encode("utf-8-sig"))

    refused = desk.post(page_address(), {"chronicle": story.pk, "file": file, "step": "read"})

    assert "Say who published it" in refused.text
    assert refused.context["form"]["text"].value() == TEXT

    preview = desk.post(
        page_address(), {**hidden_text(refused), "chronicle": story.pk, "new_outlet": "X", "step": "read"}
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
        (b"a\0b", "NUL"),
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
        ({"chronicle": ""}, "This field is required."),
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


def test_where_text_and_head_disagree_the_page_names_both_and_takes_a_day(desk, story):
    text = " date 2021-03-05 \n\n" + TEXT.partition("\n\n")[2]

    refused = desk.post(page_address(), given(story, text=text, title="Water", step="read"))

    assert "3 March 2021" in refused.text
    assert "5 March 2021" in refused.text

    preview = desk.post(
        page_address(), given(story, text=text, title="Water", date="2021-03-05", step="read")
    )
    assert "Day 5 of The flood: 5 March 2021" in preview.text


def test_a_refusal_shows_the_preview_again_as_it_was_ticked(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))

    refused = desk.post(page_address(), {**hidden(preview), "step": "import"})

    assert "There is nothing to import" in refused.text
    assert ticked(refused) == []
    assert hidden(refused)["text"] == TEXT


def test_a_day_that_is_read_differently_by_now_is_shown_again(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))

    again = desk.post(
        page_address(), {**hidden(preview), "confirmed": "2021-03-02", "step": "import", "passage": [3, 4]}
    )

    assert "Look again" in again.text
    assert ticked(again) == [3, 4]
    assert not Event.objects.exists()


def test_going_back_keeps_everything(desk, story, kind):
    preview = desk.post(page_address(), given(story, kind=kind.pk, title="Mine", step="read"))

    form = desk.post(page_address(), {**hidden(preview), "step": "change"}).context["form"]

    assert form["text"].value() == TEXT
    assert (form["title"].value(), form["new_outlet"].value()) == ("Mine", "The Harbour Post")
    assert str(form["kind"].value()) == str(kind.pk)


def test_an_article_that_is_there_already_is_said_to_be_and_needs_no_outlet(desk, story, editor):
    import_digest(read(story), story, FROM, by=editor)

    preview = desk.post(page_address(), given(story, new_outlet="", step="read"))

    assert "The desk has this article already" in preview.text
    assert "6 of its passages are there already" in preview.text
    assert ticked(preview) == []


def test_two_clicks_on_import_make_the_drafts_once(desk, story):
    preview = desk.post(page_address(), given(story, step="read"))
    click = {**hidden(preview), "step": "import", "passage": [3, 4]}

    desk.post(page_address(), click)
    again = desk.post(page_address(), click, follow=True)

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


def test_the_fingerprint_is_of_the_words_alone(story):
    digest = read(story, "Word one. Word two.", day=date(2021, 3, 3))

    assert digest.fingerprint == hashlib.sha256(b"Word one. Word two.").hexdigest()
