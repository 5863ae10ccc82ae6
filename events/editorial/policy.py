"""The policy of a story: what its events need before readers see them. It is the managers'."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from events import press
from events.editorial.checking import check_values
from events.editorial.holding import check_seen, hold, insist, printed_or_refused, record
from events.editorial.moves import SET_POLICY
from events.editorial.refused import Refused
from events.editorial.stories import POLICY
from events.models import Citation, Event, Kind, Source, Story
from events.models.evidence import once, repeated
from events.models.narrowing import is_besides
from events.upkeep import UNDECIDED


@dataclass(frozen=True)
class Changed:
    """What a change of policy came to: what it changed, in words, and the kinds that it changed."""

    words: list[str]
    kinds: list[tuple[Kind, str]]
    """Each with what changed of it."""


@transaction.atomic
def set_policy(
    story: Story, *, by: Any, seen: int, needed: Mapping[int, int | None] | None = None, **fields: Any
) -> list[str]:
    """Change ``fields`` of the policy of ``story``, and how many citations kinds (by primary key) need.

    None is as many as the story asks for. What readers see of it is printed at once. Returns what changed, in
    words; nothing where all was so already. Raises Refused and Stale.
    """
    held = hold(story)
    insist(by, SET_POLICY.permission, held, SET_POLICY.deed)
    check_seen(held, seen)
    changed = _apply(held, fields, needed or {})
    if not (changed.words or changed.kinds):
        return []
    held.version += 1
    held.save()
    note = _noted([*changed.words, *(f"{_numbered(kind)}: {said}" for kind, said in changed.kinds)])
    with printed_or_refused():
        press.print_chronicle(held, by=by, note=note)
        for kind, said in changed.kinds:
            kind.save()
            press.reprint_term(kind, by=by, note=_noted([said]))
    record(held, SET_POLICY.verb, by=by, version=seen, note=note)
    return [*changed.words, *(f"“{kind}”: {said}" for kind, said in changed.kinds)]


def _noted(words: list[str]) -> str:
    return f"The policy was changed: {'; '.join(words)}."


def _numbered(kind: Kind) -> str:
    """A kind without its name, which may be taken down one day while this note stays."""
    return str(kind.printed) if hasattr(kind, "printed") else f"kind {kind.pk} of the desk"


def _apply(held: Story, fields: Mapping[str, Any], needed: Mapping[int, int | None]) -> Changed:
    words = []
    for name, value in fields.items():
        field: Any = Story._meta.get_field(name)
        if name not in POLICY:
            raise Refused(f"“{field.verbose_name}” is no part of the policy.")
        if getattr(held, name) != value:
            words.append(f"{field.verbose_name}: {_told(value)} (before: {_told(getattr(held, name))})")
            setattr(held, name, value)
    check_values(held)
    return Changed(words, _apply_to_kinds(held, needed))


def _apply_to_kinds(held: Story, needed: Mapping[int, int | None]) -> list[tuple[Kind, str]]:
    found = []
    for kind in held.kinds.select_related("printed").filter(pk__in=needed).order_by("name"):
        number = needed[kind.pk]
        if kind.citations_needed == number:
            continue
        was, now = (_of_kind(each) for each in (kind.citations_needed, number))
        kind.story, kind.citations_needed, kind.version = held, number, kind.version + 1
        check_values(kind)
        found.append((kind, f"citations needed: {now} (before: {was})"))
    return found


def _of_kind(number: int | None) -> str:
    return "as many as the story asks for" if number is None else str(number)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(Story.Recheck.choices).get(value, value))


COUNTED = Q(citations__stance=Citation.Stance.SUPPORTS, citations__source__retracted_at=None) & (
    Q(citations__state=Citation.State.APPROVED)
    | Q(citations__state=Citation.State.PENDING, citations__keeps_approved=True)
)
"""The citations that readers see in support of an event, of sources that stand."""


NEEDED = Coalesce("citations_needed", "story__citations_needed")
"""How many citations events of a kind need."""


def below_policy(story: Story | None = None) -> QuerySet[Event]:
    """The published events, of ``story`` or of all, that readers see with fewer citations than they need.

    The same evidence counts once, as it does for publishing. Each has ``supporting`` and ``needed``.
    """
    published = of_few_sources()
    if story is not None:
        published = published.filter(day__story=story)
    return with_fewer(published, COUNTED)


def of_few_sources() -> QuerySet[Event]:
    """The published events that rest on fewer sources than the kind by which they were published needs
    citations: by what the database keeps of each, so that no other is looked at."""
    needing: dict[int, list[int]] = defaultdict(list)
    for kind, needed in Kind.objects.order_by().values_list("pk", NEEDED):
        needing[needed].append(kind)
    few = (Q(published_kind__in=keys, source_total__lt=needed) for needed, keys in needing.items())
    found = Event.objects.filter(Q(*few, Q(pk__in=()), _connector=Q.OR)).order_by()
    published = is_besides("state", Event.State.PUBLISHED)
    return Event.objects.filter(published, pk__in=found.values("pk")).order_by()


def is_below(event: Event, citations: Iterable[Citation]) -> bool:
    """Whether readers see ``event``, which is published, with fewer of its ``citations`` than it needs."""
    seen = [citation for citation in citations if _is_counted(citation)]
    return len(once(seen, lambda citation: citation.said)) < event.citations_needed_by_readers


def _is_counted(citation: Citation) -> bool:
    """As COUNTED, of a row that is read."""
    is_seen = citation.state == Citation.State.APPROVED or citation.keeps_approved
    return is_seen and citation.stance == Citation.Stance.SUPPORTS and citation.source.retracted_at is None


def resting_on(source: Source) -> QuerySet[Event]:
    """The published events that would be below their policy without ``source``, with what each needs."""
    cites = Citation.objects.filter(
        source=source, state=Citation.State.APPROVED, stance=Citation.Stance.SUPPORTS
    )
    published = Event.objects.filter(is_besides("state", Event.State.PUBLISHED), pk__in=cites.values("event"))
    return with_fewer(published, COUNTED & ~Q(citations__source=source)).order_by("-earliest", "-pk")


def with_fewer(events: QuerySet[Event], counting: Q, *, kind: str = "published_kind") -> QuerySet[Event]:
    """Those of ``events`` with less evidence among the citations ``counting`` than their ``kind`` needs."""
    rows = events.annotate(
        cited=Count("citations", filter=counting, distinct=True),
        sources=Count("citations__source", filter=counting, distinct=True),
        needed=Coalesce(f"{kind}__citations_needed", "day__story__citations_needed"),
    )
    # Each source is evidence once at least: only where that is too little are its quotations compared.
    rows = rows.filter(sources__lt=F("needed"))
    repeats = _repeats(rows.filter(cited__gt=F("sources")), counting)
    again = Case(*(When(pk__in=pks, then=times) for times, pks in repeats.items()), default=0)
    return rows.annotate(supporting=F("cited") - again).filter(supporting__lt=F("needed"))


def _repeats(events: QuerySet[Event], counting: Q) -> dict[int, list[int]]:
    """The keys of ``events`` by how many of their citations ``counting`` are the same evidence as another."""
    cited = Event.objects.filter(counting, pk__in=events.values("pk"))
    rows = cited.values_list("pk", "citations__source", "citations__quote").order_by("citations")
    found = repeated(rows, lambda row: (row[:2], row[2]))
    times = Counter(row[0] for row, first in found if first is not None)
    by_times: dict[int, list[int]] = defaultdict(list)
    for pk, number in times.items():
        by_times[number].append(pk)
    return by_times


def asked_again() -> Q:
    """The events of which a citation waits for review again, readers having seen it approved."""
    # Each of both is read from an index of its own, which is not taken where they are asked for by one “or”.
    lapsed = Citation.objects.filter(turn__lt=UNDECIDED).order_by().values("event")
    changed = Citation.objects.filter(keeps_approved=True).order_by().values("event")
    return Q(pk__in=lapsed.union(changed)) & ~Q(state=Event.State.WITHDRAWN)
