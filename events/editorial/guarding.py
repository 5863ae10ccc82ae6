"""Sources and outlets in use: what readers, or an approval, rest on changes only as somebody else accepts it.

Nobody is an exception. Every save comes by here, whichever form, import or program it is made by.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from chronicle.record.cards import published_words
from chronicle.wording import day_words
from events.editorial.authorship import wrote
from events.editorial.holding import note_of, record
from events.editorial.moves import APPROVE
from events.editorial.refused import Refused
from events.models import Citation, Decision, Material, Outlet, Printed, Proposal, Source
from events.models.decision import LONGEST_NOTE
from events.models.proposal import LONGEST_PUBLIC_NOTE

Guarded = Source | Outlet

# The archived copy too: it is what readers open to hold a quotation against, where the original is gone.
GUARDED: dict[type, tuple[str, ...]] = {
    Source: ("title", "outlet", "genre", "published_on", "url", "archived_url", "language", "relays"),
    Outlet: (
        "name",
        "nature",
        "country",
        "side",
        "reliability",
        "reliability_reason",
        "reliability_since",
        "url",
    ),
}
"""What of a row waits for somebody else: all that readers see of it."""

SEEN = {Source: (*GUARDED[Source], "retraction_reason"), Outlet: GUARDED[Outlet]}
"""What whoever decides has seen of the row."""

CHANGES = ("propose", "change")
"""The verbs by which somebody becomes an author of a proposal."""

NOTHING = "Nothing would change by this: change a field, or leave out what you say of a change."


def name_of(row: Guarded) -> str:
    """What a proposal calls it."""
    return "source" if isinstance(row, Source) else "outlet"


def values_of(row: Guarded, names: tuple[str, ...]) -> dict[str, Any]:
    """What the fields ``names`` of ``row`` hold, as JSON keeps it: keys of rows, dates in ISO 8601."""
    meta: Any = row._meta
    found = ((name, getattr(row, meta.get_field(name).attname)) for name in names)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found}


def put(row: Guarded, values: Mapping[str, Any]) -> None:
    """Have ``row`` hold ``values``, which ``values_of`` gave."""
    for name, value in values.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))


def changed_of(saved: Guarded, row: Guarded) -> dict[str, Any]:
    """What ``row`` holds in its guarded fields otherwise than ``saved``."""
    was, now = (values_of(each, GUARDED[type(row)]) for each in (saved, row))
    return {name: value for name, value in now.items() if value != was[name]}


def waits(row: Guarded, saved: Guarded, *, by: Any, note: str, why: str) -> bool:
    """Whether what ``row`` holds otherwise than ``saved`` waits for somebody else; it is as saved then."""
    changed = changed_of(saved, row)
    row.proposed = None
    # guard: a source or an outlet in use changes by nobody alone.
    if (changed or note or why) and in_use(saved):
        row.proposed = propose(saved, changed, by=by, note=note, why=why)
        row.refresh_from_db()
    return row.proposed is not None


def in_use(row: Guarded) -> bool:
    """Whether ``row`` was ever printed, or is what anything rests on that somebody ever approved.

    So is what an open proposal names: whoever decides on that has read it as it is.
    """
    if Printed.objects.filter(**{name_of(row): row}).exists():
        return True
    sources = resting_on(row)
    return any(_approved(model, sources) for model in (Citation, Material)) or _is_proposed(row, sources)


def resting_on(row: Guarded) -> Any:
    """The sources that say what they say by ``row``: its own, and those that pass its report on."""
    if isinstance(row, Source):
        return Source.objects.filter(pk__in=[row.pk, *(each.pk for each in row.relaying())])
    return Source.objects.filter(Q(outlet=row) | Q(origin=row))


def _approved(model: Any, sources: Any) -> bool:
    """Whether a citation or a medium that was approved, ever, names one of ``sources``."""
    ever = Decision.objects.filter(**{model._meta.model_name: OuterRef("pk")}, verb=APPROVE.verb)
    return bool(model.objects.filter(Q(state="approved") | Exists(ever), source__in=sources).exists())


def _is_proposed(row: Guarded, sources: Any) -> bool:
    """Whether an open proposal names ``row``, or one of ``sources`` as what another relays."""
    waiting = Proposal.objects.filter(story=row.story_id, state=Proposal.State.OPEN)
    fields = list(waiting.values_list("fields", flat=True))
    relayed = {each["relays"] for each in fields if each.get("relays")}
    if isinstance(row, Outlet) and row.pk in {each.get("outlet") for each in fields}:
        return True
    return bool(relayed and sources.filter(pk__in=relayed).exists())


def open_of(row: Guarded) -> Proposal | None:
    """The proposal of ``row`` that waits, if one does."""
    return row.proposals.filter(state=Proposal.State.OPEN).select_related("proposed_by").first()


def propose(
    row: Guarded, values: Mapping[str, Any], *, by: Any, note: str = "", why: str = ""
) -> Proposal | None:
    """Have ``values`` of ``row`` wait, or add them to what ``by`` has waiting of it already.

    ``row`` is in use and as it is saved, its story held; ``note`` is for readers, ``why`` for who decides.
    None where there is nothing to propose. Refused where somebody else has a change of it waiting: one
    change is read at a time, and each has one author.
    """
    note, why = _kept(note, LONGEST_PUBLIC_NOTE), _kept(why, LONGEST_NOTE)
    waiting = open_of(row)
    if not values and not (note or why):
        return None
    if waiting is None:
        if not values:
            raise Refused(NOTHING)
        waiting = Proposal(story=row.story, fields={}, proposed_by=by, version=0)
        setattr(waiting, name_of(row), row)
    elif waiting.proposed_by_id != by.pk:
        raise Refused(
            f"{waiting.proposed_by} has proposed a change of this, which is decided first: it stands above "
            "the form. Save again once it is."
        )
    return _save(waiting, row, values, by=by, note=note, why=why)


def _kept(typed: str, longest: int) -> str:
    if len(kept := note_of(typed)) > longest:
        raise Refused(f"Say it in at most {longest:,} characters.")
    return kept


def _save(waiting: Proposal, row: Guarded, values: Any, *, by: Any, note: str, why: str) -> Proposal:
    was, words = waiting.state if waiting.pk else "", waiting.hmac
    waiting.fields, waiting.base = {**waiting.fields, **values}, values_of(row, SEEN[type(row)])
    waiting.note, waiting.version = note or waiting.note, waiting.version + 1
    waiting.save()
    wrote(waiting, by=by, was=words, ever=True)
    verb = CHANGES[bool(was)]
    record(waiting, verb, by=by, version=waiting.version, moved=(was, waiting.state), note=why)
    return waiting


Named = Mapping[tuple[type, Any], Any]
"""Outlets and sources by their model and key."""


def named_by(proposal: Proposal) -> Named:
    """What ``proposal`` and the row that it is of name, now and before: each read once for a page of it."""
    row = proposal.subject
    found: dict[tuple[type, Any], Any] = {}
    now, then = values_of(row, GUARDED[type(row)]), proposal.base | proposal.fields
    if all(now.get(name) == then.get(name) == proposal.base.get(name) for name in NAMED):
        return {}
    said = (now, then, proposal.base)
    for name, rows in NAMED.items():
        if keys := {values[name] for values in said if values.get(name)}:
            model, read_with = rows
            read = model.objects.select_related(*read_with).in_bulk(keys)
            found |= {(model, key): each for key, each in read.items()}
    return found


NAMED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "outlet": (Outlet, ("printed",)),
    "relays": (Source, ("outlet", "origin__printed")),
}
"""The guarded fields that name a row, and what is read with that."""


def in_words(model: Any, name: str, value: Any, named: Named | None = None) -> str:
    """``value`` of the field ``name``, as ``values_of`` gives it and a person reads it; empty for none.

    What it names is looked for in ``named``, where that is given.
    """
    field: Any = model._meta.get_field(name)
    if value in (None, ""):
        return ""
    if field.is_relation:
        there = field.related_model.objects.filter(pk=value).first() if named is None else None
        return str((named or {}).get((field.related_model, value), there) or "(deleted)")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if name == "reliability_since":
        return day_words(date.fromisoformat(value))
    return published_words(value) if name == "published_on" else str(value)
