"""A story opened by a command, with what waits for it, or at a time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from chronicle.models import Chronicle, Entry
from tests.support.cast import chronicle_of, fresh
from tests.support.factories import EventFactory


@pytest.fixture(autouse=True)
def story(unopened):
    return unopened


def run(*said, by="manager"):
    out, err = StringIO(), StringIO()
    call_command("open_story", "the-flood", "--by", by, *said, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_opens_and_prints_what_waits(story, manager):
    EventFactory(published=True, headline="The bridge waits")
    bad = EventFactory(published=True, headline="Another", wording="15:00")
    type(bad).objects.filter(pk=bad.pk).update(version=2)

    out, err = run("--domain", "flood.example")

    assert "waiting for it 2, of which held back as they are 1." in out
    assert "Open to readers, known as flood.example." in out
    assert "Printed: 1 row. Held back: 1." in out
    assert "“Another”: It was changed after it was scheduled." in err
    assert chronicle_of(story).origin == f"flood.example/{story.key}"
    assert Entry.objects.get().headline == "The bridge waits"


def test_run_again_it_goes_on_and_opens_nothing_twice(manager):
    run()

    out, _ = run()

    assert "Open to readers" not in out
    assert "Printed: 0 rows. Held back: 0." in out


def test_at_a_time_it_waits_for_the_worker(story, manager):
    at = (timezone.now() + timedelta(hours=1)).astimezone(story.clock.zone)

    out, _ = run("--at", at.strftime("%Y-%m-%dT%H:%M"))

    assert "It opens on" in out
    assert fresh(story).open_at is not None
    assert not Chronicle.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("--at", "tomorrow"), "“tomorrow” is no time"),
        (("--at", "2021-03-03T12:00"), "That time is past"),
        (("--domain", "https://x"), "is no domain"),
    ],
)
def test_what_it_cannot_do_it_says(manager, said, why):
    with pytest.raises(CommandError, match=why):
        run(*said)


def test_who_may_not_is_told(editor):
    with pytest.raises(CommandError, match="You may not open this story"):
        run(by="editor")
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        run(by="nobody")
