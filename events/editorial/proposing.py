"""What becomes of a proposed change of a source or an outlet: accepted, rejected, taken back, or undone."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, Q
from django.utils import timezone

from events.editorial.authorship import wrote
from events.editorial.guarding import (
    GUARDED,
    SEEN,
    Guarded,
    Named,
    in_words,
    name_of,
    open_of,
    put,
    resting_on,
    values_of,
)
from events.editorial.holding import hold, moving, note_of
from events.editorial.moves import ACCEPT, REJECT_PROPOSAL, TAKE_BACK_PROPOSAL
from events.editorial.refused import Refused
from events.editorial.remembering import remember, words_of
from events.editorial.writing import check_named, print_again
from events.models import Author, Decision, Proposal
from events.models.author import APPROVING
from events.models.proposal import LONGEST_PUBLIC_NOTE

REASONS = [
    ("unfounded", "Nothing shows that this is so"),
    ("another", "It is another source or outlet: add it beside this one"),
    ("unclear", "It is not clear what changes, or why"),
    ("other", "Something else"),
]
ANOTHER = "This is not undone: another change was proposed since, which is decided first."
FOLLOWED = (
    "This is not undone: since you accepted it, it was changed, or something was approved with it. Propose "
    "the change back on the page of what it is of."
)
UNDONE = "A change that was accepted was undone at once."
OWN = "You proposed or changed this: another moderator must decide on it. You may take it back."


def accept(proposal: Proposal, *, by: Any, seen: int, note: str) -> Any:
    """Change the source or outlet as version ``seen`` says, and print it with ``note`` for readers.

    Refused to whoever proposed or ever changed it, where what it was made from is no longer so, and where
    its values no longer fit. Returns the row as it is then.
    """
    note = note_of(note)
    if not note:
        raise Refused("Say in a sentence what changed: readers find it in the history of every entry.")
    if len(note) > LONGEST_PUBLIC_NOTE:
        raise Refused(f"Say it in at most {LONGEST_PUBLIC_NOTE} characters.")
    with moving(proposal, ACCEPT, by=by, seen=seen, note=note) as held:
        # guard: nobody accepts a change of their own.
        if by.pk in authors_of(held):
            raise Refused(OWN)
        row: Any = hold(held.subject)
        # guard: only what was read is accepted.
        if since := changed_since(held, row):
            raise Refused(f"This was changed since: {'; '.join(since)}. Reject this, or have it saved again.")
        before, began = words_of(row), row.version
        put(row, held.fields)
        _check_fits(row, held)
        was, row.version = row.hmac, row.version + 1
        row.save()
        wrote(row, by=held.proposed_by, was=was)
        _decided(held, by)
        held.note = note
        # What was accepted are the words that it has now.
        setattr(held, name_of(row), row)
        _read_again(row)
        print_again(row, by=by, note=note)
        remember(row, by=by, before=before, began=began, why=f"Proposed by {held.proposed_by}. {note}")
    return row


def reject(proposal: Proposal, *, by: Any, seen: int, code: str, words: str) -> None:
    """Leave the source or outlet as it is, with a reason code of ``REASONS`` and words for the author."""
    if code not in dict(REASONS):
        raise Refused("Choose a reason for the rejection.")
    words = note_of(words)
    if not words:
        raise Refused("Say in a few words why you reject it, so that its author knows.")
    with moving(proposal, REJECT_PROPOSAL, by=by, seen=seen, code=code, note=words) as held:
        if by.pk in authors_of(held):
            raise Refused(OWN)
        _decided(held, by)


def take_back(proposal: Proposal, *, by: Any, seen: int) -> None:
    """Have a proposal of one's own wait no longer. It stays in the history."""
    with moving(proposal, TAKE_BACK_PROPOSAL, by=by, seen=seen) as held:
        if by.pk != held.proposed_by_id:
            raise Refused(f"This is {held.proposed_by}’s: only who proposed something takes it back.")
        _decided(held, by)


def put_back(held: Proposal, by: Any) -> None:
    """Have ``held``, which was decided on just now, wait again: what was accepted is as it was before, and
    printed so. Refused where another change waits by now, or something followed from it."""
    row = hold(held.subject)
    if open_of(row):
        raise Refused(ANOTHER)
    held.decided_by = held.decided_at = None
    if held.state == Proposal.State.ACCEPTED:
        _restore(held, row, by)


def _restore(held: Proposal, row: Any, by: Any) -> None:
    """Have ``row`` hold what it held before ``held`` was accepted. Its words are whose they were then."""
    # guard: nothing is taken from under what was done or decided since.
    if values_of(row, SEEN[type(row)]) != held.base | held.fields or _is_relied_on(held, row):
        raise Refused(FOLLOWED)
    before, began = words_of(row), row.version
    put(row, held.base)
    _check_fits(row, held)
    row.version += 1
    row.save()
    setattr(held, name_of(row), row)
    _read_again(row)
    print_again(row, by=by, note=UNDONE)
    remember(row, by=by, before=before, began=began, why=UNDONE)


def _is_relied_on(held: Proposal, row: Guarded) -> bool:
    """Whether something was approved, since ``held`` was accepted, with what ``row`` says by that."""
    sources, accepted = resting_on(row), held.decisions.filter(verb=ACCEPT.verb).latest("pk")
    about = Q(citation__source__in=sources) | Q(material__source__in=sources)
    return Decision.objects.filter(about, verb__in=APPROVING, pk__gt=accepted.pk).exists()


def authors_of(proposal: Proposal) -> set[int]:
    """The keys of all who proposed or changed it, ever, or the same in another proposal."""
    authors = Author.objects.filter(hmac=proposal.hmac)
    return {proposal.proposed_by_id, *authors.values_list("person_id", flat=True)}


def changed_since(proposal: Proposal, row: Guarded, named: Named | None = None) -> list[str]:
    """What ``row`` holds otherwise than what the proposal was made from, each in words."""
    model: Any = type(row)
    now = values_of(row, SEEN[model])
    return [
        f"{model._meta.get_field(name).verbose_name}: “{in_words(model, name, proposal.base[name], named)}” "
        f"is now “{in_words(model, name, value, named)}”"
        for name, value in now.items()
        if value != proposal.base[name]
    ]


def _check_fits(row: Guarded, held: Proposal) -> None:
    """Refuses values that no longer fit, or that name what is gone."""
    try:
        check_named(row, held.story)
    except ObjectDoesNotExist:
        raise Refused("What this names has been deleted in the meantime. Reject it.") from None


def _decided(held: Proposal, by: Any) -> None:
    held.decided_by, held.decided_at = by, timezone.now()


def _read_again(row: Guarded) -> None:
    """Have other proposals that name ``row`` be read again before anybody decides on them."""
    waiting = Proposal.objects.filter(story=row.story_id, state=Proposal.State.OPEN)
    naming = [name for model in GUARDED for name in GUARDED[model] if _names(model, name, row)]
    stale = [
        each.pk
        for each in waiting
        if row.pk in (values.get(name) for values in (each.fields, each.base) for name in naming)
    ]
    Proposal.objects.filter(pk__in=stale).update(version=F("version") + 1)


def _names(model: Any, name: str, row: Guarded) -> bool:
    """Whether the field ``name`` of ``model`` holds keys of rows such as ``row``."""
    return model._meta.get_field(name).related_model is type(row)
