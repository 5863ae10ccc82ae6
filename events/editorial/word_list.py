"""The word list of a story: what its editors say, instead of what, and where prose strays from it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from chronicle import prose
from events.editorial.checking import check_unique, check_values
from events.editorial.holding import hold_story, insist
from events.editorial.moves import SET_POLICY
from events.editorial.refused import Refused
from events.editorial.remembering import Words
from events.models import HouseWord, Revision, Story

MOST = 500
LIST = HouseWord._meta.model_name
"""By this and the key of its story a list is known in histories."""
LINES = "lines"
"""What a revision of it holds."""
COLUMNS = ("say", "instead_of", "because")
QUOTED = re.compile(r"“[^”\n]*(?:”|$)|„[^“”\n]*(?:[“”]|$)|«[^»\n]*(?:»|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)
"""Words of others; what is not closed goes on to the end of its paragraph."""
QUOTED_HTML = re.compile(r"<(blockquote|q)\b.*?</\1>", re.DOTALL)
CHANGED = (
    "Not saved: somebody has changed the word list since you were shown it. It stands below as it is now."
)


def version_of(words: Iterable[HouseWord]) -> str:
    """By which a list is known to be as somebody saw it."""
    said = sorted((word.say, word.instead_of, word.because) for word in words)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:20]


def set_words(story: Story, words: Sequence[HouseWord], *, by: Any, seen: str, why: str = "") -> None:
    """Have the word list of ``story`` be just ``words``, and add that to its history. Refused but to who sets
    its policy, and has ``seen`` the list as it is."""
    if len(words) > MOST:
        raise Refused(f"A word list has at most {MOST} lines.")
    with transaction.atomic():
        held = hold_story(story)
        insist(by, SET_POLICY.permission, held, "change the word list")
        if version_of(held.house_words.all()) != seen:
            raise Refused(CHANGED)
        before = said_in(held)
        held.house_words.all().delete()
        for word in words:
            _add(word, held)
        _remember(held, before, by=by, why=why)


def _add(word: HouseWord, story: Story) -> None:
    word.pk, word.story = None, story
    check_values(word)
    check_unique(word)
    if word.say == word.instead_of:
        raise Refused(f"Give another word to say instead of “{word.instead_of}”.")
    word.save()


def said_in(story: Story) -> Words:
    """The word list of ``story`` as histories keep it."""
    return {LINES: list(story.house_words.values(*COLUMNS))}


def revisions_of(story: Story) -> QuerySet[Revision]:
    """The revisions of the word list of ``story``, the last first."""
    return Revision.objects.filter(model=LIST, key=story.pk).select_related("by")


def _remember(story: Story, before: Words, *, by: Any, why: str) -> None:
    after, last = said_in(story), revisions_of(story).first()
    if after == before:
        return
    # A list may be older than its history.
    began = last.version if last else (1 if before[LINES] else None)
    Revision.objects.create(
        **{"model": LIST, "key": story.pk, "began": began, "version": (began or 0) + 1},
        **{"before": before, "after": after, "by": by, "why": why},
    )


def strays(headline: str, html: str, words: Iterable[HouseWord]) -> list[HouseWord]:
    """Those of ``words`` from which ``headline`` or the prose of ``html`` strays, quotations apart."""
    text = prose.words(QUOTED_HTML.sub(" ", html))
    own = QUOTED.sub(" ", f"{headline}\n{text}")
    return [word for word in words if _says(own, word.instead_of)]


def _says(text: str, phrase: str) -> bool:
    spaced = r"\s+".join(map(re.escape, phrase.split()))
    return bool(spaced) and re.search(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE) is not None
