"""Chronicles: how a story is opened to readers, and its own words printed again when they change."""

from typing import Any

from django.utils import timezone

from chronicle.models import Chronicle, Edition, Term
from chronicle.record import columns
from events.models import Story
from events.press import log, rendering
from events.press.classing import classify, same
from events.press.framing import chronicle_document
from events.press.log import Draft, Held, NoteNeeded


def print_opening(story: Story, *, by: Any, domain: str) -> Edition:
    """Open ``story``, which was never printed: from then on readers see it, known under ``domain`` in seals.

    Raises IntegrityError where the record holds a chronicle of its key or its address.
    """
    document = chronicle_document(story, f"{domain}/{story.key}")
    chronicle = Chronicle(key=story.key)
    _fill(chronicle, document)
    held = Held(story, log.new_log(chronicle, timezone.now()), chronicle, log.pseudonym(story, by), by)
    held.drafts.append(Draft("chronicle", "opening", document, chronicle))
    return log.append(held)[0]


def _fill(chronicle: Chronicle, document: Any) -> None:
    for name, value in columns.of_chronicle(document).items():
        setattr(chronicle, name, value)


def print_chronicle(story: Story, *, by: Any, note: str) -> Edition | None:
    """Print the words and settings of ``story`` as they are now. None where readers see just those.

    Nothing is printed of a story that is not open. Raises NoteNeeded.
    """
    held = log.held(story, by=by)
    if held is None:
        return None
    chronicle = held.chronicle
    before = Chronicle.objects.with_document().get(pk=chronicle.pk).document
    document = chronicle_document(story, chronicle.origin)
    if same(before, document):
        return None
    if not note.strip():
        raise NoteNeeded
    document["note"] = note.strip()
    _fill(chronicle, document)
    action = classify(before, document, facet="chronicle")
    held.drafts.append(Draft("chronicle", action, document, chronicle, before))
    editions = log.append(held)
    if before["name_style"] != document["name_style"]:
        _relabel(chronicle)
    return editions[0]


def _relabel(chronicle: Chronicle) -> None:
    """Bring what terms are called, and the cards that show it, up to another style of names."""
    terms = list(_named(chronicle).with_document())
    for term in terms:
        for name, value in columns.of_term(term.facet, term.document, chronicle).items():
            setattr(term, name, value)
    Term.objects.bulk_update(terms, ["label", "slug"], batch_size=200)
    rendering.reprint(chronicle)


def _named(chronicle: Chronicle) -> Any:
    """The terms that have several names."""
    return Term.objects.filter(chronicle=chronicle, facet__in=("place", "actor"), taken_at=None)


def is_without_desk() -> bool:
    """Whether the record holds a chronicle that no story of this desk is printed as, or not wholly."""
    keys = Chronicle.objects.values_list("key", flat=True)
    known = {story.key: story for story in Story.objects.filter(key__in=list(keys))}
    return any(key not in known or not _knows_its_record(known[key]) for key in keys)


def _knows_its_record(story: Story) -> bool:
    """Whether ``story`` holds a row that was printed, or its record tells nothing but that it is open."""
    told = Edition.objects.filter(chronicle__key=story.key).exclude(subject="chronicle")
    held = story.printed.exists() or story.texts.exclude(published_version=0).exists()
    return held or not told.exists()
