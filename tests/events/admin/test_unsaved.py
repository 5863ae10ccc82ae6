"""What is typed into a form of the desk is kept before it is saved, and offered again."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.utils import timezone

from events.admin import unsaved
from events.editorial import takedowns
from events.editorial.takedowns import Part
from events.models import Decision, Event, Unsaved
from tests.support.cast import fresh, make_member
from tests.support.factories import CitationFactory, EventFactory, PersonFactory, StoryFactory
from tests.support.forms import Forms

KEEP, ADD = "/desk/unsaved/", "/desk/events/event/add/"
IMPORT = "/desk/events/event/import-digest/"
TYPED = "headline=Typed+for+an+hour&text=%3Cp%3EOne+word%3C%2Fp%3E"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def change(event) -> str:
    return f"/desk/events/event/{event.pk}/change/"


def keep(client, address, typed=TYPED, tab=None):
    return client.post(KEEP, {"address": address, "tab": tab or uuid4(), "typed": typed})


def take(taken) -> None:
    """Take a row down: asked for by one administrator, confirmed by another."""
    take_parts(taken.story, Part(row=f"{taken._meta.model_name}/{taken.pk}"))


def take_parts(story, *parts) -> None:
    boss, other = (PersonFactory(username=name, admin=True) for name in ("boss", "other-boss"))
    asked = takedowns.ask(story, parts, by=boss, reason="A court says so.")
    takedowns.confirm(asked, by=other, seen=1)


def form_of(response) -> dict[str, str]:
    forms = Forms()
    forms.feed(response.text)
    return next(held for _, held in forms.found if "headline" in held)


def test_it_is_offered_and_shown_in_the_form(desk, draft):
    keep(desk, change(draft), f"seen=1&{TYPED}")

    page = desk.get(change(draft))
    assert "You typed something here" in page.text
    assert form_of(page)["headline"] == draft.headline

    shown = desk.get(f"{change(draft)}?unsaved={Unsaved.objects.get().pk}")
    assert form_of(shown)["headline"] == "Typed for an hour"
    assert "nothing of it is saved yet" in shown.text
    assert fresh(draft).headline == draft.headline


def test_what_is_offered_is_told_apart_by_what_was_typed(desk):
    keep(desk, ADD, "headline=Water+passes+%3Cb%3E&text=Long")
    keep(desk, ADD, f"headline=&text=Only&citations-0-quote=&title={'word ' * 40}")
    keep(desk, ADD, "wording=14:30")

    page = desk.get(ADD).text

    assert page.count("You typed something here") == 3
    assert '<q dir="auto">Water passes &lt;b&gt;</q>' in page
    assert f'<q dir="auto">{"word " * 15}word…</q>' in page
    assert page.count("<q ") == 2


def test_a_new_event_is_kept_too(desk, day, kind):
    keep(desk, ADD)

    shown = desk.get(f"{ADD}?unsaved={Unsaved.objects.get().pk}")

    assert form_of(shown)["headline"] == "Typed for an hour"
    assert not Event.objects.exists()


def test_rows_below_the_form_are_kept_too(desk, draft, citation):
    held = form_of(desk.get(change(draft)))
    keep(desk, change(draft), urlencode({**held, "citations-0-quote": "Said otherwise."}), held["tab"])

    shown = desk.get(f"{change(draft)}?unsaved={Unsaved.objects.get().pk}")

    assert form_of(shown)["citations-0-quote"] == "Said otherwise."
    assert form_of(shown).keys() == held.keys()


def test_a_save_of_its_page_clears_it(desk, day, kind):
    held = form_of(desk.get(ADD))
    keep(desk, ADD, tab=held["tab"])

    desk.post(ADD, {**held, "day": day.pk, "kind": kind.pk, "headline": "A bridge is closed"})

    assert Event.objects.count() == 1
    assert not Unsaved.objects.exists()


def test_a_refused_save_keeps_it(desk):
    held = form_of(desk.get(ADD))
    keep(desk, ADD, tab=held["tab"])

    page = desk.post(ADD, {**held, "headline": "A bridge is closed"})

    assert form_of(page)["tab"] == held["tab"]
    assert Unsaved.objects.count() == 1


def test_what_is_in_another_page_that_is_open_stays(desk, day, kind):
    held = form_of(desk.get(ADD))
    keep(desk, ADD)

    desk.post(ADD, {**held, "day": day.pk, "kind": kind.pk, "headline": "A bridge is closed"})

    assert Unsaved.objects.count() == 1


def test_what_a_killed_browser_brings_takes_the_place_of_what_is_older_alone(desk, draft):
    tab = uuid4()
    keep(desk, change(draft), "headline=Newer", tab)
    for age, headline in (("60000", "Newer"), ("0", "Newest"), ("9" * 18, "Newest"), ("-1", "Brought")):
        typed = {"address": change(draft), "tab": tab, "age": age}
        desk.post(KEEP, {**typed, "typed": f"headline={'Brought' if age == '-1' else 'Newest'}"})
        assert Unsaved.objects.get().typed == f"headline={headline}"


def test_without_a_script_too_what_is_refused_is_offered_after_its_tab_was_closed(desk, day):
    page = form_of(desk.get(f"{ADD}?day={day.pk}"))
    refused = desk.post(ADD, {**page, "headline": "Typed for an hour", "kind": ""})
    assert refused.status_code == 200

    assert "You typed something here" in desk.get(ADD).text
    shown = desk.get(f"{ADD}?unsaved={Unsaved.objects.get().pk}")
    assert form_of(shown)["headline"] == "Typed for an hour"


def test_a_browser_is_told_of_which_page_all_is_saved(desk, draft):
    sent = form_of(desk.get(change(draft)))
    answer = desk.post(change(draft), {**sent, "headline": "Typed for an hour"})

    assert answer.status_code == 302
    cookie = answer.cookies["saved"]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == (sent["tab"], "/desk/", "Strict")


def test_it_is_no_version_and_no_decision(desk, draft):
    keep(desk, change(draft))

    assert (fresh(draft).version, fresh(draft).changed_at) == (draft.version, draft.changed_at)
    assert not Decision.objects.filter(event=draft).exists()


def test_nobody_is_shown_what_another_typed(desk, draft, other_editor):
    keep(desk, change(draft))
    desk.force_login(other_editor)

    assert "You typed something here" not in desk.get(change(draft)).text
    shown = desk.get(f"{change(draft)}?unsaved={Unsaved.objects.get().pk}")
    assert form_of(shown)["headline"] == draft.headline


def test_it_can_be_thrown_away_by_whose_it_is(desk, draft, other_editor):
    tab = uuid4()
    keep(desk, change(draft), tab=tab)
    gone = {"address": change(draft), "tab": tab, "gone": "1"}

    desk.force_login(other_editor)
    desk.post(KEEP, gone)
    assert Unsaved.objects.exists()

    desk.force_login(Unsaved.objects.get().person)
    assert desk.post(KEEP, gone).url == change(draft)
    assert not Unsaved.objects.exists()


def test_who_else_has_it_open_is_told(desk, draft, other_editor, client):
    keep(desk, change(draft))
    assert keep(desk, change(draft)).json()["again"] is True

    desk.force_login(other_editor)
    said = keep(desk, change(draft), typed="").json()
    assert (said["others"], said["again"]) == (["editor"], False)

    Unsaved.objects.update(here_at=timezone.now() - timedelta(minutes=1))
    assert keep(desk, change(draft), typed="").json()["others"] == []


@pytest.mark.parametrize(
    "address", ["/desk/", "/desk/events/event/", "https://elsewhere.example/", "", "/x" * 99]
)
def test_nothing_is_kept_of_what_is_no_form(desk, address):
    assert keep(desk, address).status_code == 404
    assert not Unsaved.objects.exists()


def test_nor_of_a_form_of_a_story_in_which_one_has_no_role(client, draft):
    client.force_login(make_member("elsewhere", StoryFactory(slug="other", title="Other"), "editor"))

    assert keep(client, change(draft)).status_code == 404


def test_nor_by_who_is_signed_out(client, draft):
    assert keep(client, change(draft)).status_code == 302
    assert not Unsaved.objects.exists()


def test_what_is_too_long_is_told(desk, draft):
    response = keep(desk, change(draft), typed="x" * (unsaved.MOST + 1))

    assert response.status_code == 413
    assert "400,000 characters" in response.json()["sentence"]


def test_it_goes_after_a_month(desk, draft):
    keep(desk, change(draft))
    Unsaved.objects.update(here_at=timezone.now() - timedelta(days=31))

    keep(desk, change(draft), typed="")

    assert not Unsaved.objects.exclude(typed="").exists()


def test_a_takedown_takes_it_along(desk, draft):
    event = EventFactory(day=draft.day, kind=draft.kind)
    source_of_it = CitationFactory(event=event).source
    for address in (change(draft), change(event), f"/desk/events/source/{source_of_it.pk}/change/"):
        keep(desk, address)

    take(draft)

    assert {each.address for each in Unsaved.objects.all()} == {
        change(event),
        f"/desk/events/source/{source_of_it.pk}/change/",
    }


ODD = [
    "headline=%00&text=%ED%A0%80&day=%D9%A3&places=x&places=99999999999999999999",
    f"citations-TOTAL_FORMS={'9' * 20}&citations-INITIAL_FORMS=-1&uses-TOTAL_FORMS=x",
    "citations-TOTAL_FORMS=1&citations-INITIAL_FORMS=1&citations-0-id=x&citations-0-event=%00",
    f"seen={'9' * 5_000}&position=-1&overruled_earliest_0=99999-01-01&saying={'x' * 5_000}",
    "began-seen=1&clash=headline&pick-headline=theirs&_form=1",
    "%00=%00&=&&tab=x&once=x",
    "\0",
]


@pytest.mark.parametrize("typed", ODD, ids=range(len(ODD)))
def test_whatever_was_kept_is_shown_and_fails_nothing(desk, draft, citation, typed):
    """As a program sends it, that no form of the desk is."""
    for address in (change(draft), ADD):
        kept = keep(desk, address, typed)
        assert kept.status_code in (200, 404), kept.text
        if kept.status_code == 200:
            assert desk.get(f"{address}?unsaved={kept.json()['key']}").status_code == 200


def test_of_an_address_that_is_none_nothing_is_kept(desk, draft):
    far = "9" * 5_000
    for address in (
        "",
        "\0",
        "x" * 5_000,
        f"/desk/events/event/{far}/change/",
        "/desk/events/event/%D9%A3/change/",
    ):
        assert keep(desk, address).status_code == 404
    assert keep(desk, change(draft), tab="x").status_code == 404
    assert not Unsaved.objects.exists()


def test_a_takedown_takes_imports_along_that_are_begun_in_its_story(desk, draft):
    elsewhere = StoryFactory(slug="the-fire", title="The fire")
    for story in (draft.story, elsewhere):
        keep(desk, IMPORT, f"story={story.pk}&text=A+dam+was+opened.")

    take(draft)

    assert [each.typed for each in Unsaved.objects.all()] == [f"story={elsewhere.pk}&text=A+dam+was+opened."]


def test_what_a_refusal_kept_is_not_taken_for_something_else_when_the_browser_brings_it_late(desk, draft):
    """The clock of the server has gone on while the browser's words were on their way."""
    tab = uuid4()
    desk.post(change(draft), {"tab": tab, "wording": "when cows fly", "_save": "Save"})

    same = keep(desk, change(draft), "wording=when+cows+fly", tab)
    other = keep(desk, change(draft), "wording=at+noon", tab)

    assert [answer.json()["taken"] for answer in (same, other)] == [False, True]
    assert Unsaved.objects.get(tab=tab).typed == "wording=at+noon"


def test_a_page_takes_over_what_the_page_kept_that_it_goes_on_from(desk, draft):
    first, second, third = (uuid4() for _ in range(3))
    keep(desk, IMPORT, "text=One", first)
    desk.post(KEEP, {"address": IMPORT, "tab": second, "after": first, "typed": ""})

    kept = desk.post(KEEP, {"address": IMPORT, "tab": second, "after": first, "typed": "text=Two"})
    late = desk.post(KEEP, {"address": IMPORT, "tab": third, "after": first, "typed": "text=Three"})

    said = kept.json()
    assert said == {"key": Unsaved.objects.get(tab=second).pk, "taken": True, "others": [], "again": False}
    assert late.json()["again"]
    assert set(Unsaved.objects.values_list("tab", "typed")) == {(second, "text=Two"), (third, "text=Three")}
