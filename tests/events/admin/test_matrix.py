"""Who may do what at the desk: every address × nine people × five methods × rows that are theirs or not.

One table, ``ADDRESSES``, says who is shown each and who changes something by it, in their own story. In
another story only its own people are and do, and nobody else learns of it, not even that something is there.
Nearly all that answers HEAD is what answers GET: each asks it of a tenth of the addresses, in soak of all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from events.admin import reach
from events.editorial import word_list
from events.editorial.reading import shown_of
from events.models import Story
from events.models.membership import Role
from events.models.takedown import ROWS
from tests.support import chance, desk_addresses, two_stories
from tests.support.asking import DONE, NO_METHOD, REFUSED, SHOWN, Browser, Told
from tests.support.desk import Desk, filled_in
from tests.support.importing import TEXT
from tests.support.two_stories import PASSWORD, PEOPLE, THEIRS, WHOSE, World

pytestmark = pytest.mark.django_db

OWNS, NONE = {"administrator"}, set()
EDITS, DECIDES, MANAGES = {"editor", *OWNS}, {"moderator", *OWNS}, {"manager", *OWNS}
AUTHOR = {"author"}
"""The editor of either story who submitted the row, whom nobody stands in for."""
LOOKS = EDITS | DECIDES | MANAGES
SIGNED = {*LOOKS, "no role", "stranger", "both"}
"""Those whose account is open."""
ALL = set(PEOPLE)


@dataclass
class Line:
    """Who is shown an address, who changes something by what is sent to it, and what that is.

    The stranger is an editor elsewhere: what an editor is shown of no story in particular, they are too.
    """

    see: set[str] = field(default_factory=set)
    """Where nothing else is said, HEAD is answered to the same."""
    do: set[str] = field(default_factory=set)
    sent: Any = None
    row: str = ""
    """Of which row it is, where that is not the one called as its model."""
    query: Any = None
    of_a_story: bool = True
    """Whether what it is about is of a story."""
    by_query: bool = False
    """Whether there is nothing to see without the row that its query names."""
    heads: set[str] | None = None


def changed(model: str, **typed: Any) -> Any:
    """The whole form of a row, with something else in it."""
    return lambda world, whose: form_of(f"events_{model}_change", world, whose, model) | typed


def added(model: str, *named: str, **typed: Any) -> Any:
    """The whole form of a new row, which names rows of one's own story or of another."""

    def sent(world: World, whose: str) -> dict[str, Any]:
        rows = {name: world.key(whose, name) for name in named}
        return form_of(f"events_{model}_add") | rows | typed

    return sent


def form_of(name: str, world: World | None = None, whose: str = "", row: str = "") -> dict[str, Any]:
    """What an administrator's browser would send; of a missing row, what it would of another's."""
    key = world.desk(whose).rows[row].pk if world else None
    return dict(_form(name, key))


@cache
def _form(name: str, key: int | None) -> dict[str, Any]:
    boss = two_stories.User.objects.get(username="boss")
    return filled_in(Desk(boss).get(name, *([key] if key else [])))


def verb(**typed: Any) -> Any:
    return lambda world, whose: {"seen": 1, **typed}


def of_row(name: str, *, row: str = "", **typed: Any) -> Any:
    return lambda world, whose: {name: world.key(whose, row or name), **typed}


def typed_into_its_form(world: World, whose: str) -> dict[str, Any]:
    address = f"/desk/events/event/{world.key(whose, 'event')}/change/"
    return {"address": address, "tab": str(UUID(int=1)), "typed": "headline=Otherwise"}


def version_of(world: World, whose: str, name: str) -> int:
    return world.desk(whose).rows[name].version


def digest(world: World, whose: str) -> dict[str, Any]:
    how = {"new_outlet": "The Post", "step": "import", "passage": [3]}
    return {"story": world.key(whose, "story"), "text": TEXT, **how}


def verb_on(row: str, **typed: Any) -> Any:
    return lambda world, whose: {"seen": version_of(world, whose, row), **typed}


def at_a_time(row: str) -> Any:
    at = timezone.now() + timedelta(days=9)
    return verb_on(row, at=f"{at:%Y-%m-%dT%H:%M}")


def of_a_member(deed: str, **typed: Any) -> Any:
    """Of a membership of that story; of a missing one, of another's."""

    def sent(world: World, whose: str) -> dict[str, Any]:
        member = world.desk(whose).story.memberships.filter(role="editor", ended_at=None).first()
        return {"deed": deed, "row": member.pk, **typed}

    return sent


def end_invitation(world: World, whose: str) -> dict[str, Any]:
    return {"deed": "end-invitation", "row": world.desk(whose).story.invitations.get().pk}


def of_verbs(model: str, lines: dict[str, Line]) -> dict[str, Line]:
    """The address of each verb of a model."""
    return {f"events_{model}_verb {name}": line for name, line in lines.items()}


def decided(verb: str, row: str = "citation", **typed: Any) -> Any:
    """What a moderator was shown of a citation goes along."""

    def sent(world: World, whose: str) -> dict[str, Any]:
        shown, seen = shown_of(world.desk(whose).rows[row]), version_of(world, whose, row)
        return {"citation": world.key(whose, row), "verb": verb, "seen": seen, "shown": shown, **typed}

    return sent


def policy(world: World, whose: str) -> dict[str, Any]:
    rows = world.desk(whose).rows
    kinds = {f"kind-{rows[name].pk}": "" for name in ("kind", "kind alone")}
    return {"seen": rows["story"].version, "citations_needed": 2, "recheck": "after", **kinds}


def several(world: World, whose: str) -> dict[str, Any]:
    key = world.key(whose, "material")
    return {"credit": "Somebody else", f"seen-{key}": version_of(world, whose, "material")}


def line_of_a_day(world: World, whose: str) -> dict[str, Any]:
    return {"deed": "add", "headline": "New", "wording": "", "kind_of_new": world.key(whose, "kind")}


def of_many(deed: str, row: str) -> Any:
    """A deed on the page of a day, with one event ticked."""

    def sent(world: World, whose: str) -> dict[str, Any]:
        event = world.desk(whose).rows[row]
        return {"deed": deed, "ticked": f"{event.pk}:{event.version}"}

    return sent


def confirmed(world: World, whose: str) -> dict[str, Any]:
    story = world.desk(whose).story
    return {"deed": "confirm", "seen": version_of(world, whose, "takedown"), "slug": story.slug}


def asks_for(row: str) -> "Line":
    """Of the page on which one asks that ``row`` be taken down for good."""
    return Line(OWNS, OWNS, verb_on(row, what="whole", reason="By law."), row=row)


TO_BE_TAKEN = {
    **{model: model for model in ROWS if model != "kind"},
    "kind": "kind alone",
}
"""A row of each model that nobody is kept from taking: a kind in use is."""

BECAUSE = {"code": "inexact", "words": "It says otherwise."}
WORDS = {
    "seen": word_list.version_of([]),
    "word-TOTAL_FORMS": 1,
    "word-INITIAL_FORMS": 0,
    "word-0-say": "river",
    "word-0-instead_of": "stream",
}
YES, SAYS = {"post": "yes"}, {"verb": "approve"}
NEW_ACCOUNT = {"username": "somebody-new", "password1": PASSWORD, "password2": PASSWORD}
NEW_PASSWORD = {"old_password": PASSWORD, "new_password1": f"{PASSWORD}!", "new_password2": f"{PASSWORD}!"}
NAMES = {"names-TOTAL_FORMS": 1, "names-0-name": "New", "names-0-position": 0}


def of_a_model(
    model: str, see: set[str], change: Any, add: Any, *, delete: set[str] = OWNS
) -> dict[str, Line]:
    """The six addresses that every model has. ``change`` and ``add``: by whom, and what is sent."""
    name = f"events_{model}".__add__
    return {
        name("_changelist"): Line(see),
        name("_add"): Line(*add),
        name("_history"): Line(see),
        name("_change"): Line(see, *change),
        name("_delete"): Line(delete, delete, YES, row=f"{model} alone"),
        f"desk/events/{model}/<path:object_id>/": Line(),
    }


def of_accounts(model: str, add: dict[str, Any], change: dict[str, Any]) -> dict[str, Line]:
    """Accounts are the administrators'."""
    name = f"auth_{model}".__add__
    how = {"row": model, "of_a_story": False}
    return {
        name("_changelist"): Line(OWNS),
        name("_add"): Line(OWNS, OWNS, lambda world, whose: add, of_a_story=False),
        name("_history"): Line(OWNS, **how),
        name("_change"): Line(OWNS, OWNS, lambda world, whose: form_of_account(model, world) | change, **how),
        # An account is closed, and never deleted.
        name("_delete"): Line(NONE, NONE, YES, **how) if model == "user" else Line(OWNS, OWNS, YES, **how),
        f"desk/auth/{model}/<path:object_id>/": Line(**how),
    }


def form_of_account(model: str, world: World) -> dict[str, Any]:
    return dict(_form(f"auth_{model}_change", world.spare[model].pk))


ADDRESSES: dict[str, Line] = {
    "index": Line(SIGNED),
    "app_list": Line(LOOKS),
    # Who is signed in is sent on.
    "login": Line({"nobody", "deactivated"}),
    # After the right password alone, which nobody here has just typed: tests/events/admin/desk/signing.
    "second_factor": Line(),
    # Answers what a browser asks a passkey by, to who has no session yet: tests/journeys/test_signing_in.py.
    "passkey_options": Line(),
    "signed_in": Line(SIGNED),
    "csrf": Line(SIGNED),
    "account": Line(SIGNED),
    "account_confirm": Line(SIGNED),
    "account_confirm by-password": Line(SIGNED, SIGNED, {"password": PASSWORD}),
    # Only for who has just shown that it is they.
    "account_app": Line(),
    "account_passkey": Line(),
    "account_codes": Line(),
    "account_remove": Line(),
    "logout": Line(),
    "password_change": Line(SIGNED, SIGNED, NEW_PASSWORD),
    "password_change_done": Line(SIGNED),
    "jsi18n": Line(SIGNED),
    "view_on_site": Line(),
    "desk/(?P<url>.*)$": Line(),
    "autocomplete": Line(LOOKS, query={"app_label": "events", "model_name": "event", "field_name": "places"}),
    "invitation": Line(ALL, ALL - {"moderator"}, NEW_ACCOUNT, of_a_story=False),
    "unsaved": Line(NONE, LOOKS, typed_into_its_form),
    "sent_back": Line(EDITS),
    "find": Line(SIGNED),
    "keys": Line(SIGNED),
    "views": Line(NONE, SIGNED, {"model": "events.event", "name": "Drafts", "query": "state=draft"}),
    "review": Line(DECIDES, DECIDES, decided("approve")),
    "review confirm": Line(DECIDES, DECIDES, decided("confirm", "lapsed citation")),
    "review reject": Line(DECIDES, DECIDES, decided("reject", **BECAUSE)),
    "review claim": Line(DECIDES, DECIDES, of_row("citation", verb="claim")),
    "review proposal": Line(DECIDES, DECIDES, of_row("proposal", verb="accept", seen=1, note="Mended.")),
    "review medium": Line(DECIDES, DECIDES, of_row("medium", row="material", verb="approve", seen=2)),
    "review medium rejected": Line(
        DECIDES,
        DECIDES,
        of_row("medium", row="material", verb="reject", seen=2, code="may_harm", words="It may harm."),
    ),
    **of_a_model(
        "event",
        LOOKS,
        (EDITS, changed("event", headline="Otherwise")),
        (EDITS, EDITS, added("event", "day", "kind", headline="New", wording="")),
    ),
    "events_event_delete": Line(row="event of nobody", sent=YES),
    **of_verbs(
        "event",
        {
            "submit": Line(NONE, EDITS, verb()),
            "publish": Line(NONE, EDITS, verb_on("submitted event"), row="submitted event"),
            "publish-at-opening": Line(NONE, EDITS, verb_on("submitted event"), row="submitted event"),
            "publish-at": Line(NONE, EDITS, at_a_time("submitted event"), row="submitted event"),
            "reschedule": Line(NONE, EDITS, at_a_time("scheduled event"), row="scheduled event"),
            "unschedule": Line(NONE, EDITS, verb_on("scheduled event"), row="scheduled event"),
            "withdraw": Line(
                NONE, EDITS, verb_on("published event", reason="Mistaken."), row="published event"
            ),
            "reopen": Line(NONE, EDITS, verb_on("withdrawn event"), row="withdrawn event"),
            "discard": Line(NONE, EDITS, verb(reason="Not of it.")),
            "bring-back": Line(NONE, EDITS, verb_on("discarded event"), row="discarded event"),
        },
    ),
    "events_event_import_digest": Line(EDITS, EDITS, digest),
    # What is asked of these is only told.
    "events_event_reading": Line(LOOKS),
    "events_event_mentions": Line(),
    "events_event_needs": Line(),
    "events_event_sources": Line(),
    "events_event_beside": Line(LOOKS, row="event"),
    # Each has those that they have begun, and is led to the form from any other.
    "events_event_import_digest_begun": Line(),
    **of_a_model(
        "day",
        LOOKS,
        (EDITS, changed("day", headline="Otherwise")),
        (EDITS, EDITS, added("day", "story", date="2021-03-02")),
    ),
    "events_day_desk": Line(LOOKS, EDITS, line_of_a_day, row="day"),
    "events_day_desk submit": Line(LOOKS, EDITS, of_many("submit", "event"), row="day"),
    "events_day_desk publish": Line(LOOKS, EDITS, of_many("publish", "submitted event"), row="day"),
    "events_day_read": Line(LOOKS, query={"wording": "14:30"}, row="day"),
    **of_verbs(
        "day",
        {
            **dict.fromkeys(("publish", "publish-at-opening", "keep", "close"), Line(NONE, EDITS, verb())),
            "open-again": Line(NONE, EDITS, verb_on("closed day"), row="closed day"),
        },
    ),
    **of_a_model(
        "material",
        LOOKS,
        (EDITS, changed("material", credit="Otherwise")),
        (EDITS, NONE, of_row("story")),
        delete=NONE,
    ),
    "events_material_delete": Line(row="material", sent=YES),
    **of_verbs(
        "material",
        {
            "approve": Line(NONE, DECIDES, verb(seen=2)),
            "reject": Line(NONE, DECIDES, verb(seen=2, code="may_harm", words="It may harm.")),
            "reopen": Line(NONE, DECIDES, verb_on("shown medium"), row="shown medium"),
            "take-down": Line(NONE, EDITS | DECIDES, verb(seen=2, reason="It may harm.")),
            "discard": Line(NONE, AUTHOR, verb_on("own medium"), row="own medium"),
            "bring-back": Line(NONE, EDITS, verb_on("discarded medium"), row="discarded medium"),
        },
    ),
    "events_material_together": Line(
        EDITS, EDITS, several, query=lambda world, whose: {"pk": world.key(whose, "material")}
    ),
    "events_material_cover": Line(EDITS, EDITS, {"focus": "1", "across": "10", "down": "20"}, row="material"),
    "events_material_original": Line(NONE, EDITS | DECIDES, {}, row="material"),
    "events_material_picture": Line(LOOKS, row="material"),
    **of_a_model(
        "text",
        MANAGES,
        (MANAGES, changed("text", title="Otherwise")),
        (MANAGES, MANAGES, added("text", "story", name="policy", title="New", text="<p>New.</p>")),
    ),
    **of_verbs("text", dict.fromkeys(("publish", "publish-at-opening", "keep"), Line(NONE, MANAGES, verb()))),
    **of_a_model(
        "story",
        LOOKS,
        (OWNS, changed("story", description="Otherwise")),
        (OWNS, OWNS, None),
        delete=NONE,
    ),
    "events_story_add": Line(
        OWNS,
        OWNS,
        added("story", title="New", slug="the-new-one", first_date="2021-03-01", zone="UTC"),
        of_a_story=False,
    ),
    "events_story_delete": Line(row="story", sent=YES),
    "policy": Line(LOOKS, MANAGES, policy, row="story"),
    "words": Line(LOOKS, MANAGES, WORDS, row="story"),
    "words_history": Line(LOOKS, row="story"),
    "opening": Line(LOOKS, MANAGES, {"deed": "go-on"}, row="story"),
    "takedowns": Line(OWNS),
    "takedown": Line(OWNS, OWNS, confirmed, row="takedown"),
    "takedown take-back": Line(OWNS, OWNS, verb_on("takedown", deed="take-back"), row="takedown"),
    "takedown erase-reason": Line(
        OWNS, OWNS, verb_on("takedown taken back", deed="erase-reason"), row="takedown taken back"
    ),
    **{f"events_{model}_take_down": asks_for(row) for model, row in TO_BE_TAKEN.items()},
    "events_story_people": Line(
        MANAGES, MANAGES, {"deed": "add", "username": "spare", "role": "editor"}, row="story"
    ),
    "events_story_people change": Line(
        MANAGES, MANAGES, of_a_member("change", role="moderator"), row="story"
    ),
    "events_story_people end": Line(MANAGES, MANAGES, of_a_member("end"), row="story"),
    # Nobody here has a second factor: see tests/events/admin/desk/test_people.py.
    "events_story_people reset-factor": Line(MANAGES, NONE, of_a_member("reset-factor"), row="story"),
    "events_story_people reset-everywhere": Line(
        MANAGES, NONE, {"deed": "reset-everywhere", "row": "1"}, row="story"
    ),
    "events_story_people invite": Line(MANAGES, MANAGES, {"deed": "invite", "role": "editor"}, row="story"),
    "events_story_people end-invitation": Line(MANAGES, MANAGES, end_invitation, row="story"),
    **of_a_model(
        "citation",
        LOOKS,
        (EDITS, changed("citation", quote="Otherwise.")),
        (EDITS, EDITS, added("citation", "event", "source", quote="New.", stance="supports")),
    ),
    "events_citation_delete": Line(row="citation alone", sent=YES),
    **of_verbs(
        "citation",
        {
            "approve": Line(NONE, DECIDES, decided("approve")),
            "confirm": Line(NONE, DECIDES, decided("confirm", "lapsed citation"), row="lapsed citation"),
            "reject": Line(NONE, DECIDES, decided("reject", **BECAUSE)),
            "reopen": Line(NONE, DECIDES, decided("reopen", "sent back"), row="sent back"),
            "take-back": Line(NONE, AUTHOR, verb_on("own citation"), row="own citation"),
            "submit-again": Line(NONE, AUTHOR, verb_on("taken back"), row="taken back"),
        },
    ),
    **of_a_model(
        "source",
        LOOKS,
        (EDITS, changed("source", title="Otherwise")),
        (EDITS, EDITS, added("source", "story", "outlet", title="New")),
    ),
    "events_source_verb retract": Line(NONE, DECIDES, verb(reason="It was taken back.")),
    **of_a_model(
        "outlet",
        LOOKS,
        (EDITS, changed("outlet", country="Otherwise")),
        (EDITS, EDITS, added("outlet", "story", name="New")),
    ),
    **of_a_model(
        "kind",
        LOOKS,
        (EDITS, changed("kind", description="Otherwise")),
        (EDITS, EDITS, added("kind", "story", name="New")),
    ),
    **of_a_model(
        "place",
        LOOKS,
        (EDITS, changed("place", note="Otherwise")),
        (EDITS, EDITS, added("place", "story", **NAMES)),
    ),
    **of_a_model(
        "actor",
        LOOKS,
        (EDITS, changed("actor", note="Otherwise")),
        (EDITS, EDITS, added("actor", "story", **NAMES)),
    ),
    **of_a_model(
        "proposal",
        LOOKS,
        (DECIDES, verb(verb="accept", note="It was corrected.")),
        (NONE, NONE, verb(verb="accept", note="It was corrected.")),
        delete=NONE,
    ),
    "events_proposal_change reject": Line(
        LOOKS, DECIDES, verb(verb="reject", code="unfounded", words="Where?"), row="proposal"
    ),
    # None of these proposed it: see also tests/events/admin/test_proposal.py.
    "events_proposal_change take_back": Line(LOOKS, NONE, verb(verb="take_back"), row="proposal"),
    "events_proposal_delete": Line(row="proposal", sent=YES),
    **of_a_model("decision", LOOKS, (NONE, SAYS), (NONE, NONE, SAYS), delete=NONE),
    "events_decision_delete": Line(row="decision", sent=YES),
    "decisions_take_down": Line(
        OWNS,
        OWNS,
        {"reason": "By law."},
        query=lambda world, whose: {"decision": world.key(whose, "decision")},
        by_query=True,
    ),
    **of_accounts("user", NEW_ACCOUNT | {"usable_password": "true"}, {"first_name": "Somebody"}),
    "auth_user_password_change": Line(
        OWNS,
        OWNS,
        {"password1": "quite another one", "password2": "quite another one", "usable_password": "true"},
        row="user",
        of_a_story=False,
    ),
    **of_accounts("group", {"name": "New"}, {"name": "Otherwise"}),
}
"""Who is shown each address of the desk, and who changes something by it; where several things are done at
one, a line for each."""

EVERYWHERE = ("administrator",)
HELD = {
    "editor": {"own": {"author"}},
    "stranger": {"other's": {"editor", "author"}},
    "both": {"own": {"editor"}, "other's": {"moderator"}},
}
"""Which roles of the table people have in which story, besides what they are called."""
METHODS, WHO_ASK = ("GET", "HEAD", "POST", "PUT", "DELETE"), PEOPLE
if connection.vendor != "sqlite":
    # HEAD asks the database what GET does, and PUT and DELETE ask it nothing: they are tried beside SQLite.
    # So is whoever is asked about in one of these three ways: all stories, the one in which one writes, or
    # the one in which one decides.
    METHODS, WHO_ASK = ("GET", "POST"), ("administrator", "editor", "moderator")


def value(given: Any, world: World, whose: str) -> dict[str, Any]:
    return dict(given(world, whose)) if callable(given) else dict(given or {})


def expected(line: Line, person: str, method: str, whose: str, route: str) -> set[str]:
    """How it may end."""
    if method in ("PUT", "DELETE"):
        return {NO_METHOD}
    who = line.do if method == "POST" else line.see
    if method == "HEAD" and line.heads is not None:
        who = line.heads
    anywhere = has_no_story(line, route, method)
    stories = {"own", "other's"} if anywhere else {whose}
    reached = anywhere or whose == "own" or (whose == "other's" and person in EVERYWHERE)
    held = HELD.get(person, {}).items()
    allowed = (person in who and reached) or any(who & roles for story, roles in held if story in stories)
    return {DONE if method == "POST" else SHOWN} if allowed else {REFUSED, NO_METHOD}


def has_no_story(line: Line, route: str, method: str) -> bool:
    """Whether it is the same wherever the row is that was asked for."""
    if desk_addresses.has_a_key(route) or line.by_query:
        return False
    return method != "POST" or not callable(line.sent)


def requests(world: World) -> Iterator[tuple[Any, ...]]:
    """Each address with what is sent there: name, route, line, whose, address, data."""
    routes = dict(desk_addresses.addresses())
    for name, line in ADDRESSES.items():
        route = routes[address_of(name)]
        rows = {name: line.row} if line.row else {}
        for whose in WHOSE:
            if line.of_a_story or whose == WHOSE[0]:
                address = desk_addresses.filled(name, route, world, whose, rows)
                query = urlencode(value(line.query, world, whose))
                sent = value(line.sent, world, whose)
                yield name, route, line, whose, f"{address}?{query}" if query else address, sent


def address_of(name: str) -> str:
    """The name of the address of a line, which may say after it what is done there."""
    return name if name.startswith("desk/") else name.split()[0]


def test_every_address_of_the_desk_has_its_line():
    assert {name for name, _ in desk_addresses.addresses()} == {address_of(name) for name in ADDRESSES}


def test_every_verb_of_the_desk_has_its_line():
    assert set(desk_addresses.verbs()) == {name for name in ADDRESSES if "_verb " in name}


NO_OTHER = [person for person in PEOPLE if person not in ("administrator", "stranger", "both")]
"""Those who have no role in the other story."""


@pytest.mark.parametrize("person", WHO_ASK)
def test_each_is_answered_as_the_table_says_and_told_of_no_other_story(world, person):
    """Nor even that something is there: to others' rows they are answered as to what is missing."""
    browser, wrong, told = Patient(world.people[person]), [], {}
    heads = chance.dice(person).sample(sorted(ADDRESSES), chance.tries(len(ADDRESSES)))
    for name, route, line, whose, address, sent in requests(world):
        for method in METHODS:
            if method == "HEAD" and name not in heads:
                continue
            told[method, name, whose] = answer = browser.ask(method, address, sent)
            may_end = expected(line, person, method, whose, route)
            what = f"{method} {name}, {whose}: {answer.outcome(method)} ({answer.status})"
            if answer.outcome(method) not in may_end:
                wrong.append(f"{what}, not {'/'.join(may_end)}")
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                wrong.append(f"{what}: a failure")
            if name != "invitation" and answer.names(world.words_kept_from(person)):
                wrong.append(f"{what}: it tells of another story")
    if person in NO_OTHER:
        wrong += unlike(told)

    assert "\n".join(wrong) == ""


class Patient(Browser):
    """Asks the same once: what was changed is undone, and the answer would be the same."""

    def __init__(self, person: Any) -> None:
        super().__init__(person)
        self.heard: dict[tuple[str, ...], Told] = {}

    def ask(self, method: str, address: str, sent: dict[str, Any]) -> Told:
        same = method, address, repr(sent) if method == "POST" else ""
        if same not in self.heard:
            self.heard[same] = super().ask(method, address, sent)
        return self.heard[same]


def unlike(told: dict[tuple[str, str, str], Any]) -> list[str]:
    """Where others' rows are answered otherwise than missing ones."""
    return [
        f"{method} {name}: another's is not answered as a missing one"
        for method, name, whose in told
        if whose == "other's"
        and told[method, name, whose].without_numbers() != told[method, name, "missing"].without_numbers()
    ]


@pytest.fixture
def unguarded(monkeypatch):
    """The desk as if it had no stories: every row is found, and each role holds in every one."""
    monkeypatch.setattr(reach, "within", lambda rows, by, *verbs, held=None: rows)
    everywhere = {(pk, role) for pk in Story.objects.values_list("pk", flat=True) for role in Role.values}
    monkeypatch.setattr(reach, "held_once", lambda by: everywhere)


def test_control_without_the_one_place_anothers_would_be_shown(world, unguarded):
    address = reverse("admin:events_event_change", args=[world.theirs.rows["event"].pk])
    told = Browser(world.people["editor"]).ask("GET", address, {})

    assert (told.outcome("GET"), told.names([THEIRS])) == (SHOWN, [THEIRS])


def test_control_even_then_a_verb_would_refuse_it(world, unguarded):
    event = world.theirs.rows["event"]
    address = reverse("admin:events_event_verb", args=[event.pk, "submit"])

    assert Browser(world.people["editor"]).ask("POST", address, {"seen": 1}).outcome("POST") == REFUSED
    assert Browser(world.people["stranger"]).ask("POST", address, {"seen": 1}).outcome("POST") == DONE
