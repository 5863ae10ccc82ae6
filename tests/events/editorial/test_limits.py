"""Texts have limits, said beside the field; what is too long comes back as it was typed."""

import pytest

from events.editorial import moderation, publishing, stories, texts, writing
from events.editorial.refused import Refused
from tests.support.cast import fresh
from tests.support.desk import Desk, filled_in
from tests.support.factories import TextFactory

FIELDS = [
    ("draft", "text", 20_000),
    ("draft", "headline", 200),
    ("draft", "wording", 200),
    ("day", "sentence", 500),
    ("day", "summary", 10_000),
    ("day", "headline", 200),
    ("text", "text", 20_000),
    ("text", "title", 120),
    ("citation", "quote", 5_000),
    ("citation", "locator", 120),
    ("story", "description", 2_000),
    ("kind", "description", 200),
]
SAID_BESIDE = [(row, field, limit) for row, field, limit in FIELDS if limit >= 500]


def words(characters: int) -> str:
    return ("Long & “long” " * (characters // 14 + 1))[:characters].rstrip().ljust(characters, ".")


@pytest.fixture
def row(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def desk(admin_person):
    return Desk(admin_person)


@pytest.mark.parametrize(("row", "field", "limit"), FIELDS, indirect=["row"])
def test_a_text_that_is_too_long_is_refused_and_still_there(desk, row, field, limit):
    typed = words(limit + 1)

    response = desk.save(desk.open(row), **{field: typed})

    form = response.context["adminform"].form
    assert str(limit + 1) in form.errors[field][0]
    assert form[field].value() == typed
    assert getattr(fresh(row), field) != typed


@pytest.mark.parametrize(("row", "field", "limit"), SAID_BESIDE, indirect=["row"])
def test_a_text_that_just_fits_is_saved(desk, row, field, limit):
    plain = "n" * limit

    desk.save(desk.open(row), **{field: plain})

    assert getattr(fresh(row), field) == plain


@pytest.mark.parametrize(("row", "field", "limit"), SAID_BESIDE, indirect=["row"])
def test_the_limit_stands_beside_the_field(desk, row, field, limit):
    form = desk.open(row).context["adminform"].form

    assert f"At most {limit:,} characters" in form.fields[field].help_text
    assert "maxlength" not in form.fields[field].widget.attrs


def test_a_row_below_an_event_comes_back_too(desk, draft):
    typed = words(5_001)

    response = desk.save(desk.open(draft), **{"citations-0-quote": typed})

    assert filled_in(response)["citations-0-quote"] == typed
    assert draft.citations.get().quote == "The bridge was closed."


@pytest.mark.parametrize(
    ("row", "field", "limit"), [one for one in FIELDS if one[1] != "wording"], indirect=["row"]
)
def test_the_verbs_refuse_it_without_a_form(row, field, limit, admin_person):
    save = {
        "Event": writing.save_event,
        "Day": writing.save_day,
        "Citation": writing.save_citation,
        "Kind": writing.save_named,
        "Text": texts.save_text,
    }.get(type(row).__name__)
    setattr(row, field, words(limit + 1))

    with pytest.raises(Refused, match=f"cannot be saved.*{limit + 1}"):
        if save:
            save(row, by=admin_person, seen=1)
        else:
            stories.save_story(row, by=admin_person, seen=1)


@pytest.mark.parametrize(
    "verb",
    [
        lambda event, words, by: publishing.publish(event, by=by, seen=1, note=words),
        lambda event, words, by: publishing.publish_day(event.day, by=by, seen=1, note=words),
        lambda event, words, by: texts.publish_text(TextFactory(), by=by, seen=1, note=words),
        lambda event, words, by: publishing.withdraw(event, by=by, seen=1, reason=words),
        lambda event, words, by: moderation.reject(
            event.citations.get(), by=by, seen=1, code="other", words=words
        ),
        lambda event, words, by: moderation.reopen(event.citations.get(), by=by, seen=1, words=words),
        lambda event, words, by: moderation.retract_source(
            event.citations.get().source, by=by, seen=1, reason=words
        ),
    ],
    ids=["publish", "publish day", "publish text", "withdraw", "reject", "reopen", "retract"],
)
def test_notes_and_reasons_fit_into_two_thousand_characters(published, admin_person, verb):
    with pytest.raises(Refused, match="Say it in at most 2,000 characters"):
        verb(published, words(2_001), admin_person)
