"""The rows of an import at the desk: written, cut, joined, moved, cited at what is there, and never lost."""

from datetime import date

import pytest
from django.http import QueryDict

from events.models import Citation, Event, Place, Unsaved
from tests.support.desk import told
from tests.support.factories import EventFactory, KindFactory, PlaceFactory
from tests.support.import_pages import as_shown, box, given, hidden, page_address, ticked

TWO_DAYS = """Water over the old town

3 March

At 04:00 the motor of the Sarn Lock failed; at 06:00 the dockers met on the quay of the Sarn Lock. The pumps
ran on.

Wednesday, 5 March

At noon the mayor promised pumps for Newtown.
"""


def test_rows_are_edited_joined_and_parted_and_a_time_that_is_not_read_stops_all_of_them(desk, story):
    kind = KindFactory(story=story, name="Rescue")
    page = desk.post(page_address(), given(story, step="read"))
    changed = {"when-3": "half past nine-ish", "headline-4": "A bridge is closed", "kind-4": kind.pk}

    refused = desk.post(page_address(), {**as_shown(page), **changed, "step": "import"})

    assert "Could not read “half past nine-ish”" in refused.text
    assert 'value="A bridge is closed"' in refused.text
    assert not Event.objects.exists()

    changed |= {"when-3": "9:30", "step": "read"}
    joined = desk.post(page_address(), {**as_shown(refused), **changed, "join": "5"})
    assert ticked(joined) == [3, 4, 6, 7, 9]
    assert "3 Mar 09:30–09:31" in joined.text
    parted = desk.post(page_address(), {**as_shown(joined), **changed, "part": "5"})
    assert 'name="joined"' not in parted.text

    sent = {**as_shown(joined), **changed, "step": "import"}
    desk.post(page_address(), sent)

    draft = Event.objects.get(headline="A bridge is closed")
    assert draft.kind == kind
    assert draft.citations.get().quote.count(".") == 3
    assert Event.objects.count() == 5


def test_what_was_changed_waits_for_whoever_was_signed_out(client, editor, story):
    client.force_login(editor)
    page = client.post(page_address(), given(story, step="read"))
    client.logout()
    client.post(page_address(), {**as_shown(page), "headline-4": "A bridge is closed", "step": "import"})

    client.force_login(editor)
    again = client.get(page_address(), follow=True)

    assert 'value="A bridge is closed"' in again.text
    assert not Event.objects.exists()


def sends(desk, response, **pressed):
    """The page that comes of pressing a button of the page of ``response``."""
    return desk.post(page_address(), {**as_shown(response), **pressed})


def test_several_headings_are_several_days_and_each_is_taken_once_it_is_confirmed(desk, story):
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))

    assert "Day 3: Wednesday 3 March 2021" in page.text
    assert "5 March 2021 is a Friday" in page.text
    assert "sure" not in hidden(page)
    assert "No day is confirmed yet" in told(sends(desk, page, step="import"))

    page = sends(desk, page, sure="2021-03-03")
    page = sends(desk, page, choose="1:2021-03-05")
    assert "Day 5: Friday 5 March 2021" in page.text
    assert page.text.count('name="sure"') == page.text.count("checked> This is the day") == 2
    listed = sends(desk, page, sure=["2021-03-03", "2021-03-05"], step="import")

    assert "3 drafts of The flood: day 3, 3 March 2021 and The flood: day 5, 5 March 2021" in told(listed)
    days = Event.objects.order_by("position").values_list("day__date", flat=True)
    assert list(days) == [date(2021, 3, 3), date(2021, 3, 3), date(2021, 3, 5)]
    assert not Unsaved.objects.exists()


def test_a_row_with_two_clock_times_is_split_there_put_together_again_and_moved(desk, story):
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))
    assert "Split at “at 06:00 the dockers”" in page.text

    split = sends(desk, page, split="2:44")
    assert (box(split, "when-2"), box(split, "when-2-44")) == ("04:00", "06:00")
    assert box(split, "headline-2-44") == "The dockers met on the quay of the Sarn Lock"
    assert "2-44" in ticked(split)
    whole = sends(desk, split, join="2-44")
    assert 'name="cut"' not in whole.text
    page = sends(desk, split, move="2-44:2021-03-05")
    listed = sends(desk, sends(desk, page, choose="1:2021-03-05"), step="import", sure="2021-03-05")

    assert "2 drafts of The flood: day 5" in told(listed)
    assert set(Event.objects.values_list("wording", flat=True)) == {"06:00", "noon"}


def test_places_and_actors_are_written_by_name_and_new_names_are_offered(desk, story):
    PlaceFactory(story=story, name="Newtown")
    other = PlaceFactory(story=story, name="Newtown", latitude="1", longitude="2")
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))
    assert '<b dir="auto">Sarn Lock</b>' in page.text

    page = sends(desk, page, call="place:Sarn Lock")
    assert box(page, "places-2") == "Sarn Lock"
    assert "New: Sarn Lock" in page.text
    page = sends(
        desk, page, **{"places-2": "Newtown, Sarn Lock", "actors-2": "Dockers", "sure": "2021-03-03"}
    )
    assert "“Newtown” is several: write “Newtown (38.720000, -9.140000)” or “Newtown (1.000000," in page.text
    assert "Row 2, “The motor of the Sarn Lock failed" in told(sends(desk, page, step="import"))

    named = "sarn lock, Newtown (1.000000, 2.000000)"
    sends(desk, page, step="import", **{"places-2": named, "places-3": "Sarn Lock"})

    draft = Event.objects.get(wording="04:00")
    lock = Place.objects.get(names__name__iexact="sarn lock")
    assert set(draft.places.all()) == {lock, other}
    assert [str(actor) for actor in draft.actors.all()] == ["Dockers"]
    assert list(Event.objects.get(wording="after 04:00").places.all()) == [lock]


def test_what_is_told_already_is_cited_there_or_imported_as_its_own(desk, story, editor):
    there = EventFactory(
        day__story=story,
        day__date=date(2021, 3, 3),
        kind__story=story,
        headline="Sarn lock stands still",
        text="<p>Its motor failed. The dockers meet at the quay.</p>",
    )
    EventFactory(day__story=story, day__date=date(2021, 3, 3), kind__story=story, headline="Something else")
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))
    assert "Probably told already." in page.text
    assert "<mark>motor</mark>" in page.text

    undecided = sends(desk, page, step="import", sure="2021-03-03")
    assert "1 draft of" in told(undecided)
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))
    page = sends(desk, page, cite=f"2:{there.pk}", sure="2021-03-03")
    assert "1 cited at" in page.text
    listed = sends(desk, page, step="import")

    assert "cited at 1 event that was there" in told(listed)
    assert Citation.objects.get(event=there).quote.startswith("At 04:00 the motor")
    assert Event.objects.filter(day__story=story).count() == 3

    page = desk.post(page_address(), given(story, text=TWO_DAYS.replace("motor", "old motor"), step="read"))
    listed = sends(desk, sends(desk, page, own="2", sure="2021-03-03"), step="import")
    assert "1 draft of" in told(listed)


def test_a_carried_time_is_confirmed_or_left_open(desk, story):
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))
    assert "<b>Carried on</b> from row 2" in page.text

    confirmed = sends(desk, page, confirm="3")
    opened = sends(desk, page, open="3")
    assert "confirmed by you" in confirmed.text
    assert box(opened, "when-3") == ""
    sends(desk, confirmed, step="import", sure="2021-03-03")

    draft = Event.objects.get(wording="after 04:00")
    assert (draft.carried, draft.time_confirmed) == (True, True)


def test_what_is_complete_is_submitted_with_the_import_and_nothing_else(desk, story):
    kind = KindFactory(story=story, name="Works")
    page = desk.post(page_address(), given(story, text=TWO_DAYS, kind=kind.pk, step="read"))
    everywhere = {f"{facet}-{key}": value for key in (2, 3) for facet, value in (("places", "Sarn Lock"),)}

    refused = sends(desk, page, step="submit", sure="2021-03-03", **everywhere, **{"quoted-2": "yes"})

    # It tells two clock times, and nobody has said that it may.
    assert "No row is complete." in told(refused)
    assert not Event.objects.exists()

    whole = sends(desk, refused, leave="2", **{"quoted-2": "yes", "quoted-3": "yes"})
    assert "<b>2 of 5 taken</b>, 1 complete" in whole.text
    listed = sends(desk, whole, step="submit", sure="2021-03-03", **{"quoted-2": "yes", "quoted-3": "yes"})

    assert "2 drafts of The flood: day 3, 3 March 2021 added" in told(listed)
    assert "; 1 submitted." in told(listed)
    submitted = Event.objects.get(state=Event.State.SUBMITTED)
    assert (submitted.wording, submitted.kind, submitted.is_quotation) == ("04:00", kind, True)
    assert Event.objects.get(state=Event.State.DRAFT).carried
    assert submitted.decisions.get().verb == "submit"


def test_each_page_that_goes_on_with_an_import_keeps_its_own(desk, story, other_editor):
    page = desk.post(page_address(), given(story, step="read"))
    address = page.redirect_chain[-1][0]
    here, there = desk.get(address), desk.get(address)

    first = sends(desk, here, **{"headline-4": "Mine", "step": "read"})
    second = sends(desk, there, **{"headline-4": "Also mine", "step": "read"})

    assert first.redirect_chain[-1][0] == address != second.redirect_chain[-1][0]
    assert "kept as one of its own" in told(second)
    assert box(desk.get(address), "headline-4") == "Mine"
    begun = desk.get(page_address()).text
    assert begun.count("Throw it away") == Unsaved.objects.count() == 2
    for nothing in (f"{page_address()}{'9' * 30}/", f"{page_address()}?unsaved=x"):
        assert "thrown away" in told(desk.get(nothing, follow=True))
    desk.force_login(other_editor)
    assert "thrown away" in told(desk.get(address, follow=True))


def test_what_a_script_keeps_of_a_page_takes_the_place_of_what_it_goes_on_from(desk, story):
    page = desk.post(page_address(), given(story, step="read"))
    fields = {**as_shown(page), "headline-4": "Kept as it is typed"}
    page_of_it = {"address": page_address(), "tab": fields["tab"], "after": fields["after"]}
    state = QueryDict(mutable=True)
    for name, value in fields.items():
        state.setlist(name, value if isinstance(value, list) else [value])
    kept = desk.post("/desk/unsaved/", {**page_of_it, "typed": state.urlencode()})

    assert kept.status_code == 200
    assert Unsaved.objects.count() == 1
    assert box(desk.get(page.redirect_chain[-1][0]), "headline-4") == "Kept as it is typed"


@pytest.mark.parametrize(
    "pressed",
    ["join", "part", "split", "move", "choose", "cite", "own", "confirm", "open", "leave", "call"],
)
@pytest.mark.parametrize(
    "value", ["", "0", "99:1", "2:99999999", "2-x:5", "x:y", "2:2021-13-01", "-1", "place:", "9" * 5000]
)
def test_nothing_that_a_button_might_send_fails(desk, story, pressed, value):
    page = desk.post(page_address(), given(story, text=TWO_DAYS, step="read"))

    assert sends(desk, page, **{pressed: value}).status_code == 200


def test_a_page_of_sixty_rows_asks_as_many_queries_as_one_of_three(
    desk, story, django_assert_max_num_queries
):
    EventFactory(day__story=story, day__date=date(2021, 3, 3), kind__story=story)
    PlaceFactory(story=story, name="Harbour Gate")
    text = "Water\n\n" + " ".join(f"At {n % 24:02}:15 the Harbour Gate {n} was opened." for n in range(60))
    address = desk.post(
        page_address(), given(story, text=text, date="2021-03-03", step="read")
    ).redirect_chain[-1][0]

    with django_assert_max_num_queries(15):
        assert len(ticked(desk.get(address))) == 60


def test_a_page_of_as_many_rows_as_there_may_be_is_sent(desk, story):
    text = "Water\n\n" + " ".join(f"At {n % 24:02}:15 gate {n} was opened." for n in range(500))
    page = desk.post(page_address(), given(story, text=text, date="2021-03-03", step="read"))

    again = sends(desk, page, **{"headline-500": "The last", "step": "read"})

    assert box(again, "headline-500") == "The last"
