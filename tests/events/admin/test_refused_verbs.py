"""A verb that is refused, in whatever way, gives back exactly what was typed into it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.utils import timezone

from events.admin.verbs import Verb, VerbForm, WithVerbs
from events.editorial import materials, moderation, publishing, reading, texts, writing
from events.editorial.moves import PUBLISH
from events.models import Citation, Day, Event, Material, Text
from events.models.decision import LONGEST_NOTE
from tests.support.cast import confirm_all, fresh, make_event, make_person
from tests.support.desk import Desk, told
from tests.support.factories import MaterialFactory, TextFactory
from tests.support.forms import forms_of

TYPED = "  “Shut”, he said: 'It's <b>shut</b> & \"barred\"'.\n\n\n['in brackets']\t&amp; Şuşa — शूशा 🜂\n "
TABLE = [
    (model, verb)
    for model, model_admin in admin.site._registry.items()
    if isinstance(model_admin, WithVerbs)
    for verb in model_admin.verbs
]
IN_WORDS = [f"{model._meta.model_name}-{verb.name}" for model, verb in TABLE]


@dataclass
class Desks:
    """A published event and all that belongs to it, with somebody who may do everything."""

    event: Event
    editor: Any
    moderator: Any
    master: Any

    def row(self, model: type) -> Any:
        return model.objects.get()

    def unpublished(self) -> None:
        """The event as a submitted draft, its citation approved."""
        publishing.withdraw(self.event, by=self.editor, seen=fresh(self.event).version, reason="Mistaken.")
        publishing.reopen_event(self.event, by=self.editor, seen=fresh(self.event).version)

    def scheduled(self) -> None:
        """The submitted draft, to be published in two days."""
        at = timezone.now() + timedelta(days=2)
        seen = fresh(self.event).version
        publishing.schedule(self.event, by=self.editor, seen=seen, at=at, note="Found again.")

    def headed(self, headline: str) -> None:
        day = Day.objects.get()
        day.headline = headline
        writing.save_day(day, by=self.editor, seen=day.version)

    def titled(self, title: str) -> None:
        text = Text.objects.get()
        text.title = title
        texts.save_text(text, by=self.master, seen=text.version)

    def said_otherwise(self, by: Any = None) -> None:
        """The event says something else than what its citation was approved for."""
        event = self.row(Event)
        event.headline = f"{event.headline}, all day"
        writing.save_event(event, by=by or self.editor, seen=event.version)

    def cited_otherwise(self, **words: Any) -> None:
        """The citation waits for review again, and readers see what was approved of it before."""
        citation = Citation.objects.get()
        for name, value in words.items():
            setattr(citation, name, value)
        writing.save_citation(citation, by=self.editor, seen=citation.version)


@pytest.fixture
def desks(published, editor, moderator, admin_person, media_folder):
    return Desks(published, editor, moderator, admin_person)


HIDDEN = ("seen", "shown")
"""What a page sends along of what it showed."""


def typed_into(verb: Verb, subject: Any) -> dict[str, str]:
    """Something to type into each field of ``verb`` as it stands on the page of ``subject``."""
    typed = {}
    for name, field in verb.unbound(subject).fields.items():
        if isinstance(field, forms.ChoiceField):
            typed[name] = str(field.choices[-1][0])
        elif isinstance(field, forms.DateTimeField):
            typed[name] = f"{timezone.now() + timedelta(days=9):%Y-%m-%dT%H:%M}"
        elif name not in HIDDEN:
            typed[name] = TYPED
    return typed


OF_DRAFTS = ("submit", "publish-at", "reschedule", "unschedule", "discard")
PUT_AWAY = {
    (Event, "bring-back"): "discarded",
    (Material, "bring-back"): "discarded",
    (Citation, "submit-again"): "taken_back",
}
"""The state from which each leads back."""


def ready(desks: Desks, model: type, verb: Verb) -> Any:
    """The row, in a state in which ``verb`` would go through."""
    if model is not Material and (verb.name in OF_DRAFTS or (model, verb.name) == (Event, "reopen")):
        desks.unpublished()
    if (model, verb.name) == (Event, "reopen"):
        publishing.submit(desks.event, by=desks.editor, seen=fresh(desks.event).version)
    if verb.name in ("reschedule", "unschedule"):
        desks.scheduled()
    if model is Citation:
        be_ready_to_be_decided(desks, verb.name)
    if model is Event and verb.move is PUBLISH:
        event = desks.row(Event)
        event.headline = "The old bridge is closed"
        writing.save_event(event, by=desks.editor, seen=event.version)
        confirm_all(event)
    if model is Material:
        MaterialFactory(decided="approved" if verb.name == "reopen" else "")
    if model is Day:
        desks.headed("The water rises")
        publishing.publish_day(desks.row(Day), by=desks.editor, seen=2)
        desks.headed("The water stands")
    if model is Text:
        TextFactory(published=True)
        desks.titled("The great flood")
    if state := PUT_AWAY.get((model, verb.name)):
        put_into(model, state)
    return desks.row(model)


def be_ready_to_be_decided(desks: Desks, verb: str) -> None:
    """Where a decision may take the event below its policy, it would."""
    if verb in ("reject", "take-back"):
        desks.cited_otherwise(quote="The bridge was shut.")
    if verb == "approve":
        desks.cited_otherwise(stance="disputes")
    if verb == "confirm":
        desks.said_otherwise()


def assert_given_back(response, model: type, verb: Verb, subject: Any, typed: dict[str, str]) -> None:
    assert response.status_code == 200
    address = f"/desk/events/{model._meta.model_name}/{subject.pk}/verb/{verb.name}/"
    (back,) = [held for action, held in forms_of(response) if action == address]
    if "shown" in back:
        reading.check_shown(fresh(subject), back.pop("shown"))
    # What becomes of an event is asked only where it would fall, by what it says now.
    asked = verb.unbound(fresh(subject)).fields.keys() - HIDDEN
    typed = {name: words for name, words in typed.items() if name in asked}
    assert back == typed | {"seen": str(fresh(subject).version)}


@pytest.mark.parametrize(("model", "verb"), TABLE, ids=IN_WORDS)
def test_of_an_old_version(desks, model, verb):
    subject = ready(desks, model, verb)
    typed = typed_into(verb, subject)

    response = Desk(desks.master).send(subject, verb.name, seen=0, **typed)

    assert "Somebody has changed this since you opened it" in told(response)
    assert_given_back(response, model, verb, subject, typed)


@pytest.mark.parametrize(("model", "verb"), TABLE, ids=IN_WORDS)
def test_without_the_permission(desks, model, verb):
    subject = ready(desks, model, verb)
    typed = typed_into(verb, subject)
    reader = make_person("reader")
    seen = {"content_type__app_label": "events", "codename": f"view_{model._meta.model_name}"}
    reader.user_permissions.add(Permission.objects.get(**seen))

    response = Desk(reader).press(subject, verb.name, **typed)

    assert "You may not" in told(response)
    assert_given_back(response, model, verb, subject, typed)


def with_states() -> list[Any]:
    return [
        pytest.param(model, verb, id=name)
        for (model, verb), name in zip(TABLE, IN_WORDS, strict=True)
        if verb.move.sources
    ]


@pytest.mark.parametrize(("model", "verb"), with_states())
def test_in_a_state_that_it_does_not_lead_from(desks, model, verb):
    subject = ready(desks, model, verb)
    typed = typed_into(verb, subject)
    led_from = (*verb.move.sources, "discarded", "erased")
    outside = next(state for state in reversed(model.State.values) if state not in led_from)
    put_into(model, outside)

    response = Desk(desks.master).press(subject, verb.name, **typed)

    assert "You cannot" in told(response)
    # What becomes of the event is asked only while the decision is open.
    asked = verb.unbound(fresh(subject)).fields
    typed = {name: words for name, words in typed.items() if name in asked}
    assert_given_back(response, model, verb, subject, typed)


UNSCHEDULED = {
    "publish_at": None,
    "scheduled_by": None,
    "scheduled_version": None,
    "schedule_note": "",
    "schedule_refusal": "",
}


def put_into(model: type, state: str) -> None:
    """The one row of ``model`` in ``state``, as the database would take it."""
    row = model.objects.get()
    if model is Event:
        model.objects.update(
            state=state,
            published_version=0 if state == "discarded" else row.version,
            withdrawal_reason="Mistaken." if state == "withdrawn" else "",
            **UNSCHEDULED,
        )
    else:
        undecided = {"approved_by": None, "approved_at": None, "approved_version": None}
        kept = {"keeps_approved": False, "event_hmac": ""} if model is Citation else {}
        model.objects.update(state=state, **undecided, **kept)


def misfillings(verb: Verb) -> Iterator[tuple[str, str]]:
    """Each field of ``verb`` filled in so that the form does not take it."""
    for field, declared in verb.form.base_fields.items():
        if field == "seen":
            values = ["x", "9" * 5_000, ""]
        elif field == "shown":
            values = [""]
        elif isinstance(declared, forms.ChoiceField):
            values = [*([] if field == "credibility" else [""]), "no-such-code"]
        elif isinstance(declared, forms.DateTimeField):
            values = ["", "soon", "2031-02-30T10:00", "99999-01-01T10:00"]
        else:
            values = [TYPED * LONGEST_NOTE, "before\0after", *([" \n "] if declared.required else [])]
        yield from ((field, value) for value in values)


@pytest.mark.parametrize(("model", "verb"), TABLE, ids=IN_WORDS)
def test_filled_in_as_its_form_does_not_take_it(desks, model, verb):
    """One after the other, for each changes nothing."""
    subject, desk = ready(desks, model, verb), Desk(desks.master)
    for field, value in misfillings(verb):
        typed = typed_into(verb, subject)

        response = desk.send(subject, verb.name, **{"seen": subject.version, **typed, field: value})

        assert "Under “What next” stands what is missing or wrong" in told(response), (field, value)
        assert_given_back(response, model, verb, subject, left_of(typed, verb, field, value))


def left_of(typed: dict[str, str], verb: Verb, field: str, value: str) -> dict[str, str]:
    """What a page gives back where ``field`` was filled in with ``value``, which its form does not take."""
    declared = verb.form.base_fields[field]
    is_chosen = isinstance(declared, forms.ChoiceField)
    if is_chosen and (value != "" or isinstance(declared.widget, forms.RadioSelect)):
        # A list has no place for what is none of its choices; everything else is still there.
        return {name: words for name, words in typed.items() if name != field}
    return typed if field in HIDDEN else typed | {field: value}


def no_citation(desks: Desks) -> None:
    Citation.objects.update(state="pending", approved_by=None, approved_at=None, approved_version=None)


def cited_elsewhere(desks: Desks) -> None:
    other = make_event(desks.editor, desks.event.day, desks.event.kind, headline="Another bridge")
    Citation.objects.update(event=other)


def retracted(desks: Desks) -> None:
    source = desks.event.citations.get().source
    moderation.retract_source(source, by=desks.moderator, seen=source.version, reason="By the outlet.")


AT_NO_SUCH_TIME = [
    (no_citation, "needs 1 more approved citation", dict),
    (lambda desks: None, "is past", lambda typed: typed | {"at": "2020-01-01T10:00"}),
    (lambda desks: None, "is past", lambda typed: typed | {"at": "0001-01-01T00:00"}),
    (lambda desks: None, "within a year from now", lambda typed: typed | {"at": "9999-12-31T23:59"}),
]
NO_NOTE = (lambda desks: None, "say in a note what you changed", lambda typed: typed | {"note": " \n "})
OWN_CITATION = (
    lambda desks: Citation.objects.update(changed_by=desks.master),
    "Another moderator must decide",
    dict,
)
OWN_EVENT = (lambda desks: desks.said_otherwise(by=desks.master), "Another moderator must decide", dict)
NOT_SHOWN = (lambda desks: None, "does not say what the page showed", lambda typed: typed | {"shown": "x"})
RULES: dict[str, list[tuple[Callable[[Desks], None], str, Callable[[dict], dict]]]] = {
    "event-submit": [(cited_elsewhere, "Add a citation first", dict)],
    "event-publish": [(no_citation, "needs 1 more approved citation", dict), NO_NOTE],
    "event-publish-at-opening": [(no_citation, "needs 1 more approved citation", dict), NO_NOTE],
    "event-publish-at": [*AT_NO_SUCH_TIME, NO_NOTE],
    "event-reschedule": AT_NO_SUCH_TIME,
    "event-unschedule": [],
    "event-withdraw": [],
    "event-reopen": [],
    "day-publish": [NO_NOTE],
    "day-publish-at-opening": [NO_NOTE],
    "day-close": [
        (lambda desks: Day.objects.update(closed_at=timezone.now()), "This day is closed already", dict)
    ],
    "day-open-again": [(lambda desks: None, "This day is open", dict)],
    "day-keep": [],
    "text-publish": [NO_NOTE],
    "text-publish-at-opening": [NO_NOTE],
    "text-keep": [],
    "citation-approve": [OWN_CITATION, OWN_EVENT, NOT_SHOWN],
    "citation-confirm": [
        OWN_CITATION,
        OWN_EVENT,
        NOT_SHOWN,
        (lambda desks: confirm_all(desks.event), "there is nothing to confirm", dict),
    ],
    "citation-reject": [OWN_CITATION, OWN_EVENT, NOT_SHOWN],
    "citation-reopen": [NOT_SHOWN],
    "material-approve": [
        (
            lambda desks: Material.objects.update(changed_by=desks.master),
            "another moderator must decide",
            dict,
        )
    ],
    "material-reject": [],
    "material-reopen": [],
    "material-take-down": [
        (
            lambda desks: materials.take_down(Material.objects.get(), by=desks.editor, reason="Asked for."),
            "This is taken down already",
            dict,
        )
    ],
    "event-discard": [(lambda desks: None, "Readers have seen this event", dict)],
    "event-bring-back": [],
    "citation-take-back": [(lambda desks: None, "who submitted it, may", dict)],
    "citation-submit-again": [(lambda desks: None, "who submitted it, may", dict)],
    "material-discard": [(lambda desks: None, "who uploaded it, may", dict)],
    "material-bring-back": [],
    "source-retract": [(retracted, "recorded as retracted already", dict)],
}
"""What the rules of each verb refuse: how it comes about, the sentence, and what is typed then."""


def test_every_verb_says_what_its_rules_refuse():
    assert set(RULES) == set(IN_WORDS)


@pytest.mark.parametrize(
    ("model", "verb", "number"),
    [
        pytest.param(model, verb, number, id=f"{name}-{number}")
        for (model, verb), name in zip(TABLE, IN_WORDS, strict=True)
        for number in range(len(RULES[name]))
    ],
)
def test_by_a_rule_of_the_desk(desks, model, verb, number):
    subject = ready(desks, model, verb)
    come_about, sentence, change = RULES[f"{model._meta.model_name}-{verb.name}"][number]
    typed = change(typed_into(verb, subject))
    come_about(desks)

    response = Desk(desks.master).press(subject, verb.name, **typed)

    assert sentence in told(response)
    assert_given_back(response, model, verb, subject, typed)


def test_control_a_form_made_of_lists_does_not_give_it_back(desks, monkeypatch):
    """What once was: the same test, of a form that takes the fields of a request for lists."""

    def of_lists(form):
        typed = dict(form.data) | {"seen": form.subject.version}
        return type(form)(typed, subject=form.subject, auto_id=form.auto_id)

    monkeypatch.setattr(VerbForm, "about_now", of_lists)
    model, verb = next(one for one in TABLE if one[1].name == "withdraw")
    typed = typed_into(verb, desks.event)

    response = Desk(desks.master).send(desks.event, "withdraw", seen=0, **typed)

    with pytest.raises(AssertionError):
        assert_given_back(response, model, verb, desks.event, typed)
