"""The history of the word list of a story: each save line by line, and a way back to each."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chronicle.site.differences import Change, pieces
from events.admin.decision import told_at
from events.admin.keys import key_in
from events.admin.revisions import A_PAGE, RESTORE
from events.editorial import word_list
from events.editorial.holding import may
from events.editorial.moves import SET_POLICY
from events.editorial.reach import stories_of
from events.editorial.remembering import Words
from events.models import HouseWord, Revision, Story


@require_safe
def page(request: Any, pk: int, *, site: Any) -> Any:
    """What each save changed; with ``?restore=`` what the list would say again, to be confirmed."""
    story = get_object_or_404(stories_of(request.user, "events.view_story"), pk=pk)
    context = {
        **site.each_context(request),
        "opts": Story._meta,
        "object": f"Word list of “{story}”",
        "address": reverse("admin:words", args=[story.pk]),
        "may_restore": may(request.user, SET_POLICY.permission, story),
        "title": f"History of the word list of “{story}”",
    }
    if RESTORE in request.GET:
        return restoring(request, story, context)
    found = Paginator(word_list.revisions_of(story), A_PAGE).get_page(request.GET.get("page"))
    context |= {"page": found, "revisions": [told(revision, story) for revision in found]}
    return TemplateResponse(request, "admin/events/revisions.html", context)


def told(revision: Revision, story: Story) -> dict[str, Any]:
    """``revision`` as the page tells of it."""
    return {
        "revision": revision,
        "when": told_at(revision.at, story),
        "changes": list(changes(revision.before, revision.after)),
        "is_own": True,
    }


def restoring(request: Any, story: Story, context: dict[str, Any]) -> Any:
    """It is saved by the form of the list, as any other save."""
    key = key_in(request.GET[RESTORE])
    revision = word_list.revisions_of(story).filter(pk=key).first() if key else None
    if revision is None:
        raise Http404
    if not context["may_restore"]:
        raise PermissionDenied
    context |= {
        "title": f"Restore {str(revision).lower()} of the word list of “{story}”",
        "revision": revision,
        "when": told_at(revision.at, story),
        "changes": list(changes(word_list.said_in(story), revision.after)),
        "sent": list(sent(story, revision.after)),
    }
    return TemplateResponse(request, "admin/events/restore.html", context)


def sent(story: Story, words: Words) -> Iterator[tuple[str, str]]:
    """What the form of the list would send, with ``words`` in its lines."""
    lines = words[word_list.LINES]
    yield "seen", word_list.version_of(story.house_words.all())
    yield "word-INITIAL_FORMS", "0"
    yield "word-TOTAL_FORMS", str(len(lines))
    for place, line in enumerate(lines):
        yield from ((f"word-{place}-{name}", line[name]) for name in word_list.COLUMNS)


def changes(before: Words, after: Words) -> Iterator[Change]:
    """What ``after`` says otherwise, word by word; a line is known by what is not to be said."""
    was, now = (
        {line["instead_of"]: line for line in words.get(word_list.LINES, ())} for words in (before, after)
    )
    for phrase in {**was, **now}:
        if was.get(phrase) != now.get(phrase):
            both = (in_words(lines.get(phrase)) for lines in (was, now))
            yield Change(f"instead of “{phrase}”", pieces(*both))


def in_words(line: dict[str, str] | None) -> str:
    return str(HouseWord(**line)) if line else ""
