"""The page of a day: its events in order, what it lacks, a line that adds one, deeds with many at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.admin.desk.day import rows
from events.editorial import closing, publishing, writing
from events.models import Citation, Event, Revision, Unsaved
from tests.support.cast import fresh
from tests.support.desk import Desk, told
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    MaterialFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    show,
)

ONCE = "5e0f4f0e-0c4d-4e0e-9c51-1d9c6a0f3c11"


class Screen(Desk):
    """Somebody on the page of a day."""

    def __init__(self, person, day):
        super().__init__(person)
        self.address = reverse("admin:events_day_desk", args=[day.pk])

    def look(self, **query):
        return self.client.get(self.address, query)

    def send(self, deed, *events, **typed):
        """Press a button with ``events`` ticked, each in the version that it has now; led on to the page."""
        ticked = [f"{event.pk}:{fresh(event).version}" for event in events]
        return self.client.post(self.address, {"ticked": ticked, "deed": deed} | typed, follow=True)


@pytest.fixture
def screen(editor, day):
    return Screen(editor, day)


def listed(page):
    """The headlines of the rows, in their order."""
    return [row.event.headline for part in page.context["parts"] for row in part.rows]


def row_of(page, event):
    return next(row for row in page.context["every"] if row.event == event)


def refusals(page):
    """What was refused, by its headline."""
    return {headline: why for _, headline, why in page.context["refused"]}


def test_lists_a_day_in_the_order_of_readers_with_what_each_lacks(screen):
    EventFactory(cited=True, headline="A mill is shut", wording="by 18:00")
    late = EventFactory(headline="Power is back", wording="late in the evening")
    EventFactory(cited=True, headline="The ford is closed", wording="02:30", places=[PlaceFactory()])

    page = screen.look()

    assert [part.label for part in page.context["parts"]] == ["Night", "Afternoon", "Evening"]
    assert listed(page) == ["The ford is closed", "A mill is shut", "Power is back"]
    assert row_of(page, late).says == ["no source yet", "no place"]
    assert (row_of(page, late).standing, row_of(page, late).state) == ("No source", "Draft")
    lacks = {lack.name: lack.total for lack in page.context["lacks"]}
    assert lacks == {"no-source": 1, "no-place": 2, "pending": 2}
    assert listed(screen.look(of="no-source")) == ["Power is back"]
    assert page.context["silent"][0] == "00–02"


def test_tells_the_state_of_each_as_readers_and_moderators_make_it(screen, editor, moderator):
    ready = EventFactory(approved=True, headline="Ready", fate="submitted")
    due = EventFactory(approved=True, headline="Due")
    publishing.schedule(due, by=editor, seen=due.version, at=timezone.now() + timedelta(hours=3))
    public = EventFactory(published=True, headline="Public")
    back = CitationFactory(event=EventFactory(headline="Back"), rejected=True).event
    disputed = EventFactory(approved=True, headline="Disputed")
    CitationFactory(event=disputed, source=SourceFactory(title="Another"), stance="disputes")
    gone = EventFactory(withdrawn=True, headline="Gone")

    page = screen.look()

    states = {row.event.headline: row.state for row in page.context["every"]}
    assert states.pop("Due").startswith("Due ")
    assert states == {
        "Ready": "Ready",
        "Public": "Published",
        "Back": "Sent back",
        "Disputed": "Draft",
        "Gone": "Withdrawn",
    }
    assert row_of(page, disputed).standing == "Disputed"
    assert "sources disagree" in row_of(page, disputed).says
    assert row_of(page, gone).says == []
    assert "back" in row_of(page, back).problems
    assert [row.event for row in page.context["ready"]] == [ready]
    assert row_of(page, public).can == {"change", "move"}


def test_a_line_adds_an_event_and_begins_the_next_with_its_kind(screen, day, kind):
    page = screen.send("enter", wording="20 past 10 p.m.", headline="Pumps arrive", kind_of_new=kind.pk)

    event = Event.objects.get()
    assert (event.headline, event.day, event.kind) == ("Pumps arrive", day, kind)
    assert "22:20" in told(page)
    assert page.redirect_chain[0][0].endswith(f"?kind={kind.pk}#new_wording")
    assert Revision.objects.get(model="event", key=event.pk).after["headline"] == "Pumps arrive"


def test_what_is_typed_as_a_time_is_read_and_placed(screen, day):
    EventFactory(headline="The quay gives way", wording="21:00")
    EventFactory(headline="Power is back", wording="late in the evening")
    address = reverse("admin:events_day_read", args=[day.pk])

    def read(wording):
        return screen.client.get(address, {"wording": wording}).json()

    said = read("20 past 9 p.m.")["sentence"]
    assert "21:20" in said and "(evening)" in said
    assert said.endswith("Goes between “The quay gives way” and “Power is back”.")
    assert read("gegen Mittag?!")["is_wrong"]
    assert "Goes before" in read("02:30")["sentence"]


def test_what_is_refused_in_the_line_comes_back_with_all_that_was_typed(screen, draft, kind):
    page = screen.send(
        "add", draft, wording="when the cows come home", headline="Typed", kind_of_new=kind.pk, locator="p. 4"
    )

    form = page.context["adding"]
    assert form.errors and form["headline"].value() == "Typed"
    assert page.context["together"]["locator"].value() == "p. 4"
    assert page.context["ticked"] == {draft.pk}
    assert Event.objects.count() == 1


def test_many_are_submitted_each_by_itself_and_one_table_says_which_were_not(screen):
    one, other = EventFactory(cited=True), EventFactory(cited=True, headline="A mill is shut")
    bare = EventFactory(headline="Power is back")

    page = screen.send("submit", one, other, bare, headline="Half typed")

    assert [fresh(event).state for event in (one, other, bare)] == ["submitted", "submitted", "draft"]
    assert told(page).startswith("2 submitted, 1 refused.")
    assert list(refusals(page)) == ["Power is back"]
    assert "Add a citation first" in refusals(page)["Power is back"]
    assert page.context["ticked"] == {bare.pk}
    assert page.context["adding"]["headline"].value() == "Half typed"
    assert "data-typed" in page.content.decode()
    assert not screen.look().context["refused"]


def test_nothing_is_done_again_that_is_sent_twice(screen):
    event = EventFactory(cited=True)
    sent = {"deed": "submit", "ticked": f"{event.pk}:1", "once": ONCE}

    first, second = (screen.client.post(screen.address, sent, follow=True) for _ in range(2))

    assert told(first) == "1 submitted."
    assert "sent twice, and done once" in told(second)


def test_what_was_changed_since_it_was_shown_is_left_out_and_named(screen, editor):
    changed, same = EventFactory(cited=True), EventFactory(cited=True, headline="A mill is shut")
    ticked = [f"{event.pk}:{event.version}" for event in (changed, same)]
    changed.headline = "Another bridge is closed"
    writing.save_event(changed, by=editor, seen=changed.version)

    page = screen.send("submit", ticked=ticked)

    assert (fresh(changed).state, fresh(same).state) == ("draft", "submitted")
    assert page.context["ticked"] == {changed.pk}
    assert "changed since you were shown the day" in refusals(page)["Another bridge is closed"]


def test_many_are_published_and_what_readers_have_seen_asks_for_a_note(screen, editor):
    new, seen = EventFactory(approved=True), EventFactory(published=True, headline="A mill is shut")
    seen.is_key = True
    writing.save_event(seen, by=editor, seen=seen.version)

    page = screen.send("publish", new, seen)
    assert (fresh(new).state, list(refusals(page))) == ("published", ["A mill is shut"])
    assert "say in a note" in refusals(page)["A mill is shut"]

    assert told(screen.send("publish", seen, note="It is a key event.")) == "1 published."
    assert not fresh(seen).staged


def test_many_are_scheduled_and_scheduled_anew(screen, story):
    events = [EventFactory(approved=True), EventFactory(approved=True, headline="A mill is shut")]
    at = (timezone.now() + timedelta(days=2)).astimezone(story.clock.zone).replace(second=0, microsecond=0)
    later = at + timedelta(hours=1)

    screen.send("schedule", events[0], at=f"{at:%Y-%m-%dT%H:%M}")
    page = screen.send("schedule", *events, at=f"{later:%Y-%m-%dT%H:%M}")

    assert told(page) == "2 scheduled."
    assert {fresh(event).publish_at for event in events} == {later}
    assert "at" in screen.send("schedule", events[0]).context["together"].errors


def test_kind_places_actors_and_source_are_put_to_many(screen, kind, moderator):
    other = KindFactory(name="Relief")
    there, more, who = PlaceFactory(), PlaceFactory(name="The mill"), ActorFactory()
    source = SourceFactory(title="The bulletin")
    one = EventFactory(places=[there])
    rest = EventFactory(headline="A mill is shut", kind=other)
    given = {"kind": other.pk, "places": [more.pk], "actors": [who.pk], "source": source.pk, "quote": "All."}

    page = screen.send("change", one, rest, **given)

    assert told(page) == "2 changed."
    assert {*fresh(one).places.all()} == {there, more}
    assert fresh(one).kind == other and {*fresh(rest).actors.all()} == {who}
    assert Citation.objects.filter(source=source, quote="All.", state="pending").count() == 2
    assert page.context["ticked"] == {one.pk, rest.pk}
    assert not page.context["together"]["quote"].value()
    revision = Revision.objects.get(model="event", key=one.pk)
    assert (revision.before["kind"], revision.after["kind"]) == (kind.pk, other.pk)

    again = screen.send("change", one, **given)
    assert refusals(again) == {one.headline: "It rests on these words of this source already."}
    assert refusals(screen.send("change", one, kind=other.pk)) == {one.headline: "All of this is so already."}
    assert screen.send("change", one).context["together"].non_field_errors()
    assert told(screen.send("change-and-submit", one, kind=kind.pk)) == "1 changed and submitted."


def test_places_actors_and_sources_are_named_where_there_are_no_scripts(screen):
    mill, source = PlaceFactory(name="The mill"), SourceFactory(url="https://post.example/1", title="Of noon")
    one, typed = EventFactory(), {"quote": "It is shut.", "source_named": "http://www.post.example/1/"}

    page = screen.send("change", one, places_named="the Mill; Nowhere", **typed)
    assert page.context["together"].errors.keys() == {"places"}
    assert 'value="the Mill; Nowhere"' in page.content.decode()

    screen.send("change", one, places_named="the Mill", **typed)
    assert list(fresh(one).places.all()) == [mill]
    assert one.citations.get().source == source


def test_many_are_moved_to_another_day_which_reads_their_times_anew(screen, story):
    other = DayFactory(date=story.last_date)
    event = EventFactory(wording="14:30")

    assert told(screen.send("move", event, to_day=str(other.date))) == "1 moved."
    assert (fresh(event).day, fresh(event).happened_on) == (other, other.date)

    page = screen.send("move", event, to_day="2021-03-02")
    assert "no such day yet" in str(page.context["together"].errors)
    assert "not on this day any more" in refusals(screen.send("submit", event))[event.headline]
    assert told(screen.send("submit", EventFactory(cited=True), to_day="never")) == "1 submitted."


def test_whatever_says_of_no_date_of_its_own_moves_with_its_day(screen, story):
    other = DayFactory(date=story.last_date)
    events = [EventFactory(headline=words or "Some time", wording=words) for words in ("", "overnight")]
    dated = EventFactory(headline="Dated", wording="on 2 March")

    page = screen.send("move", *events, dated, to_day=str(other.date))

    assert told(page) == "3 moved."
    assert [fresh(event).day for event in events] == [other] * 2
    assert str(fresh(dated).happened_on) == "2021-03-02"


def test_a_very_long_day_has_several_pages(screen, monkeypatch):
    monkeypatch.setattr(rows, "MOST", 2)
    events = [EventFactory(wording=f"0{hour}:00", headline=f"At {hour}") for hour in range(1, 6)]

    page = screen.look()
    assert listed(page) == ["At 1", "At 2"]
    page = screen.client.get(page.context["later"])
    assert listed(page) == ["At 3", "At 4"]
    assert page.context["earlier"] == screen.address
    page = screen.client.get(page.context["later"])
    assert (listed(page), page.context["later"]) == (["At 5"], "")

    sent = {"ticked": f"{events[2].pk}:{events[2].version}", "deed": "submit"}
    assert listed(screen.client.post(f"{screen.address}?page=2", sent, follow=True)) == ["At 3", "At 4"]


@pytest.mark.parametrize("who", ["editor", "both", "admin_person"])
def test_it_takes_as_many_queries_for_many_as_for_few(
    request, who, day, story, django_assert_max_num_queries
):
    """With media, and what else an event may have."""
    for number in range(30):
        event = EventFactory(headline=f"Event {number}", cited=True, places=[PlaceFactory()])
        show(event, MaterialFactory())
    screen = Screen(request.getfixturevalue(who), day)
    screen.look()

    with django_assert_max_num_queries(15):
        assert len(listed(screen.look())) == 30


def test_what_is_complete_and_what_is_ready_go_by_one_button_without_a_tick(screen):
    whole = EventFactory(cited=True, places=[PlaceFactory()])
    bare = EventFactory(headline="Power is back")
    ready = EventFactory(approved=True, headline="A mill is shut", fate="submitted")
    page = screen.look().context

    def keys(rows):
        return " ".join(row.key for row in rows)

    screen.send("submit-complete", complete=keys(page["complete"]), ready=keys(page["ready"]))
    screen.send("publish-ready", complete=keys(page["complete"]), ready=keys(page["ready"]))

    assert [fresh(event).state for event in (whole, bare, ready)] == ["submitted", "draft", "published"]


def test_what_stands_at_one_time_is_put_in_order(screen, editor):
    names = ["First", "Second", "Third"]
    events = [EventFactory(headline=name, wording="14:30") for name in names]
    EventFactory(headline="Later", wording="14:31")

    def order(event, to):
        return screen.send("", order=f"{event.pk}:{fresh(event).version}:{to}", headline="Half typed")

    page = order(events[2], 0)
    assert listed(page) == ["Third", "First", "Second", "Later"]
    assert page.context["adding"]["headline"].value() == "Half typed"
    assert listed(order(events[2], 1)) == ["First", "Third", "Second", "Later"]
    assert row_of(screen.look(), events[2]).up == 0
    assert "Somebody has changed this" in told(screen.send("", order=f"{events[2].pk}:1:2"))
    assert screen.client.post(screen.address, {"order": "x:1"}).status_code == 404


def test_is_closed_and_opened_again_from_its_head(screen, day):
    verb = reverse("admin:events_day_verb", args=[day.pk, "close"])

    page = screen.client.post(verb, {"seen": 1, "back": "day"}, follow=True)

    assert page.redirect_chain[0][0] == screen.address
    assert fresh(day).closed_at and "Open the day…" in page.content.decode()


def test_what_is_typed_is_kept_before_it_is_sent_and_offered(screen, editor, day):
    tab = "5e0f4f0e-0c4d-4e0e-9c51-1d9c6a0f3c12"
    typed = {"address": screen.address, "tab": tab, "typed": "headline=Half+typed&quote=Of+it"}
    assert screen.client.post(reverse("admin:unsaved"), typed).status_code == 200
    (row,) = screen.look().context["unsaved"]

    page = screen.look(unsaved=row.pk)
    assert page.context["adding"]["headline"].value() == "Half typed"
    assert page.context["together"]["quote"].value() == "Of it"

    event = EventFactory(cited=True)
    screen.send("submit", event, tab=tab)
    assert not Unsaved.objects.exists()


def test_what_is_sent_signed_out_waits_in_the_form(screen, editor, kind):
    screen.client.logout()
    screen.send("add", headline="Typed signed out", kind_of_new=kind.pk)
    screen.client.force_login(editor)

    page = screen.look()

    assert page.context["adding"]["headline"].value() == "Typed signed out"
    assert "nothing of this is saved" in told(page)


def test_says_who_has_one_of_its_events_open(screen, draft):
    address = reverse("admin:events_event_change", args=[draft.pk])
    tab = "5e0f4f0e-0c4d-4e0e-9c51-1d9c6a0f3c13"
    Desk(PersonFactory(admin=True)).client.post(reverse("admin:unsaved"), {"address": address, "tab": tab})

    assert screen.look().context["here"] == [("admin", draft.headline)]


def test_who_may_only_look_sees_no_button_and_can_send_nothing(moderator, day, draft):
    screen = Screen(moderator, day)

    page = screen.look()

    assert draft.headline in listed(page)
    assert 'id="day"' not in page.content.decode()
    assert screen.send("submit", draft).status_code == 403


def test_an_empty_day_says_how_to_begin(screen, day, editor):
    closing.close_day(day, by=editor, seen=1)
    page = screen.look().content.decode()

    assert "Nothing is told of this day yet" in page
    assert "Closed, no events yet" in page
