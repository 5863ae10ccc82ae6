"""Publishing by the command all that is submitted."""

import io

import pytest
from django.core.management import CommandError, call_command

from chronicle.models import Entry
from tests.support.factories import EventFactory, fresh


def run(**options):
    """What the command says: on stdout, and on stderr."""
    said, lacking = io.StringIO(), io.StringIO()
    call_command("press", stdout=said, stderr=lacking, **options)
    return said.getvalue(), lacking.getvalue()


def test_what_has_its_citations_is_published_and_what_has_not_is_named(story, day, kind, editor):
    ready = EventFactory(
        by=editor, day=day, kind=kind, approved=True, fate="submitted", headline="The bridge is closed"
    )
    waiting = EventFactory(by=editor, day=day, kind=kind, submitted=True, headline="The dam is full")

    said, lacking = run(chronicle=story.slug, by=editor.username)

    assert "Published: 1 event. Still submitted: 1." in said
    assert "“The dam is full” needs 1 more approved citation" in lacking
    assert (fresh(ready).state, fresh(waiting).state) == ("published", "submitted")
    assert [entry.headline for entry in Entry.objects.all()] == ["The bridge is closed"]


def test_who_may_not_publish_is_refused(story, moderator):
    with pytest.raises(CommandError, match="You may not publish this"):
        run(chronicle=story.slug, by=moderator.username)


@pytest.mark.parametrize(
    ("chronicle", "by", "said"),
    [
        ("the-drought", "editor", "There is no chronicle “the-drought”"),
        ("the-flood", "nobody", "no account “nobody”"),
    ],
)
def test_an_unknown_name_is_named(story, editor, chronicle, by, said):
    with pytest.raises(CommandError, match=said):
        run(chronicle=chronicle, by=by)
