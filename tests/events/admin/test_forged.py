"""What no page of the desk would send, sent by somebody with a role in one story: it changes nothing that it
should not, and tells nothing of the other."""

import re
from http import HTTPStatus

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.forms.models import BaseInlineFormSet
from django.urls import reverse

from events.admin import belonging, reach
from events.models import Actor, Citation, Decision, Event, Kind, Material, Membership, Place, Source
from tests.support.asking import DONE, REFUSED, Browser
from tests.support.cast import fresh
from tests.support.desk import Desk, filled_in
from tests.support.two_stories import MISSING, OURS, THEIRS

pytestmark = pytest.mark.django_db

CHANGED = {
    "event": "headline",
    "day": "headline",
    "citation": "quote",
    "source": "title",
    "outlet": "country",
    "kind": "description",
    "place": "note",
    "actor": "note",
    "material": "credit",
}
"""What an editor may change of each."""

COUNTED = {"version", "changed_at", "changed_by_id", "hmac"}
"""What a save changes besides the words, by itself."""
FORGED_HMAC = "0" * 64


@pytest.fixture
def editor(world):
    return world.people["editor"]


@pytest.fixture
def desk(editor):
    return Desk(editor)


def forged(row):
    """Every column of ``row`` that is no field of its form, as it is not."""
    other = {"state": "published", "version": 99, "published_version": 99, "approved_version": 99}
    names = [field.name for field in row._meta.concrete_fields if not field.editable]
    made_up = {name: other.get(name, 1) for name in names}
    return {
        **made_up,
        "authors": "1",
        "by": "1",
        "pk": "1",
        "id": "1",
        "created_by": "1",
        "hmac": FORGED_HMAC,
    }


def owned(row):
    """What is kept of it in columns that no form has."""
    fields = [field for field in row._meta.concrete_fields if not field.editable]
    return {field.attname: getattr(row, field.attname) for field in fields} | {"story": row.story.pk}


@pytest.mark.parametrize("name", CHANGED)
def test_columns_that_no_form_has_are_not_taken_from_one(desk, world, name):
    row, field = world.ours.rows[name], CHANGED[name]
    typed = {field: "Otherwise", "story": world.theirs.story.pk, "key": "0" * 32}

    answer = desk.save(desk.open(row), **{**forged(row), **typed})

    now = fresh(row)
    assert answer.status_code == 302
    assert getattr(now, field) == "Otherwise"
    assert {one: value for one, value in owned(now).items() if one not in COUNTED} == {
        one: value for one, value in owned(row).items() if one not in COUNTED
    }
    assert now.version == row.version + 1
    assert getattr(now, "hmac", "") != FORGED_HMAC


def test_a_new_row_begins_at_the_beginning_whatever_is_sent(desk, world, editor):
    rows = world.ours.rows
    typed = {"day": rows["day"].pk, "kind": rows["kind"].pk, "headline": "Begun", "wording": ""}

    desk.save(desk.get("events_event_add"), **{**forged(rows["event"]), **typed})
    event = Event.objects.get(headline="Begun")
    typed = {"event": event.pk, "source": rows["source"].pk, "quote": "Begun.", "stance": "supports"}
    desk.save(desk.get("events_citation_add"), **{**forged(rows["citation"]), **typed, "state": "approved"})

    citation = event.citations.get()
    assert (event.state, event.version, event.published_version, event.created_by) == ("draft", 1, 0, editor)
    assert (citation.state, citation.version, citation.approved_by) == ("pending", 1, None)
    assert citation.submitted_by == editor


NAMED = [
    ("event", "day"),
    ("event", "kind"),
    ("event", "places"),
    ("event", "actors"),
    ("citation", "source"),
    ("source", "outlet"),
    ("source", "relays"),
    ("material", "source"),
    ("material", "place"),
]
ROW = {"places": "place", "actors": "actor", "relays": "source"}
NO_SUCH = "Select a valid choice. That choice is not one of the available choices."
NONE_OF_THEM = "Select a valid choice. # is not one of the available choices."


@pytest.mark.parametrize(("name", "field"), NAMED)
def test_what_is_named_of_another_story_is_refused_as_what_is_not_there(desk, world, name, field):
    row, theirs = world.ours.rows[name], world.theirs.rows[ROW.get(field, field)]
    before = fresh(row).__dict__

    answers = [desk.save(desk.open(row), **{field: key}) for key in (theirs.pk, MISSING)]

    told = [answer.context["adminform"].form.errors[field] for answer in answers]
    assert [re.sub(r"\d+", "#", one[0]) for one in told] in ([NO_SUCH] * 2, [NONE_OF_THEM] * 2)
    assert not [answer for answer in answers if THEIRS in answer.text]
    assert {**fresh(row).__dict__, "_state": None} == {**before, "_state": None}


INLINES = {
    "a citation": ("event", "citations", "citation", {"quote": "Otherwise.", "stance": "supports"}),
    "what an event shows": ("told event", "uses", "use", {"caption": "Otherwise.", "position": 0}),
    "a name": ("place", "names", "place", {"name": "Otherwise", "position": 0}),
}


def row_of(answer, prefix):
    """The first of the rows called ``prefix`` below the form of a page."""
    formsets = [below.formset for below in answer.context["inline_admin_formsets"]]
    return next(formset.forms[0] for formset in formsets if formset.prefix == prefix)


@pytest.mark.parametrize("what", INLINES)
def test_a_row_below_a_form_cannot_be_one_of_another_story(desk, world, what):
    name, prefix, other, typed = INLINES[what]
    page = desk.open(world.ours.rows[name])
    below = getattr(world.theirs.rows[other], "names", None)
    stolen = below.get() if below else world.theirs.rows[other]
    typed = {f"{prefix}-0-{one}": value for one, value in typed.items()}

    answers = [desk.save(page, **typed, **{f"{prefix}-0-id": key}) for key in (stolen.pk, MISSING)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert THEIRS not in answers[0].text
    told = [row_of(answer, prefix).errors["id"] for answer in answers]
    assert told[0] == told[1] == [NO_SUCH]
    assert str(fresh(stolen)) == str(stolen)


def test_control_django_would_take_the_key_of_any_row(desk, world, monkeypatch):
    monkeypatch.setattr(reach.RowsBelow, "add_fields", BaseInlineFormSet.add_fields)
    page, stolen = desk.open(world.ours.rows["event"]), world.theirs.rows["citation"]
    typed = {"citations-0-quote": "Otherwise."}

    answers = [desk.save(page, **typed, **{"citations-0-id": key}) for key in (MISSING, stolen.pk)]

    assert [answer.status_code for answer in answers] == [200, 302]


def test_every_row_below_a_form_is_one_of_that_form():
    inlines = {inline for one in admin.site._registry.values() for inline in one.inlines}

    assert inlines
    assert [inline for inline in inlines if not issubclass(inline.formset, reach.RowsBelow)] == []


def test_rows_that_nobody_asked_for_are_no_decisions(desk, world):
    row, before = world.ours.rows["source"], Decision.objects.count()
    more = {"decisions-TOTAL_FORMS": 1, "decisions-INITIAL_FORMS": 0, "decisions-0-verb": "approve"}

    desk.save(desk.open(row), **more, **{"decisions-0-version": 1, "title": "Otherwise"})

    assert fresh(row).title == "Otherwise"
    assert Decision.objects.count() == before


def test_an_event_shows_no_medium_of_another_story(desk, world):
    event, theirs = world.ours.rows["event"], world.theirs.rows["material"]
    use = {"uses-TOTAL_FORMS": 1, "uses-0-material": theirs.pk, "uses-0-position": 0, "uses-0-caption": ""}

    answer = desk.save(desk.open(event), **use)

    assert answer.status_code == 200
    assert THEIRS not in answer.text
    assert not event.uses.exists()


@pytest.mark.parametrize("name", CHANGED)
def test_a_row_is_not_copied_by_saving_it_as_new(desk, world, name):
    row = world.ours.rows[name]
    model, count = type(row), type(row).objects.count()

    answer = desk.save(desk.open(row), **{"_saveasnew": "1", CHANGED[name]: "Otherwise"})

    assert answer.status_code == 400
    assert model.objects.count() == count
    assert getattr(fresh(row), CHANGED[name]) == getattr(row, CHANGED[name])


LOOKUPS = [
    "day__story__title__startswith",
    "story__title__startswith",
    "event__day__story__title__startswith",
    "created_by__password__startswith",
    "submitted_by__password__startswith",
    "day__story__memberships__person__username__startswith",
    "story__memberships__person__username__startswith",
    "story__invitations__token_hash__startswith",
    "citations__quote__startswith",
    "decisions__words__text__startswith",
    "source__origin__name__startswith",
    "proposals__note__startswith",
    "source__proposals__fields__title__startswith",
    "by__password__startswith",
    "proposed_by__password__startswith",
    "decided_by__memberships__story__title__startswith",
    "memberships__person__username__startswith",
    "invitations__token_hash__startswith",
    "words__decision__citation__quote__startswith",
    "uses__event__headline__startswith",
    "asset__material__story__title__startswith",
]
LISTS = (*CHANGED, "decision", "story", "proposal")


def kept(browser, address):
    """What a list says of itself, but for the question."""
    told = browser.ask("GET", address, {})
    return told.status, told.location, told.names([THEIRS])


@pytest.mark.parametrize("name", LISTS)
def test_no_question_in_an_address_is_answered_by_what_is_elsewhere(world, editor, name):
    browser, address = Browser(editor), reverse(f"admin:events_{name}_changelist")

    for lookup in LOOKUPS:
        right, wrong = (kept(browser, f"{address}?{lookup}={word}") for word in (THEIRS[:4], "Nowhere"))
        assert right == wrong, lookup
        assert not right[2]


FILTERS = {
    "event": ("day__story__id__exact", "story"),
    "day": ("story__id__exact", "story"),
    "citation": ("event__day__story__id__exact", "story"),
    "source": ("outlet__id__exact", "outlet"),
    "kind": ("story__id__exact", "story"),
    "material": ("story__id__exact", "story"),
}


def listed(desk, name, **query):
    page = desk.get(f"events_{name}_changelist", **query)
    return list(page.context["cl"].result_list), page.text


@pytest.mark.parametrize("name", FILTERS)
def test_a_list_narrowed_by_what_is_elsewhere_has_nothing_of_it(desk, world, name):
    lookup, row = FILTERS[name]

    rows, text = listed(desk, name, **{lookup: world.theirs.rows[row].pk})
    found, _ = listed(desk, name, q=THEIRS)

    assert {row.story for row in rows} <= {world.ours.story}
    assert found == []
    assert THEIRS not in text
    assert listed(desk, name, **{lookup: world.ours.rows[row].pk})[0]
    assert listed(desk, name, id__in=world.theirs.rows[name].pk)[0] == []


@pytest.mark.parametrize("name", FILTERS)
def test_control_without_the_one_place_it_would_not_be(desk, world, name, monkeypatch):
    for module in (reach, belonging):
        monkeypatch.setattr(module, "within", lambda rows, by, *verbs, held=None: rows)
    lookup, row = FILTERS[name]

    rows, text = listed(desk, name, **{lookup: world.theirs.rows[row].pk})

    assert rows
    assert THEIRS in text


@pytest.mark.parametrize("name", [name for name in LISTS if name != "decision"])
def test_nothing_is_offered_to_narrow_by_or_to_choose_that_is_elsewhere(desk, world, name):
    pages = [desk.get(f"events_{name}_changelist"), desk.get("index"), desk.open(world.ours.rows[name])]
    if name not in ("story", "material", "proposal"):
        pages.append(desk.get(f"events_{name}_add"))

    assert not [page.request["PATH_INFO"] for page in pages if THEIRS in page.text]
    assert OURS in pages[0].text


WINDOWS = ("_popup=1", "_to_field=id", "_to_field=key", "_to_field=created_by__password")


@pytest.mark.parametrize("query", WINDOWS)
def test_a_window_for_choosing_shows_no_more(world, editor, query):
    of_theirs = f"{world.theirs.rows['event'].pk}/change/"

    for page in ("", of_theirs, "add/"):
        told = Browser(editor).ask("GET", f"/desk/events/event/{page}?{query}", {})
        assert told.status < HTTPStatus.INTERNAL_SERVER_ERROR
        assert not told.names([THEIRS])


def test_a_window_finds_nothing_by_another_field_of_a_row(world, editor):
    key = world.theirs.rows["citation"].key

    told = Browser(editor).ask("GET", f"/desk/events/citation/{key}/change/?_to_field=key", {})

    assert told.status in (302, 400)
    assert not told.names([THEIRS])


def copies(world, name, row, into):
    return {"action": "copy_into_another_story", "_selected_action": row.pk, "into": into.pk, "index": 0}


@pytest.mark.parametrize("name", ["kind", "place", "actor", "outlet", "source"])
def test_nothing_is_copied_out_of_or_into_another_story(world, editor, name):
    browser, address = Browser(editor), reverse(f"admin:events_{name}_changelist")
    ours, theirs = world.ours, world.theirs

    for row, into in ((theirs.rows[name], ours.story), (ours.rows[name], theirs.story)):
        told = browser.ask("POST", address, copies(world, name, row, into))
        assert told.outcome("POST") == REFUSED
        assert not told.names([THEIRS])


def test_control_who_has_a_role_in_both_copies(world, editor):
    kind = world.theirs.rows["kind"]
    role = {"person": editor, "story": world.theirs.story, "role": "moderator", "added_by": editor}
    Membership.objects.create(**role)

    told = Browser(editor).ask(
        "POST", reverse("admin:events_kind_changelist"), copies(world, "kind", kind, world.ours.story)
    )

    assert told.outcome("POST") == DONE
    into_theirs = copies(world, "kind", world.ours.rows["kind"], world.theirs.story)
    told = Browser(editor).ask("POST", reverse("admin:events_kind_changelist"), into_theirs)
    assert told.outcome("POST") == REFUSED


def test_media_of_another_story_get_no_credit_together(world, editor):
    theirs, browser = world.theirs.rows["material"], Browser(editor)
    address = reverse("admin:events_material_changelist")

    told = browser.ask("POST", address, {"action": "credit_and_rights", "_selected_action": theirs.pk})
    sent = {"credit": "Mine", f"seen-{theirs.pk}": theirs.version}
    then = browser.ask("POST", f"{reverse('admin:events_material_together')}?pk={theirs.pk}", sent)

    assert (told.outcome("POST"), then.outcome("POST")) == (REFUSED, REFUSED)
    assert not then.names([THEIRS])


COMPLETED = [
    ("events", "event", "places"),
    ("events", "event", "day"),
    ("events", "citation", "event"),
    ("events", "use", "material"),
    ("events", "source", "outlet"),
]


@pytest.mark.parametrize("asked", COMPLETED, ids="-".join)
def test_nothing_is_completed_of_another_story(desk, asked):
    query = dict(zip(("app_label", "model_name", "field_name"), asked, strict=True))

    found = [desk.get("autocomplete", **query, term=term).text for term in ("", THEIRS, OURS)]

    assert THEIRS not in "".join(found)
    assert OURS in found[0]


ACCOUNTS = [("events", "membership", "person"), ("auth", "user", "groups"), ("events", "event", "created_by")]


@pytest.mark.parametrize("asked", ACCOUNTS, ids="-".join)
def test_no_account_is_completed(desk, asked):
    query = dict(zip(("app_label", "model_name", "field_name"), asked, strict=True))

    assert desk.get("autocomplete", **query, term="").status_code == 403


def test_no_row_is_found_by_its_kind_and_key(world, editor):
    for model in (Event, Citation, Kind, Place, Actor, Source, Material):
        kind = ContentType.objects.get_for_model(model).pk
        row = world.theirs.rows[model._meta.model_name]
        told = Browser(editor).ask("GET", reverse("admin:view_on_site", args=[kind, row.pk]), {})
        assert (told.status, told.names([THEIRS])) == (404, [])


def test_what_one_did_in_a_story_that_one_left_is_not_listed(world, editor):
    mine = Desk(editor)
    row = world.ours.rows["kind"]
    mine.save(mine.open(row), description="Otherwise")

    Membership.objects.filter(person=editor).update(ended_at="2021-03-03T12:00Z", ended_by=editor)

    assert mine.get("index").status_code == 200
    assert OURS not in mine.get("index").text


COUNTED_FOR = {
    # Of each story three citations that are pending and one that lapsed, two media and a proposal.
    "editor": None,
    "moderator": 7,
    "manager": None,
    "stranger": None,
    "both": 7,
    "administrator": 14,
}


@pytest.mark.parametrize("person", COUNTED_FOR)
def test_the_number_in_the_header_counts_ones_own_stories(world, person):
    page = Desk(world.people[person]).get("index")

    assert page.context.get("waiting") == COUNTED_FOR[person]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_is_deleted_by_ticking_its_rows(world, name):
    address = reverse(f"admin:events_{name}_changelist")
    sent = {
        "action": "delete_selected",
        "_selected_action": world.ours.rows[name].pk,
        "post": "yes",
        "index": 0,
    }

    for person in ("editor", "administrator"):
        assert Browser(world.people[person]).ask("POST", address, sent).outcome("POST") == REFUSED


@pytest.mark.parametrize("name", LISTS)
def test_what_a_list_can_be_narrowed_by_is_counted_in_ones_own_stories(world, name):
    address = reverse(f"admin:events_{name}_changelist")

    for person in ("editor", "moderator", "manager"):
        for query in ("_facets=True", "all=", "state=all&_facets=True", "day=1&_facets=True"):
            told = Browser(world.people[person]).ask("GET", f"{address}?{query}", {})
            assert told.names(world.words_kept_from(person)) == []


def moved(world):
    """A row of ours, the field that names what it lies in, and the same of theirs."""
    theirs = world.theirs.rows
    return [
        ("event", "day", theirs["day"]),
        ("event", "kind", theirs["kind"]),
        ("event", "places", theirs["place"]),
        ("citation", "source", theirs["source"]),
        ("source", "outlet", theirs["outlet"]),
        ("source", "relays", theirs["source"]),
        ("material", "source", theirs["source"]),
        ("place", "within", theirs["place"]),
    ]


def test_who_has_a_role_in_both_stories_mixes_nothing_of_them(world):
    desk = Desk(world.people["both"])

    for name, field, other in moved(world):
        row = world.ours.rows[name]
        answer = desk.save(desk.open(row), **{field: other.pk})
        assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, [field])
        assert fresh(row).version == row.version


def test_who_edits_one_story_and_moderates_another_adds_nothing_to_that(world):
    desk, theirs = Desk(world.people["both"]), world.theirs.rows
    event = {"day": theirs["day"].pk, "kind": theirs["kind"].pk, "headline": "Mine", "wording": ""}
    cited = {
        "event": theirs["event"].pk,
        "source": theirs["source"].pk,
        "quote": "Mine.",
        "stance": "supports",
    }

    for name, typed in (("event", event), ("citation", cited), ("kind", {"story": theirs["story"].pk})):
        answer = desk.save(desk.get(f"events_{name}_add"), **{"name": "Mine", **typed})
        assert answer.status_code == 200
        assert answer.context["errors"]
    assert not Event.objects.filter(headline="Mine").exists()
    assert not Citation.objects.filter(quote="Mine.").exists()
    assert not Kind.objects.filter(name="Mine").exists()


def test_control_a_whole_form_of_ones_own_is_saved(desk, world):
    page = desk.open(world.ours.rows["event"])

    assert desk.client.post(page.request["PATH_INFO"], filled_in(page)).status_code == 302
