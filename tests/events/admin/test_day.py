"""Days at the desk."""

import pytest

from chronicle.models import Page
from events.models import Day
from tests.support.cast import fresh
from tests.support.desk import Desk, errors, told
from tests.support.factories import DayFactory


@pytest.fixture
def desk(editor):
    return Desk(editor)


def test_adds_a_day_and_publishes_its_words(desk, story):
    desk.save(desk.get("events_day_add"), story=story.pk, date="2021-03-02", headline="The river rises")
    day = Day.objects.get()

    desk.press(day, "publish")

    assert Page.objects.get().headline == "The river rises"


def test_a_later_edition_asks_for_a_note(desk, day):
    desk.save(desk.open(day), headline="The river")
    desk.press(day, "publish")
    desk.save(desk.open(day), headline="The river rises")

    assert "say in a note" in told(desk.press(day, "publish", note=""))
    desk.press(day, "publish", note="Gave it a headline.")

    assert Page.objects.get().headline == "The river rises"


def test_a_date_that_the_chronicle_has_already_is_refused(desk, day, story):
    response = desk.save(desk.get("events_day_add"), story=story.pk, date=str(day.date))

    assert "has a day of that date already" in errors(response)


@pytest.mark.parametrize("words", ["2021-03-03", "3", "bridge"])
def test_is_found_by_date_by_number_and_by_words(desk, day, words):
    desk.save(desk.open(day), headline="The bridge")

    assert list(desk.get("events_day_changelist", q=words).context["cl"].result_list) == [day]
    assert not desk.get("events_day_changelist", q="2021-03-04").context["cl"].result_list


def test_a_refusal_of_the_verb_comes_back_in_the_form_with_what_was_typed(desk, day):
    desk.save(desk.open(day), headline="The river rises")
    desk.press(day, "publish")

    response = desk.save(desk.open(day), date="2021-03-04", sentence="Typed with care")

    assert "This day has a page that readers know: its date cannot change." in errors(response)
    assert "Typed with care" in response.content.decode()
    assert fresh(day).date == day.date


def test_a_date_of_another_day_is_refused_on_the_page_of_a_day_too(desk, day, story):
    other = DayFactory(story=story, date=story.last_date)

    response = desk.save(desk.open(other), date=str(day.date))

    assert "has a day of that date already" in errors(response)
    assert fresh(other).date == story.last_date


def test_a_day_with_events_cannot_be_deleted(admin_person, draft):
    response = Desk(admin_person).post("events_day_delete", draft.day.pk, data={"post": "yes"})

    assert response.status_code == 403
    assert fresh(draft.day)
