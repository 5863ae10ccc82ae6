"""What is typed and not saved counts for nobody else: others decide on, and print, what is saved."""

from urllib.parse import urlencode

from chronicle.models import Edition
from events.models import Revision, Unsaved
from tests.events.admin.test_unsaved import change, form_of, keep
from tests.support.cast import fresh
from tests.support.desk import Desk

WORD = "Unsettled"


def typed_in_two_tabs(desk, event):
    """Two pages of one event, each with words of its own that are kept and not saved."""
    pages = []
    for number in (1, 2):
        held = form_of(desk.open(event))
        typed = {**held, "headline": f"{WORD} {number}", "citations-0-quote": f"{WORD} {number}"}
        pages.append((held["tab"], keep(desk.client, change(event), urlencode(typed), held["tab"]).json()))
    return pages


def test_a_moderator_reads_and_a_publisher_prints_what_is_saved(citation, editor, moderator):
    event, desk, judge = citation.event, Desk(editor), Desk(moderator)
    (_, first), (_, second) = typed_in_two_tabs(desk, event)
    assert (first["again"], second["again"]) == (False, True)

    assert WORD not in judge.get("review").text
    assert WORD not in judge.open(event).text
    judge.press(citation, "approve")
    assert fresh(citation).state == "approved"
    desk.press(event, "publish")

    assert fresh(event).state == "published"
    assert (fresh(event).headline, fresh(citation).quote) == (event.headline, citation.quote)
    printed = [str(edition.document) for edition in Edition.objects.with_document()]
    assert printed and WORD not in "".join(printed)
    assert not Revision.objects.filter(after__icontains=WORD).exists()
    assert Unsaved.objects.filter(typed__contains=WORD).count() == 2


def test_the_words_of_the_second_tab_outlive_the_save_of_the_first(citation, editor):
    event, desk = citation.event, Desk(editor)
    (first, _), (second, _) = typed_in_two_tabs(desk, event)

    answer = desk.client.post(change(event), {**form_of(desk.open(event)), "headline": "Saved", "tab": first})

    assert answer.status_code == 302
    assert fresh(event).headline == "Saved"
    left = Unsaved.objects.exclude(typed="").get()
    assert str(left.tab) == second
    both = desk.client.get(f"{change(event)}?unsaved={left.pk}").text
    assert f"{WORD} 2" in both and "Saved" in both
